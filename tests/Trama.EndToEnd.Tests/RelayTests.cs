using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Trama.EndToEnd.Tests;

public class RelayTests
{
    [Fact]
    public async Task Shows_each_exchange_and_keeps_it_for_trace()
    {
        using var folder = new TemporaryFolder();
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open");
        int serverPort = await ServeTests.PortAsync(server);
        await using TramaProcess relay = TramaProcess.Start("relay", "127.0.0.1:0", $"127.0.0.1:{serverPort}", "--pcapng",
            folder["talk.pcapng"]);
        int port = await PortAsync(relay);
        foreach (string message in (string[])["first", "second"])
            Assert.Equal(0, (await TramaProcess.RunAsync(["send", "127.0.0.1", $"{port}", message])).Code);
        string first = await relay.LineAsync(line => line.Contains("first", StringComparison.Ordinal));
        await relay.LineAsync(line => line.Contains("second", StringComparison.Ordinal));
        relay.Signal("TERM");
        TramaProcess.Ended ended = await relay.EndAsync();
        Assert.Equal(0, ended.Code);

        Assert.Matches($@"^\S+\t1\t127\.0\.0\.1:\d+ > 127\.0\.0\.1:{serverPort}\t5 B first\t30 B Message received successfully!\t", first);
        TramaProcess.Ended traced = await TramaProcess.RunAsync(["trace", folder["talk.pcapng"]]);
        // Whose the connections are, comments tell packet by packet, as it becomes known.
        Assert.Equal(WithoutOwners(ended.Output), WithoutOwners(traced.Output));
    }

    [Fact]
    public async Task Tells_the_processes_of_both_ends_and_keeps_them()
    {
        using var folder = new TemporaryFolder();
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open", "--echo");
        await using TramaProcess relay = TramaProcess.Start("relay", "127.0.0.1:0", $"127.0.0.1:{await ServeTests.PortAsync(server)}",
            "--ndjson", "--pcapng", folder["talk.pcapng"]);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, await PortAsync(relay), TestContext.Current.CancellationToken);
        // Until it has looked.
        for (int i = 0; i < 40; i++)
        {
            client.Client.Send("hello"u8);
            client.Client.Receive(new byte[5]);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        client.Close();
        JsonElement connection = JsonDocument.Parse(await relay.LineAsync(line => line.Contains("\"connection\",", StringComparison.Ordinal)))
            .RootElement;
        relay.Signal("TERM");
        await relay.EndAsync();
        TramaProcess.Ended traced = await TramaProcess.RunAsync(["trace", folder["talk.pcapng"], "--json"]);
        JsonElement kept = JsonDocument.Parse(traced.Output).RootElement.GetProperty("connections")[0];
        foreach (JsonElement told in (JsonElement[])[connection, kept])
        {
            Assert.Equal(Environment.ProcessId, OwnedSide.Of(told, "client").Pid);
            Assert.Equal(server.Id, OwnedSide.Of(told, "server").Pid);
        }

        TramaProcess.Ended followed = await TramaProcess.RunAsync(["follow", folder["talk.pcapng"]]);
        Assert.Matches($@"\n\S+ {Environment.ProcessId} > (trama {server.Id}|\?)\n", followed.Output);
    }

    private static string WithoutOwners(string lines) => Regex.Replace(lines, @"\t(\?|\S+ \d+) > (\?|\S+ \d+)$", "", RegexOptions.Multiline);

