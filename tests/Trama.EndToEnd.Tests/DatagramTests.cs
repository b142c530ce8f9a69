using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Trama.EndToEnd.Tests;

public class DatagramTests
{
    [Theory]
    [InlineData("--echo", "hello")]
    [InlineData("--shell|tr a-z A-Z", "HELLO")]
    public async Task Each_datagram_is_answered_with_one(string how, string reply)
    {
        await using TramaProcess server = TramaProcess.Start(["serve", "--udp", "--port", "0", .. how.Split('|')]);
        string port = $"{await ServeTests.PortAsync(server)}";
        TramaProcess.Ended client = await TramaProcess.RunAsync(["send", "127.0.0.1", port, "hello", "--udp", "--count", "2"]);
        Assert.Equal(new TramaProcess.Ended(0, $"Server reply: {reply}\nServer reply: {reply}\n", ""), client);
        server.Signal("TERM");
        TramaProcess.Ended ended = await server.EndAsync();
        Assert.Equal(0, ended.Code);
        Assert.Matches($@"\AServer listening on UDP port {port}\.\.\.\n(Message received from \('127\.0\.0\.1', \d+\): hello\n){{2}}\z",
            ended.Output);
    }

    [Fact]
    public async Task Standard_input_is_one_datagram_of_any_bytes()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--udp", "--port", "0", "--echo", "--once");
        int port = await ServeTests.PortAsync(server);
        string lines = string.Concat(Enumerable.Range(0, 1000).Select(i => $"line {i}\n"));
        TramaProcess.Ended client = await TramaProcess.RunAsync(["send", "localhost", $"{port}", "--udp", "--raw"], lines);
        Assert.Equal(lines, client.Output);
        Assert.Equal(0, (await server.EndAsync()).Code);
    }

    [Fact]
    public async Task Events_are_json_and_the_first_datagram_is_enough_with_once()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--udp", "--port", "0", "--bind", "127.0.0.1", "--json", "--once",
            "--reply", "ok");
        JsonElement listening = Parsed(await server.LineAsync(_ => true));
        Assert.Equal("udp", listening.GetProperty("transport").GetString());
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await client.ConnectAsync(IPAddress.Loopback, listening.GetProperty("port").GetInt32(), TestContext.Current.CancellationToken);
        await client.SendAsync("\xff\0"u8.ToArray(), TestContext.Current.CancellationToken);
        byte[] reply = new byte[10];
        Assert.Equal(2, await client.ReceiveAsync(reply, TestContext.Current.CancellationToken));

        string[] lines = (await server.EndAsync()).Output.TrimEnd('\n').Split('\n');
        Assert.Equal(["listening", "message", "reply", "stopped"], lines.Select(line => Parsed(line).GetProperty("type").GetString()));
        Assert.Equal($"{client.LocalEndPoint}", Parsed(lines[1]).GetProperty("client").GetString());
        Assert.Equal("c3bf00", Parsed(lines[1]).GetProperty("hex").GetString());
    }

    [Fact]
    public async Task What_stands_in_the_way_of_a_reply_is_one_line()
    {
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)silent.LocalEndPoint!).Port;
        await FailsAsync(port, "x", "no reply within 20ms (--timeout); a datagram may have been lost, or nobody is there");
        await FailsAsync(port, new string('x', 66_000), "66000 bytes do not fit a datagram");
        TramaProcess.Ended taken = await TramaProcess.RunAsync(["serve", "--udp", "--bind", "127.0.0.1", "--port", $"{port}"]);
        Assert.StartsWith($"trama: port {port} is taken", taken.Errors, StringComparison.Ordinal);
        silent.Close();
        await FailsAsync(port, "x", "nobody listens there (port unreachable)");
    }

    [Fact]
    public async Task A_reply_that_is_no_datagram_is_told_and_others_are_served()
    {
        await using TramaProcess server = TramaProcess.Start(
            "serve", "--udp", "--port", "0", "--bind", "127.0.0.1", "--shell", "read -r word; test $word != much || head -c 70000 "
                + "/dev/zero; echo $word");
        string port = $"{await ServeTests.PortAsync(server)}";
        Assert.Equal(1, (await TramaProcess.RunAsync(["send", "127.0.0.1", port, "much\n", "--udp", "--timeout", "500ms"])).Code);
        await server.ErrorAsync(line => line.StartsWith("trama: no answer to ('127.0.0.1', ", StringComparison.Ordinal));
        Assert.Equal("Server reply: few\\n\n", (await TramaProcess.RunAsync(["send", "127.0.0.1", port, "few\n", "--udp"])).Output);
    }

    [Theory]
    [InlineData("serve --udp --tls", "--udp and --tls exclude each other")]
    [InlineData("serve --udp --keep-open --lang pt", "--udp e --keep-open não combinam")]
    [InlineData("send h 1 x --udp --framing lines", "--udp and --framing exclude each other")]
    public async Task What_makes_no_sense_with_datagrams_is_told(string line, string told)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(line.Split(' '));
        Assert.Equal((2, $"trama: {told} (trama {line.Split(' ')[0]} --help)\n"), (ended.Code, ended.Errors));
    }

    [Fact]
    public async Task Both_sides_keep_a_record()
    {
        using var folder = new TemporaryFolder();
        (string ofServer, string ofClient) = (folder["server"], folder["client"]);
        await using TramaProcess server = TramaProcess.Start("serve", "--udp", "--port", "0", "--quiet", "--bind", "127.0.0.1", "--once",
            "--echo", "--record", ofServer);
        string port = $"{await ServeTests.PortAsync(server)}";
        string words = new('x', 5000);
        await TramaProcess.RunAsync(["send", "127.0.0.1", port, words, "--udp", "--record", ofClient]);
        await server.EndAsync();
        JsonElement[] told = [.. File.ReadLines(ofServer).Select(Parsed)];
        Assert.Equal(["listening", "message", "reply", "stopped"], told.Select(one => one.GetProperty("type").GetString()));
        JsonElement[] heard = [.. File.ReadLines(ofClient).Select(Parsed)];
        Assert.Equal(["message", "reply"], heard.Select(one => one.GetProperty("type").GetString()));
        Assert.All(heard, one => Assert.Equal($"127.0.0.1:{port}", one.GetProperty("server").GetString()));
        Assert.All([.. told[1..3], .. heard], one => Assert.Equal(words, one.GetProperty("text").GetString()));

        await TramaProcess.RunAsync(["send", "127.0.0.1", port, "?", "--udp", "--timeout", "1s", "--record", ofClient]);
        Assert.Equal("refused", Parsed(File.ReadLines(ofClient).Last()).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Each_side_captures_its_own_datagrams_alone()
    {
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        (string ofServer, string ofClient) = (folder["server.pcap"], folder["client.pcap"]);
        await using TramaProcess server = TramaProcess.Start("serve", "--udp", "--port", "0", "--quiet", "--echo", "--capture", ofServer);
        string[] send = ["send", "127.0.0.1", $"{await ServeTests.PortAsync(server)}", "hi", "--udp"];
        await TramaProcess.RunAsync(send);
        TramaProcess.Ended client = await TramaProcess.RunAsync([.. send, "--count", "2", "--capture", ofClient]);
        Assert.Equal((0, ""), (client.Code, client.Errors));
        server.Signal("TERM");
        Assert.Equal(0, (await server.EndAsync()).Code);
        Assert.Equal(6, await PacketsAsync(ofServer));
        Assert.Equal(4, await PacketsAsync(ofClient));
    }

    private static async Task<int> PacketsAsync(string path) =>
        (await TramaProcess.RunAsync(["dump", "-nr", path])).Output.Split('\n')
            .Count(line => line.Contains("UDP, length 2", StringComparison.Ordinal));

    private static async Task FailsAsync(int port, string message, string told) => Assert.Equal(
        new TramaProcess.Ended(1, "", $"trama: 127.0.0.1 UDP port {port} (127.0.0.1): {told}\n"),
        await TramaProcess.RunAsync(["send", "127.0.0.1", $"{port}", message, "--udp", "--timeout", "20ms"]));

    private static JsonElement Parsed(string line) => JsonDocument.Parse(line).RootElement;
}
