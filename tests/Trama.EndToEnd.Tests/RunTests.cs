using System.Security.Cryptography;
using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary><c>trama run</c>, with a network of the command's own: what the command does is what it does without.</summary>
public class RunTests
{
    private static readonly TimeSpan PublishingTime = TimeSpan.FromMilliseconds(50);

    [Theory]
    [InlineData(0, "true")]
    [InlineData(1, "false")]
    [InlineData(127, "/nonexistent/program")]
    [InlineData(126, "/etc/passwd")]
    [InlineData(137, "sh", "-c", "kill -9 $$")]
    [InlineData(42, "sh", "-c", "exit 42")]
    public async Task Ends_as_the_command_does(int code, params string[] command)
    {
        TramaProcess.Ended ended = await RunAsync(["--", .. command]);
        Assert.Equal(code, ended.Code);
        Assert.Empty(ended.Output);
    }

    [Fact]
    public async Task The_first_word_that_is_no_option_begins_the_command()
    {
        TramaProcess.Ended ended = await RunAsync(["--where", "status>=500", "--lang", "pt", "echo", "--where", "-q"]);
        Assert.Equal("--where -q\n", ended.Output);
        Assert.EndsWith("trama: 0 conexões, 0 trocas, 0 achados\n", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_what_the_command_says_beside_its_own_output()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open");
        int port = await ServeTests.PortAsync(server);
        TramaProcess.Ended plain = await TramaProcess.RunAsync(["send", "127.0.0.1", $"{port}", "Olá, servidor!"]);
        TramaProcess.Ended ended = await RunAsync(["--", TramaProcess.Binary, "send", "127.0.0.1", $"{port}", "Olá, servidor!"]);
        Assert.Equal((plain.Code, plain.Output), (ended.Code, ended.Output));
        Assert.Matches($@"^\S+\t1\t127\.0\.0\.1:\d+ > 127\.0\.0\.1:{port}\t15 B Olá, servidor!\t30 B Message received successfully!\t",
            ended.Errors);
        // And whose it was.
        Assert.Matches(@"\ttrama \d+ > \?\n", ended.Errors);
        Assert.EndsWith("trama: 1 connection, 1 exchange, 0 findings\n", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--connection", "1")]
    [InlineData("--summary")]
    [InlineData("--diagnose")]
    public async Task The_conclusion_counts_what_the_report_leaves_out_too(params string[] options)
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open");
        string send = $"'{TramaProcess.Binary}' send 127.0.0.1 {await ServeTests.PortAsync(server)}";
        TramaProcess.Ended ended = await RunAsync([.. options, "--", "sh", "-c", $"{send} first; {send} second"]);
        Assert.Contains("trama: 2 connections, 2 exchanges, ", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("connection-refused", "")]
    [InlineData("closed-without-reply", "closed-without-reply")]
    [InlineData("no-reply", "no-reply")]
    [InlineData("slow-server", "latency=1500ms")]
    public async Task Judges_as_a_capture_of_the_same_command_does(string finding, string fault)
    {
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        await using TramaProcess? server = fault.Length == 0 ? null
            : TramaProcess.Start(["serve", "--port", "0", "--keep-open", "--fault", fault]);
        if (server is not null) port = await ServeTests.PortAsync(server);
        string[] send = ["send", "127.0.0.1", $"{port}", "hello", "--timeout", "4s"];
        await TramaProcess.RunAsync([.. send, "--capture", folder["direct.pcap"]]);
        await RunAsync(["--pcapng", folder["run.pcapng"], "-q", "--", TramaProcess.Binary, .. send]);
        string[] direct = await FindingsAsync(folder["direct.pcap"]), run = await FindingsAsync(folder["run.pcapng"]);
        Assert.Contains(direct, found => found.StartsWith(finding, StringComparison.Ordinal));
        Assert.Equal(direct, run);
    }

    [Fact]
    public async Task Programs_within_hear_each_other_on_loopback()
    {
        int port = FreePorts.Next();
        TramaProcess.Ended ended = await RunAsync(["--", "sh", "-c",
            $"'{TramaProcess.Binary}' serve --port {port} --once --bind 127.0.0.1 >/dev/null & sleep 1; "
                + $"'{TramaProcess.Binary}' send 127.0.0.1 {port} within; wait"]);
        Assert.Contains("Message received successfully!", ended.Output, StringComparison.Ordinal);
        Assert.Contains("6 B within", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::", "127.0.0.1")]
    [InlineData("::", "::1")]
    [InlineData("::1", "::1")]
    public async Task A_port_on_which_the_command_listens_is_open_on_this_machine(string bind, string address)
    {
        int port = FreePorts.Next();
        await using TramaProcess run = TramaProcess.Start("run", "--isolate", "--", TramaProcess.Binary, "serve", "--port", $"{port}",
            "--bind", bind,
            "--once");
        await ServeTests.PortAsync(run);
        TramaProcess.Ended sent = await TramaProcess.RunAsync(["send", address, $"{port}", "visit"]);
        // The port is found a moment after the command has opened it.
        for (int i = 0; i < 20 && sent.Code != 0; i++)
        {
            await Task.Delay(PublishingTime, TestContext.Current.CancellationToken);
            sent = await TramaProcess.RunAsync(["send", address, $"{port}", "visit"]);
        }

        TramaProcess.Ended ended = await run.EndAsync();
        Assert.Contains("Message received successfully!", sent.Output, StringComparison.Ordinal);
        Assert.Contains("5 B visit\t", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_and_the_command_runs()
    {
        await using TramaProcess other = TramaProcess.Start("serve", "--port", "0", "--bind", "127.0.0.1");
        int port = await ServeTests.PortAsync(other);
        await using TramaProcess run = TramaProcess.Start("run", "--isolate", "--", TramaProcess.Binary, "serve", "--port", $"{port}",
            "--bind",
            "127.0.0.1");
        string line = await run.ErrorAsync(line => line.Contains("within only", StringComparison.Ordinal));
        Assert.Equal($"trama: 127.0.0.1:{port} of the command is reachable from within only: Address already in use "
            + "(--publish chooses another port)", line);
        run.Signal("TERM");
        Assert.Equal(0, (await run.EndAsync()).Code);
    }

    [Fact]
    public async Task Great_amounts_arrive_whole_both_ways()
    {
        using var folder = new TemporaryFolder();
        byte[] content = RandomNumberGenerator.GetBytes(40_000_000);
        await File.WriteAllBytesAsync(folder["in"], content, TestContext.Current.CancellationToken);
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open", "--echo", "--quiet");
        int port = await ServeTests.PortAsync(server);
        TramaProcess.Ended ended = await RunAsync(["-q", "--", "sh", "-c",
            $"'{TramaProcess.Binary}' send 127.0.0.1 {port} --raw < '{folder["in"]}' > '{folder["out"]}'"]);
        Assert.Equal(0, ended.Code);
        Assert.Equal(SHA256.HashData(content), SHA256.HashData(await File.ReadAllBytesAsync(folder["out"],
            TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Decrypts_what_curl_says_and_keeps_the_secrets_in_the_capture()
    {
        string curl = TestData.Program("curl");
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["reply"], "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
            TestContext.Current.CancellationToken);
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open", "--tls", "--framing", "http1",
            "--reply-file", folder["reply"]);
        int port = await ServeTests.PortAsync(server);
        // A folder of its own for what is temporary: other runs go on at the same time.
        string temporary = Directory.CreateDirectory(folder["temporary"]).FullName;
        TramaProcess.Ended ended = await TramaProcess.RunAsync("env", [$"TMPDIR={temporary}", TramaProcess.Binary, "run", "--isolate",
            "--pcapng", folder["talk.pcapng"], "--", curl, "-sk", $"https://127.0.0.1:{port}/secret"]);
        if (ended.Code == 125) Assert.Skip($"a network of its own is not allowed here: {ended.Errors}");
        Assert.Equal((0, "hi"), (ended.Code, ended.Output.Trim()));
        Assert.Contains("GET /secret\t", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("(1 by TLS, decrypted)", ended.Errors, StringComparison.Ordinal);
        TramaProcess.Ended traced = await TramaProcess.RunAsync(["trace", folder["talk.pcapng"]]);
        Assert.Contains("GET /secret\t", traced.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(temporary, "trama-*"));
    }

    [Fact]
    public async Task Exits_with_3_when_a_command_went_well_and_a_finding_counts()
    {
        TramaProcess.Ended ended = await RunAsync(["--fail-on", "connection-refused", "-q", "--", "sh", "-c",
            $"'{TramaProcess.Binary}' send 127.0.0.1 {FreePorts.Next()} hello 2>/dev/null; true"]);
        Assert.Equal(3, ended.Code);
        Assert.Contains("● connection-refused, the server", ended.Errors, StringComparison.Ordinal);
        Assert.EndsWith("trama: again with --ladder, --html FILE, --pcapng FILE\n", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_capturing_is_allowed_the_packets_are_the_wire_s_and_of_the_command_alone()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open");
        int port = await ServeTests.PortAsync(server);
        int closed = FreePorts.Next();
        // A client beside it, of which nothing is to be seen.
        await using TramaProcess other = TramaProcess.Start("sh",
            ["-c", $"while :; do '{TramaProcess.Binary}' send 127.0.0.1 {port} other; done"]);
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["run", "--", "sh", "-c",
            $"'{TramaProcess.Binary}' send 127.0.0.1 {port} ours; '{TramaProcess.Binary}' send 127.0.0.1 {closed} refused; true"]);
        if (!ended.Errors.Contains(" > trama ", StringComparison.Ordinal)) Assert.Skip("capturing needs CAP_NET_RAW, or root");
        Assert.Contains("4 B ours\t", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("other", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("● connection-refused, the server", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("trama: 2 connections, 1 exchange, 1 finding\n", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--isolate")]
    public async Task Arguments_that_are_no_text_reach_the_command_as_they_are(string how)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync("sh", ["-c",
            $"'{TramaProcess.Binary}' run {how} -q -- printf '%s|' \"$(printf 'a\\377\\376b')\" é '' -- -q | od -An -tx1"]);
        Assert.Equal("61fffe627cc3a97c7c2d2d7c2d717c", ended.Output.Replace(" ", "", StringComparison.Ordinal).Trim());
    }

    [Fact]
    public async Task Whoever_waits_within_gets_an_error_when_the_gateway_is_killed()
    {
        string python = TestData.Program("python3");
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open", "--fault", "no-reply");
        int port = await ServeTests.PortAsync(server);
        // A child of the command, which no signal reaches that the command gets when the gateway ends.
        string client = $"import socket; s = socket.create_connection(('127.0.0.1', {port}), 28); "
            + "print('connected', flush=True); s.recv(1)";
        await using TramaProcess run = TramaProcess.Start("run", "--isolate", "--", "sh", "-c",
            $"trap '' HUP; {python} -c \"{client}\" 2>&1 | cat; true");
        await run.LineAsync(line => line == "connected");
        run.Signal("KILL");
        await run.LineAsync(line => line.StartsWith("ConnectionAbortedError", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--json", "\"path\":{\"rttNs\":")]
    [InlineData("--ladder", "The real path, by the kernel's count: round trip ")]
    public async Task The_real_path_of_each_connection_is_told(string form, string told)
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open");
        int port = await ServeTests.PortAsync(server);
        TramaProcess.Ended ended = await RunAsync([form, "--", TramaProcess.Binary, "send", "127.0.0.1", $"{port}", "hello"]);
        Assert.Contains(told, ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handles_that_run_out_are_not_the_network_s_doing()
    {
        string python = TestData.Program("python3");
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open", "--fault", "no-reply", "--quiet");
        int port = await ServeTests.PortAsync(server);
        // More connections than handles; those that are over make room for the others.
        string clients = "import socket, threading, time\n"
            + $"def one():\n    s = socket.create_connection(('127.0.0.1', {port}), 60); s.send(b'x'); time.sleep(2)\n"
            + "all = [threading.Thread(target=one) for _ in range(240)]\n[t.start() for t in all]; [t.join() for t in all]\nprint('done')";
        TramaProcess.Ended ended = await TramaProcess.RunAsync("sh",
            ["-c", "ulimit -n 320 && exec \"$@\"", "sh", TramaProcess.Binary, "run", "--isolate", "--diagnose", "--", "sh", "-c",
                "for i in 1 2; do " + $"{python} -c \"$0\" & done; wait", clients]);
        if (ended.Code == 125) Assert.Skip($"a network of its own is not allowed here: {ended.Errors}");
        Assert.Equal("done\ndone\n", ended.Output);
        Assert.Matches(@"trama: no file handle was left here \(ulimit -n\) \d+ times", ended.Errors);
        Assert.DoesNotContain("slow-to-open", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_said_by_UDP_is_named_and_what_is_asked_by_DNS()
    {
        string python = TestData.Program("python3");
        await using TramaProcess server = TramaProcess.Start(python, ["-c",
            "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.0.1', 0)); "
                + "print(s.getsockname()[1], flush=True)\nwhile True:\n    d, a = s.recvfrom(999); s.sendto(d, a)"]);
        string port = await server.LineAsync(_ => true);
        // A query for the address of example.org.
        TramaProcess.Ended ended = await RunAsync(["--", python, "-c",
            $"import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(('127.0.0.1', {port}))\n"
                + "for d in (bytes.fromhex('123401000001000000000000076578616d706c65036f72670000010001'), b'no DNS at all'):\n"
                + "    s.send(d); print(len(s.recv(999)))"]);
        Assert.Equal("29\n13\n", ended.Output);
        Assert.Contains($"trama: by UDP, not shown: 127.0.0.1:{port} (DNS; 2 sent, 2 received)\n", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("trama: asked by DNS: A example.org\n", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_to_it_reaches_the_command()
    {
        await using TramaProcess run = TramaProcess.Start("run", "--isolate", "--", "sh", "-c",
            "trap 'echo told; exit 7' TERM; echo ready; while :; do sleep 0.1; done");
        await run.LineAsync(line => line == "ready");
        run.Signal("TERM");
        TramaProcess.Ended ended = await run.EndAsync();
        Assert.Equal(7, ended.Code);
        Assert.Contains("told", ended.Output, StringComparison.Ordinal);
    }

    private static async Task<TramaProcess.Ended> RunAsync(string[] args)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["run", "--isolate", .. args]);
        if (ended.Code == 125) Assert.Skip($"a network of its own is not allowed here: {ended.Errors}");
        return ended;
    }

    private static async Task<string[]> FindingsAsync(string capture)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["diagnose", "--json", capture]);
        JsonElement root = JsonDocument.Parse(ended.Output).RootElement;
        return [.. root.GetProperty("connections").EnumerateArray().SelectMany(connection => connection.GetProperty("findings")
            .EnumerateArray()).Select(finding => $"{finding.GetProperty("id")} {finding.GetProperty("party")}").Order()];
    }
}
