using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Trama.EndToEnd.Tests;

public class ServeTests
{
    // What a server at 127.0.0.1 tells first on standard error.
    private const string Reach = "trama: only this machine can reach it\n";

    [Fact]
    public async Task The_lessons_client_and_our_server_say_the_lessons_words()
    {
        string script = TestData.Shared("lesson/client.py");
        await using TramaProcess server = TramaProcess.Start("serve", "--once", "--port", "0", "--lang", "pt");
        int port = await PortAsync(server);
        TramaProcess.Ended client = await Lesson.RunAsync(script, port);
        TramaProcess.Ended ended = await server.EndAsync();

        Assert.Equal("Resposta do servidor: Mensagem recebida com sucesso!\n", client.Output);
        Assert.Matches(
            $@"\AServidor escutando na porta {port}\.\.\.\nConectado por \('127\.0\.0\.1', \d+\)\nMensagem recebida: Olá, servidor!\n\z",
            ended.Output);
        Assert.Matches(@"\Atrama: outras máquinas também podem alcançá-lo[^\n]*; --bind 127\.0\.0\.1 o reserva a esta\n\z", ended.Errors);
        Assert.Equal(0, ended.Code);
    }

    [Theory]
    [InlineData("", @"other machines can reach it too( \([0-9a-f.:, ]+\))?; --bind 127\.0\.0\.1 keeps it to this one")]
    [InlineData("--bind 127.0.0.1", "only this machine can reach it")]
    [InlineData("--bind ::1 --udp --lang pt", "só esta máquina pode alcançá-lo")]
    [InlineData("--shell cat", "every program of this machine can have the command run; --bind lets others")]
    [InlineData("--shell cat --bind 0.0.0.0", @"whoever reaches 0\.0\.0\.0 can have the command run \(--bind\)")]
    public async Task Says_who_can_reach_it(string options, string told)
    {
        await using TramaProcess server = TramaProcess.Start(
            ["serve", "--port", "0", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Matches($@"\Atrama: {told}\z", await server.ErrorAsync(_ => true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--tls")]
    [InlineData("--shell cat")]
    public async Task Started_in_the_background_of_a_script_an_interrupt_still_stops_it_in_good_order(string options)
    {
        await using TramaProcess server = TramaProcess.Start(
            "/bin/sh", ["-c", $"trap '' INT; exec {TramaProcess.Binary} serve --port 0 {options}"]);
        await PortAsync(server);
        server.Signal("INT");
        Assert.Equal(0, (await server.EndAsync()).Code);
    }

    [Fact]
    public async Task Never_writes_control_characters_of_a_client()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--once", "--port", "0");
        using Socket client = await ConnectAsync(await PortAsync(server));
        client.Send([0x1b, (byte)'[', (byte)'2', (byte)'J', 0xff, 0xc2, 0x9b, (byte)'\n', (byte)'x']);
        client.Close();
        TramaProcess.Ended ended = await server.EndAsync();
        string message = ended.Output.Split('\n').Single(line => line.StartsWith("Message received: ", StringComparison.Ordinal));
        Assert.Equal("Message received: 1b 5b 32 4a ff c2 9b 0a 78 |.[2J....x|", message);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_stops_it_in_good_order(string signal)
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--keep-open", "--port", "0", "--bind", "127.0.0.1");
        using Socket client = await ConnectAsync(await PortAsync(server));
        await server.LineAsync(line => line.StartsWith("Connected by", StringComparison.Ordinal));
        server.Signal(signal);
        TramaProcess.Ended ended = await server.EndAsync();
        Assert.Equal(0, ended.Code);
        Assert.Equal(Reach, ended.Errors);
        Assert.Equal(0, client.Receive(new byte[1]));
    }

    [Fact]
    public async Task Tells_of_a_client_that_is_silent_for_too_long()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--once", "--idle", "50ms", "--port", "0", "--bind", "127.0.0.1");
        using Socket client = await ConnectAsync(await PortAsync(server));
        TramaProcess.Ended ended = await server.EndAsync();
        Assert.Matches($@"\A{Reach}trama: connection of \('127\.0\.0\.1', \d+\) closed, silent for 50ms \(--idle\)\n\z", ended.Errors);
    }

    [Fact]
    public async Task Tells_of_a_client_that_sends_a_hundred_megabytes_and_serves_the_others()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--quiet", "--reply", "ok");
        int port = await PortAsync(server);
        using Socket flooder = await ConnectAsync(port);
        Task flood = Task.Run(() =>
        {
            byte[] piece = new byte[1 << 20];
            for (int i = 0; i < 100; i++) flooder.Send(piece);
        }, TestContext.Current.CancellationToken);
        TramaProcess.Ended other = await TramaProcess.RunAsync(["send", "127.0.0.1", $"{port}", "hi", "--raw"]);
        Assert.Equal("ok\n", other.Output);
        await Assert.ThrowsAnyAsync<SocketException>(() => flood);
        server.Signal("TERM");
        Assert.Contains("closed, it sent more than 16MiB (--max-message)", (await server.EndAsync()).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prints_one_JSON_object_per_event()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--once", "--json", "--port", "0");
        int port = JsonDocument.Parse(await server.LineAsync(_ => true)).RootElement.GetProperty("port").GetInt32();
        TramaProcess.Ended client = await TramaProcess.RunAsync(["send", "127.0.0.1", $"{port}", "Olá"]);
        Assert.Equal("Server reply: Message received successfully!\n", client.Output);
        JsonElement[] events = [.. (await server.EndAsync()).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(
            ["listening", "connected", "message", "reply", "closed", "stopped"],
            events.Select(one => one.GetProperty("type").GetString()));
        Assert.Equal("Olá", events[2].GetProperty("text").GetString());
        Assert.Equal(4, events[2].GetProperty("bytes").GetInt32());
        Assert.Equal("replied", events[4].GetProperty("reason").GetString());
        long[] times = [.. events.Select(one => one.GetProperty("at").GetInt64())];
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public async Task Refuses_networks_and_prints_what_the_kernel_counted()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--once", "--deny", "127.0.0.2/32,::1", "--stats");
        int port = await PortAsync(server);
        TramaProcess.Ended denied = await TramaProcess.RunAsync(["send", "127.0.0.1", $"{port}", "hi", "--from", "127.0.0.2"]);
        Assert.Contains("reset", denied.Errors, StringComparison.Ordinal);
        await server.ErrorAsync(line => Regex.IsMatch(line, @"\Atrama: \('127\.0\.0\.2', \d+\) refused \(--allow, --deny\)\z"));
        TramaProcess.Ended allowed = await TramaProcess.RunAsync(["send", "127.0.0.1", $"{port}", "hi", "--stats"]);
        Assert.Equal(0, allowed.Code);
        const string Counted =
            @"round trip [0-9.]+ ms ± [0-9.]+, \d+ segments out and \d+ in, 0 retransmitted, segment size \d+, congestion window \d+ segments, peer's window \d+ bytes\n\z";
        Assert.Matches($@"\Atrama: 127\.0\.0\.1:{port}: " + Counted, allowed.Errors);
        Assert.Matches(Counted, (await server.EndAsync()).Errors);
    }

    [Fact]
    public async Task The_kernel_treats_connections_as_both_sides_ask()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--once", "--mss", "600", "--no-delay", "off",
            "--keep-alive", "5s", "--user-timeout", "5s", "--fast-open");
        TramaProcess.Ended client = await TramaProcess.RunAsync(
            ["send", "127.0.0.1", $"{await PortAsync(server)}", "hi", "--stats", "--no-delay", "off"]);
        Assert.Equal(0, client.Code);
        // The options of a segment take some of it.
        Match size = Regex.Match(client.Errors, @"segment size (\d+)");
        Assert.InRange(int.Parse(size.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), 500, 600);
    }

    [Fact]
    public async Task Records_messages_and_replies_whole()
    {
        string path = Path.GetTempFileName();
        await using TramaProcess server = TramaProcess.Start("serve", "--once", "--port", "0", "--echo", "--quiet", "--record", path,
            "--framing", "lines");
        string words = new('x', 5000);
        await TramaProcess.RunAsync(["send", "127.0.0.1", $"{await PortAsync(server)}", words, "--framing", "lines"]);
        await server.EndAsync();
        JsonElement[] events = [.. File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["listening", "connected", "message", "reply", "closed", "stopped"],
            events.Select(one => one.GetProperty("type").GetString()));
        Assert.All(events[2..4], one => Assert.Equal(words + "\n", one.GetProperty("text").GetString()));
        File.Delete(path);
    }

    [Fact]
    public async Task A_record_that_cannot_be_written_is_told()
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["serve", "--port", "0", "--quiet", "--record", "/dev/full"]);
        Assert.Equal(1, ended.Code);
        Assert.Matches(@"\Atrama: /dev/full: [^\n]+\n\z", ended.Errors);
    }