    [Fact]
    public async Task A_reply_is_shown_while_the_connection_stays_open()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open", "--echo");
        await using TramaProcess relay = TramaProcess.Start("relay", "127.0.0.1:0", $"127.0.0.1:{await ServeTests.PortAsync(server)}",
            "--ndjson");
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, await PortAsync(relay), TestContext.Current.CancellationToken);
        client.Client.Send("hello"u8);
        string line = await relay.LineAsync(line => line.Contains("\"exchange\"", StringComparison.Ordinal));
        JsonElement exchange = JsonDocument.Parse(line).RootElement;
        Assert.Equal("hello", exchange.GetProperty("reply").GetProperty("text").GetString());
    }

    [Fact]
    public async Task Draws_the_one_connection_it_was_asked_for()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0");
        await using TramaProcess relay = TramaProcess.Start("relay", "127.0.0.1:0", $"127.0.0.1:{await ServeTests.PortAsync(server)}",
            "--once", "--ladder", "--lang", "pt");
        await TramaProcess.RunAsync(["send", "127.0.0.1", $"{await PortAsync(relay)}", "Olá, servidor!"]);
        TramaProcess.Ended ended = await relay.EndAsync();
        Assert.Equal(0, ended.Code);
        Assert.StartsWith("conexão 1\n", ended.Output, StringComparison.Ordinal);
        Assert.Contains("Olá, servidor!", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_refuses_is_told_and_traced()
    {
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int closedPort = ((IPEndPoint)closed.LocalEndPoint!).Port;
        await using TramaProcess relay = TramaProcess.Start("relay", "127.0.0.1:0", $"127.0.0.1:{closedPort}", "--once", "--json");
        int port = await PortAsync(relay);
        // The reset may come before the client has noticed that it is connected.
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            await client.Client.ReceiveAsync(new byte[1]);
        });
        TramaProcess.Ended ended = await relay.EndAsync();
        Assert.Matches($@"\ntrama: connection of 127\.0\.0\.1:\d+: cannot connect to 127\.0\.0\.1 port {closedPort}: connection refused \(127\.0\.0\.1\)\n\z", ended.Errors);
        JsonElement connection = Assert.Single(JsonDocument.Parse(ended.Output).RootElement.GetProperty("connections").EnumerateArray());
        Assert.Equal("refused", connection.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Puts_TLS_on_and_shows_what_is_said_in_clear()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--tls");
        string target = $"127.0.0.1:{await ServeTests.PortAsync(server)}";
        string fingerprint = (await server.ErrorAsync(line => line.Contains("fingerprint", StringComparison.Ordinal))).Split(' ')[^1];
        await using TramaProcess relay = TramaProcess.Start("relay", "127.0.0.1:0", target, "--once", "--target-tls",
            "--target-fingerprint", fingerprint);
        TramaProcess.Ended client = await TramaProcess.RunAsync(["send", "127.0.0.1", $"{await PortAsync(relay)}", "in clear"]);
        Assert.Equal("Server reply: Message received successfully!\n", client.Output);
        Assert.Contains("\t8 B in clear\t30 B Message received successfully!\t", (await relay.EndAsync()).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goes_on_when_file_handles_run_out()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open", "--echo", "--quiet");
        string target = $"127.0.0.1:{await ServeTests.PortAsync(server)}";
        await using TramaProcess relay = TramaProcess.Start(
            "sh", ["-c", $"ulimit -n 200; exec '{TramaProcess.Binary}' relay 127.0.0.1:0 {target} --quiet"]);
        int port = await PortAsync(relay);
        TcpClient[] clients = [.. Enumerable.Range(0, 150).Select(_ => new TcpClient())];
        foreach (TcpClient client in clients) await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        Assert.Equal(1, await AskAsync(clients[0]));
        foreach (TcpClient client in clients[..^1]) client.Dispose();
        // It waited in the system's queue until there was room.
        Assert.Equal(1, await AskAsync(clients[^1]));
        clients[^1].Dispose();
        relay.Signal("TERM");
        TramaProcess.Ended ended = await relay.EndAsync();
        Assert.Equal(0, ended.Code);
        Assert.DoesNotContain("trama:", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("70000 a:1", 2, "LISTEN: expected a port such as 5001, or an address and port such as 127.0.0.1:5001, got '70000'")]
    [InlineData("here:5001 a:1", 2, "LISTEN: expected a port such as 5001, or an address and port such as 127.0.0.1:5001, got 'here:5001'")]
    [InlineData("0 server", 2, "TARGET: expected HOST:PORT such as server:5000, got 'server'")]
    [InlineData("0 ::1:5000", 2, "TARGET: expected HOST:PORT such as server:5000, got '::1:5000'")]
    [InlineData("0 a:1 b:0", 2, "TARGET: expected HOST:PORT such as server:5000, got 'b:0'")]
    [InlineData("0", 2, "TARGET is missing")]
    [InlineData("0 a:1 --ladder --json", 2, "--ladder and --json exclude each other")]
    [InlineData("0 a:1 --findings --summary", 2, "--findings and --summary exclude each other")]
    [InlineData("0 a:1 --findings --quiet", 2, "--quiet goes with nothing that is shown")]
    [InlineData("0 a:1 --json --diagnose", 2, "--diagnose and --json cannot both go to standard output")]
    [InlineData("0 a:1 --idle 5", 2, "--idle: expected a duration such as 500ms, 2s or 1m, got '5'")]
    [InlineData("0 a:1 --framing lengths", 2, "unknown framing 'lengths'")]
    [InlineData("0 a:1 --target-insecure", 2, "--target-insecure needs --target-tls")]
    [InlineData("0 a:1 --tls --cert /nowhere.pem", 1, "/nowhere.pem: no such file")]
    [InlineData("0 a:1 --target-fault slow", 2, "--target-fault: unknown fault 'slow'")]
    [InlineData("0 a:1 --proxy-protocol v3", 2, "--proxy-protocol: expected v1, v2, got 'v3'")]
    [InlineData("192.0.2.1:0 a:1", 1, "192.0.2.1 is no address of this machine")]
    [InlineData("0 a:1 --pcapng /nowhere/x.pcapng", 1, "/nowhere/x.pcapng: ")]
    public async Task What_cannot_be_done_is_told_in_one_line(string arguments, int code, string expected)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["relay", .. arguments.Split(' ')]);
        Assert.StartsWith($"trama: {expected}", ended.Errors, StringComparison.Ordinal);
        Assert.Equal(code, ended.Code);
        Assert.Equal("", ended.Output);
        Assert.Equal(1, ended.Errors.Count(character => character == '\n'));
    }

    [Fact]
    public async Task A_full_disk_is_told_in_one_line()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0");
        await using TramaProcess relay = TramaProcess.Start("relay", "127.0.0.1:0", $"127.0.0.1:{await ServeTests.PortAsync(server)}",
            "--quiet", "--pcapng", "/dev/full");
        await TramaProcess.RunAsync(["send", "127.0.0.1", $"{await PortAsync(relay)}", "hi"]);
        TramaProcess.Ended ended = await relay.EndAsync();
        Assert.Equal(1, ended.Code);
        Assert.EndsWith("trama: /dev/full: no space left\n", ended.Errors, StringComparison.Ordinal);
    }

    // The relay says where it listens on standard error.
    internal static async Task<int> PortAsync(TramaProcess relay)
    {
        string line = await relay.ErrorAsync(line => line.StartsWith("re", StringComparison.Ordinal));
        return int.Parse(line.Split(' ').First(word => word.All(char.IsAsciiDigit)), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<int> AskAsync(TcpClient client)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await client.Client.SendAsync("x"u8.ToArray(), deadline.Token);
        return await client.Client.ReceiveAsync(new byte[10], deadline.Token);
    }
}
