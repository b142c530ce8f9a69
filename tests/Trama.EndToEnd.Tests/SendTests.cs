using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Trama.EndToEnd.Tests;

public class SendTests
{
    [Fact]
    public async Task The_lessons_server_and_our_client_say_the_lessons_words()
    {
        string script = TestData.Shared("lesson/server.py");
        int port = FreePorts.Next();
        await using TramaProcess server = Lesson.Start(script, port);
        await server.LineAsync(line => line == $"Servidor escutando na porta {port}...");
        TramaProcess.Ended client = await TramaProcess.RunAsync(["send", "localhost", $"{port}", "Olá, servidor!", "--lang", "pt"]);
        TramaProcess.Ended ended = await server.EndAsync();
        Assert.Equal(new TramaProcess.Ended(0, "Resposta do servidor: Mensagem recebida com sucesso!\n", ""), client);
        Assert.Matches(@"Conectado por \('127\.0\.0\.1', \d+\)\nMensagem recebida: Olá, servidor!\n\z", ended.Output);
    }

    [Theory]
    [InlineData("-")]
    [InlineData(null)]
    public async Task Takes_the_message_from_standard_input(string? argument)
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--echo", "--port", "0");
        string[] args = ["send", "127.0.0.1", $"{await ServeTests.PortAsync(server)}", "--raw"];
        TramaProcess.Ended client = await TramaProcess.RunAsync(argument is null ? args : [.. args, argument], "from a pipe\n");
        Assert.Equal(new TramaProcess.Ended(0, "from a pipe\n", ""), client);
    }

    [Fact]
    public async Task Passes_megabytes_through_a_server_that_echoes()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--echo", "--keep-open", "--quiet", "--port", "0");
        string message = string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $"{i} "));
        TramaProcess.Ended client = await TramaProcess.RunAsync(
            ["send", "127.0.0.1", $"{await ServeTests.PortAsync(server)}", "--raw", "--reply-gap", "5s", "-"], message + "\n");
        Assert.Equal(message + "\n", client.Output);
        Assert.Equal(0, client.Code);
    }

    [Fact]
    public async Task Sends_as_often_as_asked_a_connection_each()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--reply", "ok");
        int port = await ServeTests.PortAsync(server);
        TramaProcess.Ended client = await TramaProcess.RunAsync(["send", "127.0.0.1", $"{port}", "x", "--count", "3", "--interval", "1ms"]);
        Assert.Equal("Server reply: ok\nServer reply: ok\nServer reply: ok\n", client.Output);
        server.Signal("TERM");
        string log = (await server.EndAsync()).Output;
        Assert.Equal(3, log.Split("Connected by").Length - 1);
    }

    [Fact]
    public async Task Sends_all_over_one_connection_when_asked()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open", "--reply", "ok");
        int port = await ServeTests.PortAsync(server);
        TramaProcess.Ended client = await TramaProcess.RunAsync(
            ["send", "127.0.0.1", $"{port}", "x", "--count", "3", "--keep-open", "--reply-gap", "20ms"]);
        Assert.Equal("Server reply: ok\nServer reply: ok\nServer reply: ok\n", client.Output);
        server.Signal("TERM");
        string log = (await server.EndAsync()).Output;
        Assert.Equal(1, log.Split("Connected by").Length - 1);
        Assert.Equal(3, log.Split("Message received: x").Length - 1);
    }

    [Theory]
    [InlineData("en", "cannot connect to 127.0.0.1 port {0}: connection refused (127.0.0.1)")]
    [InlineData("pt", "não foi possível conectar a 127.0.0.1 porta {0}: conexão recusada (127.0.0.1)")]
    public async Task Tells_of_a_refused_connection(string language, string expected)
    {
        int port = FreePorts.Next();
        TramaProcess.Ended client = await TramaProcess.RunAsync(["send", "127.0.0.1", $"{port}", "x", "--lang", language]);
        Assert.Equal(new TramaProcess.Ended(1, "", $"trama: {string.Format(null, expected, port)}\n"), client);
    }

    [Fact]
    public async Task Tells_of_a_name_that_nobody_knows()
    {
        TramaProcess.Ended client = await TramaProcess.RunAsync(["send", "nowhere.invalid", "5000", "x"]);
        Assert.Equal(new TramaProcess.Ended(1, "", "trama: name not found: nowhere.invalid\n"), client);
    }

    [Fact]
    public async Task Tells_of_an_address_that_cannot_be_reached()
    {
        TramaProcess.Ended ability = await TramaProcess.RunAsync("unshare", ["-rn", "true"]);
        Assert.SkipUnless(ability.Code == 0, "this system allows no namespaces");
        TramaProcess.Ended client = await TramaProcess.RunAsync("unshare", ["-rn", TramaProcess.Binary, "send", "192.0.2.1", "5000", "x"]);
        Assert.Equal(new TramaProcess.Ended(1, "", "trama: cannot connect to 192.0.2.1 port 5000: unreachable (192.0.2.1)\n"), client);
    }

    [Fact]
    public async Task Tells_of_a_server_that_does_not_take_the_connection()
    {
        using Socket listener = Listen(backlog: 0);
        int port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        // Linux drops SYNs once more connections wait than the backlog has room for.
        Socket[] waiting = [.. Enumerable.Range(0, 4)
            .Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))];
        foreach (Socket socket in waiting) socket.Blocking = false;
        foreach (Socket socket in waiting) Assert.Throws<SocketException>(() => socket.Connect(IPAddress.Loopback, port));
        TramaProcess.Ended client = await TramaProcess.RunAsync(["send", "127.0.0.1", $"{port}", "x", "--timeout", "300ms"]);
        Assert.Equal(new TramaProcess.Ended(1, "", $"trama: cannot connect to 127.0.0.1 port {port}: timed out connecting within "
            + "300ms (127.0.0.1)\n"), client);
        foreach (Socket socket in waiting) socket.Dispose();
    }

    [Theory]
    [InlineData("silence", "timed out waiting for the reply (300ms, --timeout)")]
    [InlineData("close", "the server closed the connection without a reply")]
    [InlineData("reset", "the server reset the connection")]
    public async Task Tells_why_there_is_no_reply(string behaviour, string expected)
    {
        using Socket listener = Listen(backlog: 1);
        int port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        Task<TramaProcess.Ended> running = TramaProcess.RunAsync(["send", "127.0.0.1", $"{port}", "x", "--timeout", "300ms"]);
        using Socket server = await listener.AcceptAsync(TestContext.Current.CancellationToken);
        await server.ReceiveAsync(new byte[10], TestContext.Current.CancellationToken);
        if (behaviour == "close") server.Close();
        if (behaviour == "reset") server.Close(0);
        Assert.Equal(new TramaProcess.Ended(1, "", $"trama: 127.0.0.1 port {port} (127.0.0.1): {expected}\n"), await running);
    }

    [Fact]
    public async Task Shows_what_came_before_a_reset()
    {
        using Socket listener = Listen(backlog: 1);
        int port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        await using TramaProcess client = TramaProcess.Start("send", "127.0.0.1", $"{port}", "x", "--raw", "--reply-gap", "20s");
        using Socket server = await listener.AcceptAsync(TestContext.Current.CancellationToken);
        await server.ReceiveAsync(new byte[10], TestContext.Current.CancellationToken);
        await server.SendAsync("half\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await client.LineAsync(line => line == "half");
        server.Close(0);
        TramaProcess.Ended ended = await client.EndAsync();
        Assert.Equal($"trama: 127.0.0.1 port {port} (127.0.0.1): the server reset the connection after 5 bytes of reply\n", ended.Errors);
        Assert.Equal(1, ended.Code);
    }

    [Fact]
    public async Task Hears_a_server_that_speaks_first()
    {
        using Socket listener = Listen(backlog: 1);
        Task<TramaProcess.Ended> running = TramaProcess.RunAsync(
            ["send", "127.0.0.1", $"{((IPEndPoint)listener.LocalEndPoint!).Port}", ""]);
        using Socket server = await listener.AcceptAsync(TestContext.Current.CancellationToken);
        await server.SendAsync(Encoding.UTF8.GetBytes("220 olá\r\n"), TestContext.Current.CancellationToken);
        server.Close();
        Assert.Equal(new TramaProcess.Ended(0, "Server reply: 220 olá\\r\\n\n", ""), await running);
    }

    [Theory]
    [InlineData("localhost 0 x", "PORT: expected a number from 1 to 65535, got '0'")]
    [InlineData("localhost 5000 x --timeout 0", "--timeout: expected a duration")]
    [InlineData("localhost 5000 x --timeout 1parsec", "--timeout: expected a duration such as 500ms, 2s or 1m, got '1parsec'")]
    [InlineData("localhost 5000 x --count 0", "--count: expected a number from 1 to 2147483647, got '0'")]
    [InlineData("localhost 5000 x -4 -6", "-4 and -6 exclude each other")]
    [InlineData("localhost 5000 x --mss 10", "--mss: expected a number from 88 to 32767, got '10'")]
    [InlineData("localhost 5000 x --from 5", "--from: expected an address such as 127.0.0.2,")]
    [InlineData("localhost 5000 x --ca file", "--ca needs --tls")]
    [InlineData("localhost 5000 x --tls --fingerprint abc", "--fingerprint: expected 64 hexadecimal digits, got 'abc'")]
    [InlineData("localhost 5000 xyz --framing length:u8+200", "3 bytes do not fit the length of the framing length:u8+200")]
    [InlineData("localhost 5000 x --fault backlog-overflow=1s", "--fault: unknown fault 'backlog-overflow'")]
    [InlineData("--unix /tmp/x x --no-delay off", "--unix and --no-delay exclude each other")]
    [InlineData("localhost 5000 x --interval 1s", "--interval needs --count")]
    [InlineData("localhost 5000", "no message to send")]
    [InlineData("localhost", "PORT is missing")]
    public async Task A_wrong_command_line_is_told_in_one_line(string arguments, string expected)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["send", .. arguments.Split(' ')]);
        Assert.Equal(2, ended.Code);
        Assert.Equal("", ended.Output);
        Assert.StartsWith($"trama: {expected}", ended.Errors, StringComparison.Ordinal);
        Assert.Equal(1, ended.Errors.Count(character => character == '\n'));
    }

    [Fact]
    public async Task Knows_the_end_of_a_reply_by_the_framing()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--keep-open", "--echo", "--framing", "length:u16be", "--port", "0");
        int port = await ServeTests.PortAsync(server);
        TramaProcess.Ended client = await TramaProcess.RunAsync(
            ["send", "127.0.0.1", $"{port}", "x", "--framing", "length:u16be", "--count", "3", "--keep-open", "--timeout", "20s"]);
        Assert.Equal(string.Concat(Enumerable.Repeat("Server reply: \\x00\\x01x\n", 3)), client.Output);
    }

    [Theory]
    [InlineData("lines", "a\nb\nc", "a\nb\nc\n", "Server reply: a\\n\nServer reply: b\\n\nServer reply: c\\n\n")]
    [InlineData("delimiter:3b", "a;b;", "a;b;", "Server reply: a;\nServer reply: b;\n")]
    [InlineData("length:u8", "\u0001a\u0002bb", "\u0001a\u0002bb", "Server reply: \\x01a\nServer reply: \\x02bb\n")]
    public async Task Each_message_of_standard_input_gets_its_reply(string framing, string input, string raw, string shown)
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--keep-open", "--echo", "--framing", framing, "--port", "0");
        string[] send = ["send", "127.0.0.1", $"{await ServeTests.PortAsync(server)}", "--framing", framing];
        Assert.Equal(new TramaProcess.Ended(0, shown, ""), await TramaProcess.RunAsync(send, input));
        Assert.Equal(raw, (await TramaProcess.RunAsync([.. send, "--raw"], input)).Output.TrimEnd('\n') + (framing == "lines" ? "\n" : ""));
        TramaProcess.Ended twice = await TramaProcess.RunAsync([.. send, "--count", "2", "--keep-open"],
            framing == "length:u8" ? "a" : input);
        Assert.Equal(framing == "length:u8" ? string.Concat(Enumerable.Repeat("Server reply: \\x01a\n", 2)) : shown + shown, twice.Output);
    }

    [Theory]
    [InlineData("en", "the server closed the connection; it answered 1 of 3 messages")]
    [InlineData("pt", "o servidor fechou a conexão; respondeu a 1 de 3 mensagens")]
    public async Task Tells_how_many_messages_were_answered(string language, string expected)
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--framing", "lines", "--reply", "ok", "--port", "0");
        string port = $"{await ServeTests.PortAsync(server)}";
        TramaProcess.Ended client = await TramaProcess.RunAsync(
            ["send", "127.0.0.1", port, "--framing", "lines", "--raw", "--lang", language], "a\nb\nc\n");
        Assert.Equal((1, "ok\n"), (client.Code, client.Output));
        Assert.EndsWith($": {expected}\n", client.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("< /", "Is a directory")]
    [InlineData("0>> /dev/null", "Bad file descriptor")]
    [InlineData("<&-", "it is closed")]
    public async Task Tells_of_input_that_cannot_be_read(string input, string why)
    {
        TramaProcess.Ended client = await TramaProcess.RunAsync(
            "sh", ["-c", $"exec \"$0\" send 127.0.0.1 9 - {input}", TramaProcess.Binary]);
        Assert.Equal(new TramaProcess.Ended(1, "", $"trama: standard input cannot be read: {why}\n"), client);
    }

    [Fact]
    public async Task Without_any_of_the_three_standard_files_it_ends_with_its_code()
    {
        TramaProcess.Ended client = await TramaProcess.RunAsync(
            "sh", ["-c", "\"$0\" send 127.0.0.1 9 hi <&- >&- 2>&-; echo $?", TramaProcess.Binary]);
        Assert.Equal("1\n", client.Output);
    }

    [Fact]
    public async Task Speaks_TLS_verifies_and_keeps_the_secrets()
    {
        using var folder = new TemporaryFolder();
        string keys = folder["keys"];
        await using TramaProcess server = TramaProcess.Start("serve", "--tls", "--port", "0", "--reply", "secret");
        int port = await ServeTests.PortAsync(server);
        string made = await server.ErrorAsync(line => line.Contains("certificate made for this run", StringComparison.Ordinal));
        string[] send = ["send", "localhost", $"{port}", "hi", "--tls"];

        TramaProcess.Ended known = await TramaProcess.RunAsync([.. send, "--fingerprint", made.Split(' ')[^1], "--keylog", keys]);
        Assert.Equal(new TramaProcess.Ended(0, "Server reply: secret\n", ""), known);
        Assert.Contains("CLIENT_TRAFFIC_SECRET_0", await File.ReadAllTextAsync(keys, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);

        TramaProcess.Ended unknown = await TramaProcess.RunAsync(send);
        Assert.Equal(1, unknown.Code);
        Assert.StartsWith($"trama: localhost port {port}: nobody trusted vouches for the certificate of CN=localhost", unknown.Errors,
            StringComparison.Ordinal);

        TramaProcess.Ended insecure = await TramaProcess.RunAsync([.. send, "--insecure"]);
        Assert.Equal("Server reply: secret\n", insecure.Output);
        Assert.Equal("trama: the server's certificate is not verified (--insecure)\n", insecure.Errors);
    }

    [Theory]
    [InlineData("connected message reply closed connected message reply closed", "client-closed", "--count", "2", "--framing",
        "lines", "ping")]
    [InlineData("connected message reply message reply closed", "client-closed", "--count", "2", "--keep-open", "--framing",
        "lines", "ping")]
    [InlineData("connected message reply closed", "server-closed", "-")]
    [InlineData("connected message reply closed", "client-closed", "--framing", "lines", "-")]
    public async Task Keeps_a_record(string types, string reason, params string[] args)
    {
        using var folder = new TemporaryFolder();
        // Where the client is to close, the server does not: it would be a matter of time who does so first.
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--echo", "--framing", "lines",
            reason == "client-closed" ? "--keep-open" : "--quiet");
        TramaProcess.Ended client = await TramaProcess.RunAsync(
            ["send", "127.0.0.1", $"{await ServeTests.PortAsync(server)}", "--record", folder["record"], .. args], "ping\n");
        Assert.Equal((0, ""), (client.Code, client.Errors));
        JsonElement[] events = [.. File.ReadLines(folder["record"]).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(types.Split(' '), events.Select(one => one.GetProperty("type").GetString()!));
        Assert.All(events.Where(one => one.TryGetProperty("text", out _)), one =>
            Assert.Equal("ping\n", one.GetProperty("text").GetString()));
        Assert.Equal(reason, events[^1].GetProperty("reason").GetString());
        long[] times = [.. events.Select(one => one.GetProperty("at").GetInt64())];
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public async Task A_record_tells_of_a_reply_that_did_not_come()
    {
        using var folder = new TemporaryFolder();
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--fault", "closed-without-reply");
        TramaProcess.Ended client = await TramaProcess.RunAsync(
            ["send", "127.0.0.1", $"{await ServeTests.PortAsync(server)}", "hi", "--record", folder["record"]]);
        Assert.Equal(1, client.Code);
        JsonElement closed = JsonDocument.Parse(File.ReadLines(folder["record"]).Last()).RootElement;
        Assert.Equal("closed-without-reply", closed.GetProperty("reason").GetString());
        Assert.Equal(2, closed.GetProperty("sentBytes").GetInt64());
    }

    [Fact]
    public async Task Ends_its_side_with_its_input()
    {
        using Socket listener = Listen(backlog: 1);
        await using TramaProcess client = TramaProcess.Start("send", "127.0.0.1", $"{((IPEndPoint)listener.LocalEndPoint!).Port}", "-",
            "--raw");
        Task<TramaProcess.Ended> ending = client.EndAsync();
        using Socket server = await listener.AcceptAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await server.ReceiveAsync(new byte[10], TestContext.Current.CancellationToken));
        await server.SendAsync("goodbye\n"u8.ToArray(), TestContext.Current.CancellationToken);
        server.Close();
        Assert.Equal(new TramaProcess.Ended(0, "goodbye\n", ""), await ending);
    }

    internal static Socket Listen(int backlog)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(backlog);
        return listener;
    }
}
