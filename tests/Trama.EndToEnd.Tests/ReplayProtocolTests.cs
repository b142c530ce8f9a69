using System.Globalization;
using System.Text.RegularExpressions;

namespace Trama.EndToEnd.Tests;

/// <summary>
/// Of each protocol: a real client is recorded with a real server, the server ends, and the client hears the same from the capture, in
/// another order too; and what it said then is said to a fresh server, with the same outcomes.
/// </summary>
public partial class ReplayProtocolTests
{
    [Fact]
    public async Task Smtp()
    {
        string curl = TestData.Program("curl");
        using var folder = await ReadyAsync();
        int port = FreePorts.Next();
        await File.WriteAllTextAsync(folder["mail"], "Subject: hello\r\n\r\nhello\r\n", TestContext.Current.CancellationToken);
        await ReplayTrial.AssertAsync(folder, port, () => MailServer.SmtpAsync(folder, port), to => CurlAsync(curl,
            "-u", $"ana:{MailServer.Password}", "--mail-from", "ana@example.org", "--mail-rcpt", to, "-T", folder["mail"],
            $"smtp://127.0.0.1:{port}/example.org"),
            ["bo@example.org", "nobody@example.org"]);
    }

    [Fact]
    public async Task Imap_and_Pop3()
    {
        string curl = TestData.Program("curl");
        using var folder = await ReadyAsync();
        int pop3 = FreePorts.Next(), imap = FreePorts.Next();
        await File.WriteAllTextAsync(folder["mail"], "Subject: hello\r\n\r\nhello\r\n", TestContext.Current.CancellationToken);
        string[] user = ["-u", $"ana:{MailServer.Password}"];
        await using (TramaProcess first = await MailServer.DovecotAsync(folder, pop3, imap))
            await CurlAsync(curl, [.. user, "-T", folder["mail"], $"imap://127.0.0.1:{imap}/INBOX"]);
        await ReplayTrial.AssertAsync(folder, imap, () => MailServer.DovecotAsync(folder, pop3, imap),
            path => CurlAsync(curl, [.. user, $"imap://127.0.0.1:{imap}/{path}"]), ["INBOX;UID=1", "INBOX;UID=9"]);
        await ReplayTrial.AssertAsync(folder, pop3, () => MailServer.DovecotAsync(folder, pop3, imap),
            path => CurlAsync(curl, [.. user, $"pop3://127.0.0.1:{pop3}/{path}"]), ["", "1", "9"]);
    }

    [Fact]
    public async Task Dns()
    {
        string dig = TestData.Program("dig");
        using var folder = await ReadyAsync();
        int port = FreePorts.Next();
        await ReplayTrial.AssertAsync(folder, port, () => Unbound.StartAsync(folder, port),
            async question => (await TramaProcess.RunAsync(dig,
            ["@127.0.0.1", "-p", $"{port}", "+tcp", "+noall", "+answer", "+comments", "+nocookie", .. question.Split(' ')])).Output
            is var said ? Identifier().Replace(said, "") : "",
            ["example.org A", "example.org TXT", "gone.example.org AAAA"]);
    }

    [Fact]
    public async Task Nats()
    {
        string server = TestData.Program("nats-server"), python = TestData.Program("python3");
        using var folder = await ReadyAsync();
        int port = FreePorts.Next();
        Task<TramaProcess> startAsync() => StartedAsync(
            TramaProcess.Start(server, ["-a", "127.0.0.1", "-p", $"{port}", "--user", "ana", "--pass", "hunter2"]), port);
        // Each run has a subject of its own for answers.
        const string client =
            """
            import secrets, socket, sys
            s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 20).makefile("rwb", 0)
            inbox = "_INBOX." + secrets.token_hex(8)
            def say(text): s.write(text.encode())
            s.readline()
            say('CONNECT {"verbose":false,"user":"ana","pass":"hunter2","headers":true,"no_responders":true}\r\nPING\r\n')
            assert s.readline() == b"PONG\r\n"
            say("SUB %s.* %d\r\nPING\r\n" % (inbox, secrets.randbelow(90) + 1))
            assert s.readline() == b"PONG\r\n"
            for number, subject in enumerate(sys.argv[2].split(",")):
                say("PUB %s %s.%d 2\r\nhi\r\n" % (subject, inbox, number))
                words = s.readline().split()
                assert words[1].decode() == "%s.%d" % (inbox, number), words
                print(words[0].decode(), s.read(int(words[-1]) + 2).split())
            """;
        await ReplayTrial.AssertAsync(folder, port, startAsync, async subjects =>
        {
            TramaProcess.Ended talked = await TramaProcess.RunAsync(python, ["-c", client, $"{port}", subjects]);
            Assert.True(talked.Code == 0, talked.Errors);
            return talked.Output;
        }, ["nobody.home", "nobody.there,nobody.home"]);
    }

    [Fact]
    public async Task Ldap()
    {
        string search = TestData.Program("ldapsearch"), add = TestData.Program("ldapadd");
        using var folder = await ReadyAsync();
        int port = FreePorts.Next();
        string[] at = ["-H", $"ldap://127.0.0.1:{port}/", "-x"];
        await using (TramaProcess first = await Slapd.StartAsync(folder, port))
        {
            Assert.Equal(0, (await TramaProcess.RunAsync(add, [.. at, .. Slapd.Admin],
                "dn: dc=example\nobjectClass: dcObject\nobjectClass: organization\no: Example\ndc: example\n")).Code);
        }

        await ReplayTrial.AssertAsync(folder, port, () => Slapd.StartAsync(folder, port),
            async where => (await TramaProcess.RunAsync(search,
            [.. at, "-LLL", "-b", where])).ToString(), ["dc=example", "dc=nowhere"]);
    }