    [Fact]
    public async Task Runs_commands_for_this_machine_and_kills_those_that_take_too_long()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--once", "--shell", "cat; sleep 1000",
            "--exec-timeout", "200ms");
        Assert.Equal("trama: every program of this machine can have the command run; --bind lets others",
            await server.ErrorAsync(_ => true));
        TramaProcess.Ended client = await TramaProcess.RunAsync(["send", "127.0.0.1", $"{await PortAsync(server)}", "hi"]);
        Assert.Contains("closed the connection without a reply", client.Errors, StringComparison.Ordinal);
        Assert.Contains("closed without an answer: the command took too long and was killed (--exec-timeout)",
            (await server.EndAsync()).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Misbehaves_when_told_to()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--once", "--port", "0", "--bind", "127.0.0.1", "--fault",
            "latency=1ms~1ms,slice=2,truncate=7");
        TramaProcess.Ended client = await TramaProcess.RunAsync(["send", "127.0.0.1", $"{await PortAsync(server)}", "hi", "--raw"]);
        Assert.Equal("Message\n", client.Output);
        Assert.Matches($@"\A{Reach}trama: connection of \('127\.0\.0\.1', \d+\) closed or reset on purpose\n\z",
            (await server.EndAsync()).Errors);
    }

    [Fact]
    public async Task Ends_quietly_when_nobody_reads_its_output_after_answering()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--reply", "answered", "--bind", "127.0.0.1");
        int port = await PortAsync(server);
        using Socket client = await ConnectAsync(port);
        await server.LineAsync(line => line.StartsWith("Connected by", StringComparison.Ordinal));
        server.CloseOutput();
        client.Send("hi"u8);
        byte[] reply = new byte[100];
        Assert.Equal("answered", Encoding.UTF8.GetString(reply, 0, client.Receive(reply)));
        client.Close();
        TramaProcess.Ended ended = await server.EndAsync();
        Assert.Equal(Reach, ended.Errors);
        Assert.Equal(0, ended.Code);
    }

    [Fact]
    public async Task A_full_disk_is_told_in_one_line()
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            "sh", ["-c", $"exec '{TramaProcess.Binary}' serve --port 0 --quiet > /dev/full"]);
        Assert.Equal(1, ended.Code);
        Assert.Equal("trama: standard output: no space left\n", ended.Errors);
    }

    [Fact]
    public async Task Goes_on_when_file_handles_run_out()
    {
        await using TramaProcess server = TramaProcess.Start(
            "sh", ["-c", $"ulimit -n 250; exec '{TramaProcess.Binary}' serve --quiet --keep-open --port 0 --reply ok"]);
        int port = await PortAsync(server);
        Socket[] clients = [.. await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => ConnectAsync(port)))];
        await server.ErrorAsync(line => line.Contains("out of file handles", StringComparison.Ordinal));
        // Those that it has are served; those that wait are, once the others have gone.
        Assert.Equal("ok", await AskAsync(clients[0]));
        foreach (Socket client in clients[..^1]) client.Dispose();
        Assert.Equal("ok", await AskAsync(clients[^1]));
        server.Signal("TERM");
        Assert.Equal(0, (await server.EndAsync()).Code);
        clients[^1].Dispose();
    }

    [Theory]
    [InlineData("--quiet")]
    [InlineData("--quiet --tls")]
    public async Task Rude_clients_leave_nothing_behind(string options)
    {
        await using TramaProcess server = TramaProcess.Start(
            ["serve", "--port", "0", "--keep-open", "--framing", "lines", "--idle", "300ms", "--reply", "ok", .. options.Split(' ')]);
        int port = await PortAsync(server);
        await BeRudeAsync(port, 10);
        int before = await SettledAsync(server, int.MaxValue);
        await BeRudeAsync(port, 200);
        Assert.InRange(await SettledAsync(server, before), 1, before);
    }

    /// <summary>The port that a server prints first.</summary>
    internal static async Task<int> PortAsync(TramaProcess server)
    {
        string line = await server.LineAsync(line => line.Contains("port", StringComparison.Ordinal));
        return int.Parse(line.Split(' ')[^1].TrimEnd('.'), System.Globalization.CultureInfo.InvariantCulture);
    }

    // Clients that close in the middle of a message, reset, drip, and say nothing until they are closed.
    private static async Task BeRudeAsync(int port, int count)
    {
        Socket[] clients = [.. await Task.WhenAll(Enumerable.Range(0, count).Select(_ => ConnectAsync(port)))];
        for (int index = 0; index < count; index++)
        {
            if (index % 4 < 3) await clients[index].SendAsync("half a message"u8.ToArray());
            if (index % 4 == 0) clients[index].Close();
            if (index % 4 == 1) clients[index].Close(0);
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        foreach (Socket client in clients.Where((_, index) => index % 4 >= 2))
        {
            Assert.Equal(0, await client.ReceiveAsync(new byte[10], deadline.Token));
            client.Dispose();
        }
    }

    // The number of handles, once it is no more than this and does not change.
    private static async Task<int> SettledAsync(TramaProcess server, int most)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        for (int before = -1; ; await Task.Delay(100, deadline.Token))
        {
            int now = server.Handles;
            if (now <= most && now == before) return now;
            before = now;
        }
    }

    internal static async Task<Socket> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 20_000 };
        await socket.ConnectAsync("127.0.0.1", port);
        return socket;
    }

    private static async Task<string> AskAsync(Socket client)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await client.SendAsync("?"u8.ToArray(), deadline.Token);
        byte[] reply = new byte[100];
        return Encoding.UTF8.GetString(reply, 0, await client.ReceiveAsync(reply, deadline.Token));
    }
}
