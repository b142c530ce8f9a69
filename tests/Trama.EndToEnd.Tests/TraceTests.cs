using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Xml.Linq;

namespace Trama.EndToEnd.Tests;

public class TraceTests
{
    [Fact]
    public async Task An_exchange_is_one_line_with_both_messages()
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", Captures.Lesson]);
        Assert.Equal(0, ended.Code);
        Assert.Equal("", ended.Errors);
        string line = Assert.Single(ended.Output.TrimEnd('\n').Split('\n'));
        Assert.Contains(
            "15 B Olá, servidor!\t30 B Mensagem recebida com sucesso!\t0 ns\t10.0 µs\t41.0 µs\t0 ns\t51.0 µs", line,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_one_document_as_the_design_lays_down()
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", Captures.Lesson, "--json", "--digests"]);
        using var document = JsonDocument.Parse(ended.Output);
        JsonElement connection = document.RootElement.GetProperty("connections")[0];
        Assert.Equal("127.0.0.1:5000", connection.GetProperty("server").GetString());
        Assert.Equal("closed", connection.GetProperty("state").GetString());
        Assert.Equal("server", connection.GetProperty("closedBy").GetString());
        Assert.Equal(15, connection.GetProperty("toServer").GetProperty("streamBytes").GetInt64());
        Assert.Equal(64, connection.GetProperty("toClient").GetProperty("streamSha256").GetString()!.Length);
        Assert.Equal("Olá, servidor!", connection.GetProperty("exchanges")[0].GetProperty("request").GetProperty("text").GetString());
        Assert.Equal(10, document.RootElement.GetProperty("capture").GetProperty("packets").GetInt64());
    }

    [Fact]
    public async Task Every_line_of_ndjson_is_an_object_with_a_type()
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", "--ndjson", Captures.Lesson]);
        Assert.Equal(["exchange", "connection", "capture"], ended.Output.TrimEnd('\n').Split('\n')
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task The_ladder_shows_the_messages_with_their_segments()
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", Captures.Lesson, "--ladder", "--lang", "pt"]);
        Assert.Contains("pedido 1 · 15 B · “Olá, servidor!”", ended.Output, StringComparison.Ordinal);
        Assert.Contains("PSH ACK  seq 1  ack 1  len 15", ended.Output, StringComparison.Ordinal);
        TramaProcess.Ended ascii = await TramaProcess.RunAsync(["trace", Captures.Lesson, "--ladder", "--ascii"]);
        Assert.DoesNotContain(ascii.Output, character => character > 127);
    }

