using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary>Real clients that spoke with a real server speak with its capture: they hear the same.</summary>
public class ReplayLiveTests
{
    [Fact]
    public async Task Curl_reads_the_same_pages_in_another_order_over_other_connections()
    {
        string nginx = TestData.Program("nginx"), curl = TestData.Program("curl");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        await File.WriteAllTextAsync(
            folder["nginx.conf"],
            $$"""
            daemon off; master_process off; pid {{folder["pid"]}}; error_log {{folder["error.log"]}};
            events { }
            http {
                access_log off; client_body_temp_path {{folder["body"]}}; proxy_temp_path {{folder["proxy"]}};
                fastcgi_temp_path {{folder["fastcgi"]}}; uwsgi_temp_path {{folder["uwsgi"]}}; scgi_temp_path {{folder["scgi"]}};
                server {
                    listen 127.0.0.1:{{port}};
                    location /one { return 200 "one\n"; }
                    location /two { return 200 "two\n"; }
                    location /old { return 301 http://$http_host/one; }
                    location /gone { return 410; }
                }
            }
            """,
            TestContext.Current.CancellationToken);
        string url = $"http://127.0.0.1:{port}";
        string[] together = ["-s", "-w", "%{http_code}\n", $"{url}/one", $"{url}/two", $"{url}/gone", $"{url}/old"];
        TramaProcess.Ended real = null!;
        string capture;
        await using (TramaProcess server = TramaProcess.Start(nginx, ["-c", folder["nginx.conf"], "-e", folder["error.log"]]))
        {
            await LiveCapture.AcceptsAsync(port);
            capture = await LiveCapture.OfAsync(folder, port, async () => real = await TramaProcess.RunAsync(curl, together));
        }

        await using TramaProcess replay = await ReplayTrial.ServeAsync(capture, port);
        Assert.Equal(real.Output, (await TramaProcess.RunAsync(curl, together)).Output);
        Assert.Equal("two\n200\n", (await TramaProcess.RunAsync(curl, ["-s", "-w", "%{http_code}\n", $"{url}/two"])).Output);
        // Where it sends to is itself, under the name that it is asked by.
        Assert.Equal("one\n", (await TramaProcess.RunAsync(curl, ["-sL", $"http://localhost:{port}/old"])).Output);
        await TramaProcess.RunAsync(curl, ["-s", $"{url}/twofold"]);
        string told = await replay.ErrorAsync(line => line.Contains("/twofold", StringComparison.Ordinal));
        Assert.EndsWith("GET /two", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nghttp_reads_the_same_pages()
    {
        string nghttpd = TestData.Program("nghttpd"), nghttp = TestData.Program("nghttp");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        await File.WriteAllTextAsync(folder["a.html"], new string('a', 100_000), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["b.html"], "b", TestContext.Current.CancellationToken);
        string url = $"http://127.0.0.1:{port}";
        TramaProcess.Ended real = null!;
        string capture;
        await using (TramaProcess server = TramaProcess.Start(nghttpd, ["--no-tls", "-a", "127.0.0.1", "-d", folder["."], $"{port}"]))
        {
            await LiveCapture.AcceptsAsync(port);
            capture = await LiveCapture.OfAsync(folder, port,
                async () => real = await TramaProcess.RunAsync(nghttp, [$"{url}/b.html", $"{url}/a.html"]));
        }

        await using (TramaProcess replay = await ReplayTrial.ServeAsync(capture, port))
        {
            Assert.Equal(100_001, real.Output.TrimEnd().Length);
            Assert.Equal(real.Output.Order(), (await TramaProcess.RunAsync(nghttp, [$"{url}/a.html", $"{url}/b.html"])).Output.Order());
            Assert.Equal("b", (await TramaProcess.RunAsync(nghttp, [$"{url}/b.html"])).Output.TrimEnd());
        }

        await using TramaProcess fresh = TramaProcess.Start(nghttpd, ["--no-tls", "-a", "127.0.0.1", "-d", folder["."], $"{port}"]);
        await LiveCapture.AcceptsAsync(port);
        await ReplayTrial.AssertSentAsync(capture, port, "--pace", "fast");
    }

    [Fact]
    public async Task Psql_has_the_same_rows_and_errors()
    {
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        string[] first = ["-At", "-c", "create table t(id int)", "-c", "insert into t values (1), (2)", "-c", "select * from t",
            "-c", "select * from nowhere"];
        TramaProcess.Ended real = null!;
        string capture;
        PostgresqlServer server = await PostgresqlServer.StartAsync(folder);
        await using (server)
        {
            capture = await LiveCapture.OfAsync(folder, server.Port, async () =>
            {
                await using TramaProcess psql = server.Psql(first);
                real = await psql.EndAsync();
            });
        }

        await using (TramaProcess replay = await ReplayTrial.ServeAsync(capture, server.Port))
        {
            await using TramaProcess again = server.Psql(first);
            Assert.Equal(real, await again.EndAsync());
            await using TramaProcess alone = server.Psql("-At", "-c", "select * from t");
            Assert.Equal("1\n2\n", (await alone.EndAsync()).Output);
        }

        using var other = new TemporaryFolder();
        await using PostgresqlServer fresh = await PostgresqlServer.StartAsync(other);
        await ReplayTrial.AssertSentAsync(capture, fresh.Port, "--pace", "fast");
    }

    [Fact]
    public async Task The_mariadb_client_has_the_same_rows_and_errors()
    {
        string client = TestData.Program("mariadb");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        string[] statements =
            ["--force", "-e", "create table t(id int); insert into t values (1),(2); select * from t; select * from nowhere"];
        TramaProcess.Ended real = null!;
        string capture;
        int port;
        await using (MysqlServer server = await MysqlServer.StartAsync(folder))
        {
            port = server.Port;
            capture = await LiveCapture.OfAsync(folder, port,
                async () => real = await TramaProcess.RunAsync(client, Arguments(port, statements)));
        }

        await using TramaProcess replay = await ReplayTrial.ServeAsync(capture, port);
        Assert.Equal(real, await TramaProcess.RunAsync(client, Arguments(port, statements)));
        Assert.Equal("id\n1\n2\n", (await TramaProcess.RunAsync(client, Arguments(port, ["-e", "select * from t"]))).Output);
    }

    [Fact]
    public async Task Redis_cli_hears_the_same()
    {
        string cli = TestData.Program("redis-cli"), redis = TestData.Program("redis-server");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        string said = "set answer 42\nincr answer\nincr answer\nget answer\nlpush answer x\nhset h f v\nhgetall h\n";
        TramaProcess.Ended real = null!;
        string capture;
        await using (TramaProcess server = TramaProcess.Start(redis,
            ["--bind", "127.0.0.1", "--port", $"{port}", "--save", "", "--appendonly", "no"]))
        {
            await LiveCapture.AcceptsAsync(port);
            capture = await LiveCapture.OfAsync(folder, port, async () => real = await TramaProcess.RunAsync(cli, ["-p", $"{port}"], said));
        }

        await using TramaProcess replay = await ReplayTrial.ServeAsync(capture, port);
        Assert.Equal(real.Output, (await TramaProcess.RunAsync(cli, ["-p", $"{port}"], said)).Output);
        Assert.Equal("44\n", (await TramaProcess.RunAsync(cli, ["-p", $"{port}", "get", "answer"])).Output);
    }

    [Fact]
    public async Task Recorded_clients_have_the_same_outcomes_from_a_fresh_server_and_others_from_another()
    {
        string cli = TestData.Program("redis-cli"), redis = TestData.Program("redis-server");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        string[] options = ["--bind", "127.0.0.1", "--port", $"{port}", "--save", "", "--appendonly", "no"];
        string capture;
        await using (TramaProcess server = TramaProcess.Start(redis, options))
        {
            await LiveCapture.AcceptsAsync(port);
            capture = await LiveCapture.OfAsync(folder, port, async () =>
            {
                foreach (string command in (string[])["set answer 42", "incr answer", "get answer"])
                    await TramaProcess.RunAsync(cli, ["-p", $"{port}", .. command.Split(' ')]);
            });
        }

        await using TramaProcess fresh = TramaProcess.Start(redis, options);
        await LiveCapture.AcceptsAsync(port);
        string[] send = ["send", $"127.0.0.1:{port}", "--replay", capture, "--pace", "fast", "--fail-on", "outcome,content"];
        TramaProcess.Ended planned = await TramaProcess.RunAsync([.. send, "--dry-run"]);
        Assert.Equal((0, ""), (planned.Code, planned.Output));
        Assert.Contains("3 requests, of which 2 may change something (set answer; incr answer)", planned.Errors, StringComparison.Ordinal);
        Assert.Contains("that is the server that was captured", planned.Errors, StringComparison.Ordinal);
        TramaProcess.Ended same = await TramaProcess.RunAsync(send);
        Assert.Equal(0, same.Code);
        Assert.Contains("3 exchanges: 0 with another outcome, 0 with another content", same.Output, StringComparison.Ordinal);
        await TramaProcess.RunAsync(cli, ["-p", $"{port}", "config", "set", "maxmemory", "1"]);
        TramaProcess.Ended other = await TramaProcess.RunAsync(send);
        Assert.Equal(3, other.Code);
        Assert.Contains("OK → OOM", other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_recorded_clients_load_a_server_at_once_and_what_is_unknown_is_learnt()
    {
        string capture = TestData.Shared("protocols/redis-lab-tls13.pcapng"), keys = TestData.Shared("protocols/redis-lab-tls13.keys");
        using var folder = new TemporaryFolder();
        string learned = folder["learned.pcap"];
        string[] replay = ["--replay", capture, "--keys", keys, "--pace", "fast"];
        await using TramaProcess whole = TramaProcess.Start(["serve", .. replay, "--port", "0", "--bind", "127.0.0.1", "--quiet"]);
        string place = $"127.0.0.1:{await ServeTests.PortAsync(whole)}";
        TramaProcess.Ended load = await TramaProcess.RunAsync(["load", place, .. replay, "--rate", "×25", "--json"]);
        Assert.Equal(0, load.Code);
        JsonElement told = JsonDocument.Parse(load.Output).RootElement;
        Assert.Equal(25, told.GetProperty("connections").GetInt64());
        Assert.Equal(told.GetProperty("requests").GetInt64(), told.GetProperty("answered").GetInt64());
        Assert.Equal(0, told.GetProperty("otherOutcomes").GetInt64());
        Assert.All(told.GetProperty("operations").EnumerateArray(), operation => Assert.Equal(
            25 * operation.GetProperty("recordedNs").GetProperty("count").GetInt64(),
            operation.GetProperty("nowNs").GetProperty("count").GetInt64()));
        string table = (await TramaProcess.RunAsync(["load", place, .. replay, "--lang", "pt"])).Output;
        Assert.Contains("OPERAÇÃO", table, StringComparison.Ordinal);
        Assert.Contains("INCR a", table, StringComparison.Ordinal);

        // Of the part that only reads, the rest is asked of the other server, once.
        string[] part = ["serve", .. replay, "--where", "operation=PING", "--match", "exact", "--unknown", $"relay={place}", "--learn",
            learned, "--port", "0", "--bind", "127.0.0.1", "--quiet"];
        string[] incr = ["--framing", "resp", "*2\r\n$4\r\nINCR\r\n$1\r\na\r\n"];
        await using (TramaProcess learning = TramaProcess.Start(part))
        {
            string at = $"127.0.0.1:{await ServeTests.PortAsync(learning)}";
            Assert.Contains(":2", (await TramaProcess.RunAsync(["send", at, .. incr])).Output, StringComparison.Ordinal);
        }

        whole.Signal("INT");
        await whole.EndAsync();
        await using TramaProcess knows = TramaProcess.Start(part);
        string then = $"127.0.0.1:{await ServeTests.PortAsync(knows)}";
        Assert.Contains(":2", (await TramaProcess.RunAsync(["send", then, .. incr])).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await TramaProcess.RunAsync(["load", then, "--rate", "×2"])).Code);
    }

    [Fact]
    public async Task What_is_no_capture_is_not_learnt_over()
    {
        using var folder = new TemporaryFolder();
        string notes = folder["notes.txt"], capture = TestData.Shared("protocols/redis-lab-tls13.pcapng");
        await File.WriteAllTextAsync(notes, "no capture, but a note", TestContext.Current.CancellationToken);
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["serve", "--replay", capture, "--unknown", "relay=127.0.0.1:1",
            "--learn", notes, "--port", "0", "--bind", "127.0.0.1", "--lang", "en"]);
        Assert.Equal(1, ended.Code);
        Assert.Contains("is not a capture file", ended.Errors, StringComparison.Ordinal);
        Assert.Equal("no capture, but a note", await File.ReadAllTextAsync(notes, TestContext.Current.CancellationToken));
        Assert.Single(Directory.EnumerateFiles(Path.GetDirectoryName(notes)!));
    }

    [Theory]
    [InlineData("--writes", "SET a")]
    [InlineData("--credentials", "passwords")]
    public async Task Beyond_this_machine_harm_must_be_asked_for(string option, string told)
    {
        string name = option == "--writes" ? "redis-lab-tls13.pcapng" : "postgresql-lab-extended.pcapng";
        string capture = TestData.Shared($"protocols/{name}");
        string[] keys = option == "--writes" ? ["--keys", TestData.Shared("protocols/redis-lab-tls13.keys")] : ["--writes"];
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["send", "192.0.2.1:80", "--replay", capture, .. keys]);
        Assert.Equal(1, ended.Code);
        Assert.Contains(option, ended.Errors, StringComparison.Ordinal);
        Assert.Contains(told, ended.Errors, StringComparison.Ordinal);
        Assert.Empty(ended.Output);
    }

    [Fact]
    public async Task A_capture_without_a_conversation_is_refused_in_a_line()
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            ["serve", "--port", "0", "--replay", TestData.Shared("faults/connection-refused/v1/client.pcap")]);
        Assert.Equal(1, ended.Code);
        Assert.Contains("there is no conversation to play", ended.Errors, StringComparison.Ordinal);
    }

    private static string[] Arguments(int port, string[] more) =>
        ["--no-defaults", "--skip-ssl", "-h", "127.0.0.1", $"-P{port}", "-uana", $"-p{MysqlServer.Password}", "-D", "shop", .. more];
}