    [Fact]
    public async Task Amqp()
    {
        string publish = TestData.Program("amqp-publish"), get = TestData.Program("amqp-get"), declare = TestData.Program("amqp-declare-queue");
        using var folder = await ReadyAsync();
        int port;
        TramaProcess.Ended real = null!, missing = null!;
        string capture;
        string[] at;
        await using (RabbitBroker broker = await RabbitBroker.StartAsync())
        {
            port = broker.AmqpPort;
            at = ["--server=127.0.0.1", $"--port={port}"];
            capture = await LiveCapture.OfAsync(folder, port, async () =>
            {
                Assert.Equal(0, (await TramaProcess.RunAsync(declare, [.. at, "-q", "jobs"])).Code);
                Assert.Equal(0, (await TramaProcess.RunAsync(publish, [.. at, "-r", "jobs"], "one")).Code);
                real = await TramaProcess.RunAsync(get, [.. at, "-q", "jobs"]);
                missing = await TramaProcess.RunAsync(get, [.. at, "-q", "missing"]);
            });
        }

        await using TramaProcess replay = await ReplayTrial.ServeAsync(capture, port);
        Assert.Equal(missing.Code, (await TramaProcess.RunAsync(get, [.. at, "-q", "missing"])).Code);
        Assert.Equal(real, await TramaProcess.RunAsync(get, [.. at, "-q", "jobs"]));
        Assert.Equal(0, (await TramaProcess.RunAsync(publish, [.. at, "-r", "jobs"], "one")).Code);
    }

    [Fact]
    public async Task Memcached()
    {
        string memcached = TestData.Program("memcached"), python = TestData.Program("python3");
        using var folder = await ReadyAsync();
        int port = FreePorts.Next();
        Task<TramaProcess> startAsync() => StartedAsync(TramaProcess.Start(
            memcached, ["-l", "127.0.0.1", "-p", $"{port}", "-U", "0", "-u", "root", "-m", "16"]), port);
        // What only reads says nothing that is memcached's alone.
        const string client =
            """
            import socket, sys
            s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 20).makefile("rwb", 0)
            for command in sys.argv[2].split(","):
                s.write(command.replace("|", "\r\n").encode() + b"\r\n")
                line = s.readline()
                while line.startswith(b"VALUE "):
                    print(line, s.read(int(line.split()[3]) + 2))
                    line = s.readline()
                print(line)
            """;
        await ReplayTrial.AssertAsync(folder, port, startAsync, async commands =>
        {
            TramaProcess.Ended talked = await TramaProcess.RunAsync(python, ["-c", client, $"{port}", commands]);
            Assert.True(talked.Code == 0, talked.Errors);
            return talked.Output;
        }, ["get none", "set a 5 0 3|abc,set b 0 0 2|10", "get a", "get b", "get a b", "gets none a,incr b 5,delete none", "mg none v"]);
    }

    [Fact]
    public async Task Kafka()
    {
        string kcat = TestData.Program("kcat");
        using var folder = await ReadyAsync();
        string[] consume = ["-C", "-t", "orders", "-p", "0", "-o", "beginning", "-c", "2", "-q"];
        int port;
        string capture;
        TramaProcess.Ended real = null!;
        await using (TramaProcess broker = TramaProcess.Start(kcat,
            ["-P", "-b", "mock", "-t", "held", "-X", "test.mock.num.brokers=1"]))
        {
            string said = await broker.ErrorAsync(line => line.Contains("Mock cluster enabled", StringComparison.Ordinal));
            port = int.Parse(Port().Match(said).Groups[1].Value, CultureInfo.InvariantCulture);
            capture = await LiveCapture.OfAsync(folder, port, async () =>
            {
                Assert.Equal(0, (await TramaProcess.RunAsync(
                    kcat, ["-P", "-b", $"127.0.0.1:{port}", "-t", "orders", "-p", "0"], "first\nsecond\n")).Code);
                real = await TramaProcess.RunAsync(kcat, [.. consume, "-b", $"127.0.0.1:{port}"]);
            });
        }

        Assert.Equal("first\nsecond\n", real.Output);
        // Another port: the client goes where the broker says that it is.
        int other = FreePorts.Next();
        await using TramaProcess replay = await ReplayTrial.ServeAsync(capture, other);
        Assert.Equal(real.Output, (await TramaProcess.RunAsync(kcat, [.. consume, "-b", $"127.0.0.1:{other}"])).Output);
        Assert.Equal(0, (await TramaProcess.RunAsync(
            kcat, ["-P", "-b", $"127.0.0.1:{other}", "-t", "orders", "-p", "0"], "first\nsecond\n")).Code);
    }

    private static async Task<TemporaryFolder> ReadyAsync()
    {
        await Captures.RequireLiveAsync();
        return new TemporaryFolder();
    }

    private static async Task<string> CurlAsync(string curl, params string[] arguments)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(curl, ["-s", "--max-time", "20", .. arguments]);
        return $"{ended.Code} {ended.Output}";
    }

    private static async Task<TramaProcess> StartedAsync(TramaProcess server, int port)
    {
        await LiveCapture.AcceptsAsync(port);
        return server;
    }

    [GeneratedRegex("id: [0-9]+")]
    private static partial Regex Identifier();

    [GeneratedRegex("127\\.0\\.0\\.1:([0-9]+)")]
    private static partial Regex Port();
}
