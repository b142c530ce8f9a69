using System.Buffers.Binary;
using System.Text;

namespace Trama.EndToEnd.Tests;

/// <summary>What clients say to a server of PostgreSQL, captured as they say it; tshark is the judge.</summary>
public class PostgresqlLiveTests
{
    [Fact]
    public async Task What_psql_and_pgbench_ask_is_traced_whole()
    {
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        string pgbench = PostgresqlServer.Program("pgbench");
        await using PostgresqlServer server = await PostgresqlServer.StartAsync(folder);
        const string select = "\\set id random(1, 9)\nselect name from t where id = :id;\n";
        await File.WriteAllTextAsync(folder["select.sql"], select, TestContext.Current.CancellationToken);
        string capture = await LiveCapture.OfAsync(folder, server.Port, async () =>
        {
            await using TramaProcess listener = server.Psql();
            await listener.Input.WriteAsync("listen news;\n"u8.ToArray(), TestContext.Current.CancellationToken);
            await listener.Input.FlushAsync(TestContext.Current.CancellationToken);
            await listener.LineAsync(line => line == "LISTEN");
            await RunAsync(server.Psql(
                "-c", "create table t(id int primary key, name text)", "-c", "\\copy t from stdin csv", "-c", "copy t to stdout",
                "-c", "insert into t values (1, 'one')", "-c", "select * from nowhere", "-c", "begin; select 1; rollback",
                "-c", "notify news, 'it works'", "-c", "alter role trama password 'not to be shown'"),
                "1,um\n2,dois\n");
            await listener.EndAsync();
            foreach (string mode in (string[])["simple", "extended", "prepared"])
            {
                TramaProcess.Ended load = await TramaProcess.RunAsync(
                    pgbench, ["-n", "-M", mode, "-c", "2", "-t", "20", "-f", folder["select.sql"], .. server.Address("sslmode=disable")]);
                Assert.True(load.Code == 0, load.Errors);
            }
        });
        string[] theirs = await PostgresqlJudge.TsharkAsync(capture, server.Port);
        Assert.Equal(120, theirs.Count(line => line.Contains("selectnamefromt", StringComparison.Ordinal)));
        Assert.Equal(theirs, await PostgresqlJudge.TramaAsync(capture));

        string[] told = await ToldExchanges.OfAsync(capture);
        Assert.Contains("create table t(id int primary key, name text) > CREATE TABLE", told);
        Assert.Contains("insert into t values (1, 'one') > 23505 duplicate key value violates unique constraint \"t_pkey\" failed", told);
        Assert.Contains("select * from nowhere > 42P01 relation \"nowhere\" does not exist failed", told);
        Assert.Contains("copy t to stdout > COPY 2", told);
        Assert.Contains(told, line => line.StartsWith("COPY data > COPY 2", StringComparison.Ordinal));
        // What the one who listens is told answers nothing.
        Assert.Contains(told, line => line.StartsWith("NOTIFY news > ", StringComparison.Ordinal));
        Assert.DoesNotContain(told, line => line.Contains("not to be shown", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_statement_that_is_cancelled_fails_and_the_cancellation_asks_for_no_reply()
    {
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        await using PostgresqlServer server = await PostgresqlServer.StartAsync(folder);
        string capture = await LiveCapture.OfAsync(folder, server.Port, async () =>
        {
            await using TramaProcess psql = server.Psql("-At", "-c", "select 'waits'", "-c", "select pg_sleep(60)");
            await psql.LineAsync(line => line == "waits");
            // The statement is under way when the server knows of it.
            const string active = "select count(*) from pg_stat_activity where query like 'select pg_s%' and state = 'active'";
            while (!(await RunAsync(server.Psql("-At", "-c", active))).Output.StartsWith('1'))
                await Task.Delay(20, TestContext.Current.CancellationToken);
            psql.Signal("INT");
            Assert.Equal(1, (await psql.EndAsync()).Code);
        });
        string[] told = await ToldExchanges.OfAsync(capture);
        Assert.Contains("select pg_sleep(60) > 57014 canceling statement due to user request failed", told);
        Assert.Contains("CancelRequest >  not due", told);
        Assert.Contains("Terminate >  not due", told);
    }

    [Fact]
    public async Task What_is_said_after_the_upgrade_to_TLS_is_traced_with_keys()
    {
        string openssl = TestData.Program("openssl");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        await using PostgresqlServer server = await PostgresqlServer.StartAsync(folder);
        string capture = await LiveCapture.OfAsync(folder, server.Port, async () =>
        {
            await using TramaProcess client = TramaProcess.Start(
                openssl,
                ["s_client", "-quiet", "-starttls", "postgres", "-keylogfile", folder["keys"], "-connect", $"127.0.0.1:{server.Port}"]);
            byte[] said =
            [
                .. Startup(), .. Typed('Q', "select 'acao' as word"), .. Typed('P', "one", "select $1::int", new byte[2]),
                .. Typed('B', "", "one", Five), .. Typed('E', "", new byte[4]), .. Typed('S'), .. Typed('Q', "select 1 / 0"), .. Typed('X'),
            ];
            await client.Input.WriteAsync(said, TestContext.Current.CancellationToken);
            await client.EndAsync();
        });
        string[] theirs = await PostgresqlJudge.TsharkAsync(capture, server.Port, folder["keys"]);
        Assert.Equal(4, theirs.Length);
        Assert.Equal(theirs, await PostgresqlJudge.TramaAsync(capture, folder["keys"]));
        Assert.Equal(
            [
                "SSLRequest > S", "Terminate >  not due", "select $1::int > SELECT 1", "select 'acao' as word > SELECT 1",
                "select 1 / 0 > 22012 division by zero failed",
            ],
            (await ToldExchanges.OfAsync(capture, "--keys", folder["keys"])).Where(line => line[0] != ' ' && !IsOfStartup(line))
                .Order(StringComparer.Ordinal));
    }

    private static bool IsOfStartup(string line) => line.StartsWith("startup", StringComparison.Ordinal);

    // One parameter, in text: 5.
    private static byte[] Five => [0, 0, 0, 1, 0, 0, 0, 1, (byte)'5', 0, 0];

    private static byte[] Startup()
    {
        byte[] body = [0, 3, 0, 0, .. "user\0trama\0database\0postgres\0\0"u8];
        return [.. Length(body.Length), .. body];
    }

    private static byte[] Typed(char type, params object[] parts)
    {
        byte[] body = [.. parts.SelectMany(part => part as byte[] ?? [.. Encoding.UTF8.GetBytes((string)part), 0])];
        return [(byte)type, .. Length(body.Length), .. body];
    }

    private static byte[] Length(int body)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, body + 4);
        return bytes;
    }

    private static async Task<TramaProcess.Ended> RunAsync(TramaProcess process, string input = "")
    {
        await using TramaProcess running = process;
        await running.Input.WriteAsync(Encoding.UTF8.GetBytes(input), TestContext.Current.CancellationToken);
        return await running.EndAsync();
    }
}