    [Fact]
    public async Task A_picture_and_a_page_are_well_formed_and_ask_for_nothing()
    {
        string svg = Captures.Temporary("ladder.svg", []), html = Captures.Temporary("page.html", []);
        Assert.Equal(0, (await TramaProcess.RunAsync(["trace", Captures.Lesson, "--svg", svg])).Code);
        Assert.Equal("svg", XDocument.Load(svg).Root!.Name.LocalName);
        Assert.Equal(0, (await TramaProcess.RunAsync(["trace", Captures.Lesson, "--html", html])).Code);
        string page = await File.ReadAllTextAsync(html, TestContext.Current.CancellationToken);
        Assert.Contains("Olá, servidor!", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_summary_counts_connections_and_latencies()
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            ["trace", Captures.Lesson, "--summary", "--sort", "server-time", "--top", "3"]);
        Assert.Contains("1 connection, 1 exchange", ended.Output, StringComparison.Ordinal);
        Assert.Contains("p99.9", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("trace FILE --connection 99", 1, "trama: there is no connection 99: the capture has one")]
    [InlineData("trace FILE --connection 99 --lang pt", 1, "trama: não há conexão 99: a captura tem uma")]
    [InlineData("trace FILE --connection 99 --json", 1, "trama: there is no connection 99: the capture has one")]
    [InlineData("trace FILE --connection 99 --ndjson", 1, "trama: there is no connection 99: the capture has one")]
    [InlineData("trace FILE --connection 99 --html -", 1, "trama: there is no connection 99: the capture has one")]
    [InlineData("trace FILE --connection 99 --svg -", 1, "trama: there is no connection 99: the capture has one")]
    [InlineData("trace FILE --connection 99 --summary", 1, "trama: there is no connection 99: the capture has one")]
    [InlineData("trace FILE --json foo bar", 2, "trama: the filter 'foo bar' is wrong: can't parse filter expression: syntax error")]
    [InlineData("trace nosuch.pcap", 1, "trama: nosuch.pcap: no such file")]
    [InlineData("trace", 1, "trama: standard input is empty")]
    [InlineData("trace FILE foo bar", 2, "trama: the filter 'foo bar' is wrong: can't parse filter expression: syntax error")]
    [InlineData("trace FILE --ladder --json", 2, "trama: --ladder and --json exclude each other (trama trace --help)")]
    [InlineData("trace -i lo -r FILE", 2, "trama: -i and -r exclude each other (trama trace --help)")]
    [InlineData("trace FILE --sort size --summary", 2, "trama: --sort: expected KEY (Order of --summary: number, duration, bytes, "
        + "exchanges, retransmissions, rtt, server-time), got 'size' (trama trace --help)")]
    [InlineData("trace FILE --svg /dev/full", 1, "trama: /dev/full: no space left")]
    [InlineData("follow FILE 7", 1, "trama: there is no connection 7: the capture has one")]
    [InlineData("follow FILE x", 2, "trama: 'x' is no number of a connection (trama follow --help)")]
    [InlineData("follow FILE --to-server", 2, "trama: --to-server and --to-client need --raw (trama follow --help)")]
    [InlineData("follow", 2, "trama: FILE is missing (trama follow --help)")]
    public async Task Bad_input_is_told_in_one_line(string line, int code, string told)
    {
        string[] args = [.. line.Split(' ').Select(arg => arg.Replace("FILE", Captures.Lesson, StringComparison.Ordinal))];
        TramaProcess.Ended ended = await TramaProcess.RunAsync(args);
        Assert.Equal(told + "\n", ended.Errors);
        Assert.Equal("", ended.Output);
        Assert.Equal(code, ended.Code);
    }

    [Theory]
    [InlineData("en", "is cut (truncated dump file; tried to read 16 header bytes, only got 5) after 1 packet")]
    [InlineData("pt", "está cortado (o cabeçalho do registro teria 16 bytes e só há 5) depois de 1 pacote")]
    public async Task A_file_that_is_cut_is_told_in_the_person_s_language(string language, string told)
    {
        byte[] lesson = await File.ReadAllBytesAsync(Captures.Lesson, TestContext.Current.CancellationToken);
        string path = Captures.Temporary("cut.pcap", lesson[..(24 + 16 + BinaryPrimitives.ReadInt32LittleEndian(lesson.AsSpan(32)) + 5)]);
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", path, "--lang", language]);
        Assert.Equal((1, $"trama: {path} {told}\n"), (ended.Code, ended.Errors));
    }

    [Fact]
    public async Task A_capture_without_TCP_is_told_with_what_is_in_it()
    {
        // One Ethernet frame with an ARP request, in a pcap file.
        byte[] frame = Convert.FromHexString("ffffffffffff0200000000010806000108000604000102000000000a0a000001" + "0000000000000a000002")
            .Concat(new byte[18]).ToArray();
        byte[] file = [.. Convert.FromHexString("d4c3b2a1020004000000000000000000ffff000001000000"), .. new byte[8], (byte)frame.Length, 0,
            0, 0, (byte)frame.Length, 0, 0, 0, .. frame];
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", Captures.Temporary("arp.pcap", file)]);
        Assert.Equal(1, ended.Code);
        Assert.Equal("trama: there is no TCP in this capture; its packets: ARP 1\n", ended.Errors);
    }

    [Fact]
    public async Task Raw_gives_exactly_the_bytes_of_one_side()
    {
        TramaProcess.Ended toServer = await TramaProcess.RunAsync(["follow", Captures.Lesson, "--raw", "--to-server"]);
        Assert.Equal("Olá, servidor!\n", toServer.Output);
        TramaProcess.Ended hash = await TramaProcess.RunAsync(
            "sh", ["-c", $"{TramaProcess.Binary} follow {Captures.Lesson} --raw --to-client | sha256sum"]);
        Assert.StartsWith(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("Mensagem recebida com sucesso!"u8)),
            hash.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_bytes_are_named_and_raw_fails()
    {
        // The lesson without its fourth packet, the request, which the server acknowledges all the same.
        string path = Captures.Temporary("hole.pcap", []);
        await TramaProcess.RunAsync(["dump", "-r", Captures.Lesson, "-w", path, "not (tcp dst port 5000 and tcp[13] & 8 != 0)"]);
        TramaProcess.Ended raw = await TramaProcess.RunAsync(["follow", path, "--raw", "--to-server"]);
        Assert.Equal(1, raw.Code);
        Assert.Equal("trama: 15 bytes are missing from the capture\n", raw.Errors);
        TramaProcess.Ended text = await TramaProcess.RunAsync(["follow", path]);
        Assert.Contains("15", text.Output, StringComparison.Ordinal);
        Assert.Contains("missing", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_an_exchange_is_shown_as_soon_as_it_is_complete()
    {
        await Captures.RequireLiveAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using TramaProcess trace = TramaProcess.Start("trace", "-i", "lo", $"tcp port {((IPEndPoint)listener.LocalEndpoint).Port}");
        Task<string> shown = trace.LineAsync(line => line.Contains("4 B ping\t4 B pong", StringComparison.Ordinal));
        while (!shown.IsCompleted)
        {
            using var client = new TcpClient();
            await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
            using TcpClient server = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync("ping"u8.ToArray(), TestContext.Current.CancellationToken);
            await server.GetStream().ReadExactlyAsync(new byte[4], TestContext.Current.CancellationToken);
            await server.GetStream().WriteAsync("pong"u8.ToArray(), TestContext.Current.CancellationToken);
            await client.GetStream().ReadExactlyAsync(new byte[4], TestContext.Current.CancellationToken);
            client.Close();
            server.Close();
            await Task.WhenAny(shown, Task.Delay(100, TestContext.Current.CancellationToken));
        }

        await shown;
        trace.Signal("INT");
        Assert.Equal(0, (await trace.EndAsync()).Code);
    }

    [Fact]
    public async Task Live_a_reply_by_turns_is_shown_though_the_client_says_no_more()
    {
        await Captures.RequireLiveAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using TramaProcess trace = TramaProcess.Start("trace", "-i", "lo", "--framing", "turns",
            $"tcp port {((IPEndPoint)listener.LocalEndpoint).Port}");
        Task<string> shown = trace.LineAsync(line => line.Contains("4 B ping\t4 B pong", StringComparison.Ordinal));
        var open = new List<TcpClient>();
        while (!shown.IsCompleted)
        {
            var client = new TcpClient();
            open.Add(client);
            await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
            TcpClient server = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            open.Add(server);
            await client.GetStream().WriteAsync("ping"u8.ToArray(), TestContext.Current.CancellationToken);
            await server.GetStream().ReadExactlyAsync(new byte[4], TestContext.Current.CancellationToken);
            await server.GetStream().WriteAsync("pong"u8.ToArray(), TestContext.Current.CancellationToken);

            // Longer than a reply may be silent, and nothing else is said meanwhile.
            await Task.WhenAny(shown, Task.Delay(2000, TestContext.Current.CancellationToken));
            if (open.Count > 10) break;
        }

        Assert.True(shown.IsCompleted);
        foreach (TcpClient end in open) end.Dispose();
        trace.Signal("INT");
        TramaProcess.Ended ended = await trace.EndAsync();
        Assert.Equal(0, ended.Code);
        Assert.Contains("dropped by the kernel", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task From_a_pipe_an_exchange_is_shown_before_the_next_packet_comes(bool byTurns)
    {
        // The lesson's handshake, request and reply, as if captured now: the sixth packet is the reply, whose end only silence tells by
        // turns.
        byte[] bytes = await File.ReadAllBytesAsync(Captures.Lesson, TestContext.Current.CancellationToken);
        int end = 24;
        for (int packet = 0; packet < 6; packet++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(end), (uint)DateTimeOffset.UtcNow.ToUnixTimeSeconds());
            end += 16 + BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(end + 8));
        }

        await using TramaProcess trace = TramaProcess.Start("trace", "-", "--framing", byTurns ? "turns" : "raw");
        await trace.Input.WriteAsync(bytes.AsMemory(0, end), TestContext.Current.CancellationToken);
        await trace.Input.FlushAsync(TestContext.Current.CancellationToken);
        await trace.LineAsync(line => line.Contains("15 B Olá, servidor!\t30 B Mensagem recebida com sucesso!", StringComparison.Ordinal));
        Assert.Equal(0, (await trace.EndAsync()).Code);
    }

    [Fact]
    public async Task A_signal_ends_the_wait_for_a_pipe_and_what_came_is_shown()
    {
        await using TramaProcess trace = TramaProcess.Start("trace", "-", "--ndjson", "--framing", "raw");
        await trace.Input.WriteAsync(await File.ReadAllBytesAsync(Captures.Lesson, TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken);
        await trace.Input.FlushAsync(TestContext.Current.CancellationToken);
        await trace.LineAsync(line => line.Contains("exchange", StringComparison.Ordinal));
        trace.Signal("INT");
        await trace.LineAsync(line => line.StartsWith("{\"type\":\"capture\"", StringComparison.Ordinal));
        Assert.Equal(0, (await trace.EndAsync()).Code);
    }

    [Theory]
    [InlineData("C", true)]
    [InlineData("POSIX", true)]
    [InlineData("en_US.ISO-8859-1", true)]
    [InlineData("C.UTF-8", false)]
    [InlineData("pt_BR.utf8", false)]
    public async Task A_locale_without_UTF_8_draws_with_ASCII(string locale, bool ascii)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            "env", [$"LC_ALL={locale}", TramaProcess.Binary, "trace", "--ladder", Captures.Lesson]);
        Assert.Equal(!ascii, ended.Output.Contains('│', StringComparison.Ordinal));
    }
}
