using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Trama.EndToEnd.Tests;

public class DiagnoseTests
{
    private static readonly Regex DemonstrationPattern = new("trama demo --fault ([a-z-]+)");

    private static string Capture(string fault) => Path.Combine(TestData.Root, $"tests/Trama.EndToEnd.Tests/captures/{fault}.pcap");

    [Theory]
    [InlineData("no-reply", "en", "Verdict: the fault is the server's.", "no-reply · error · the server · likely · packets 4, 6",
        "What to do:")]
    [InlineData("no-reply", "pt", "Veredito: a falha é do servidor.", "no-reply · erro · do servidor · provável · pacotes 4, 6",
        "O que fazer:")]
    [InlineData("middlebox-reset", "en", "Verdict: the fault is the network's.", "its TTL is 55, that of the others 110",
        "RST ACK  seq 898  ack 956 · forged on the way")]
    [InlineData("connection-refused", "en", "In 4 of 4 connections.", "4 connections to 198.51.248.28:443: connection refused",
        "numbers 1-4")]
    public async Task The_verdict_names_who_and_what_and_the_packets_that_prove_it(string fault, string language, params string[] expected)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["diagnose", Capture(fault), "--lang", language]);
        Assert.Equal(0, ended.Code);
        Assert.Equal("", ended.Errors);
        Assert.All(expected, part => Assert.Contains(part, ended.Output, StringComparison.Ordinal));
        Assert.DoesNotContain('\e', ended.Output);
    }

    [Fact]
    public async Task A_healthy_capture_is_one_sentence()
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["diagnose", Captures.Lesson, "--fail-on", "warning"]);
        Assert.Equal((0, "Nothing went wrong here: 1 connection, 10 packets.\n"), (ended.Code, ended.Output));
    }

    [Fact]
    public async Task Ascii_is_ascii() =>
        Assert.DoesNotContain((await TramaProcess.RunAsync(["diagnose", Capture("no-reply"), "--ascii"])).Output, character =>
            character > 127);

    [Theory]
    [InlineData("no-reply", "error", 3)]
    [InlineData("no-reply", "warning", 3)]
    [InlineData("no-reply", "packet-loss,no-reply", 3)]
    [InlineData("no-reply", "packet-loss", 0)]
    [InlineData("middlebox-reset", "no-reply, reset-by-server", 0)]
    public async Task Fail_on_ends_with_three_when_something_of_it_is_found(string fault, string list, int code) =>
        Assert.Equal(code, (await TramaProcess.RunAsync(["diagnose", Capture(fault), "--fail-on", list, "--json"])).Code);

    [Theory]
    [InlineData("diagnose FILE --fail-on nosuch", 2, "trama: there is no finding 'nosuch'; there are: warning, error, "
        + "connection-refused, ")]
    [InlineData("diagnose FILE --fail-on error,", 2, "trama: there is no finding ''; there are: warning, ")]
    [InlineData("diagnose --explain nosuch --lang pt", 2, "trama: não há achado 'nosuch'; há: connection-refused, ")]
    [InlineData("diagnose FILE --json --ndjson", 2, "trama: --json and --ndjson exclude each other (trama diagnose --help)")]
    [InlineData("diagnose FILE --format sarif --json", 2, "trama: --json and --format exclude each other (trama diagnose --help)")]
    [InlineData("diagnose nosuch.pcap", 1, "trama: nosuch.pcap: no such file")]
    [InlineData("diagnose FILE --nosuch", 2, "trama: unknown option '--nosuch' (trama diagnose --help)")]
    public async Task What_is_wrong_with_a_command_line_is_one_line(string line, int code, string error)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync([.. line.Split(' ').Select(arg => arg == "FILE" ? Captures.Lesson : arg)]);
        Assert.Equal(code, ended.Code);
        Assert.Equal("", ended.Output);
        Assert.StartsWith(error, ended.Errors, StringComparison.Ordinal);
        Assert.Single(ended.Errors.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("--html", "<!DOCTYPE html>")]
    [InlineData("--svg", "<svg ")]
    [InlineData("--ladder", "connection 1\n")]
    [InlineData("--ndjson", "{\"type\":\"exchange\"")]
    public async Task Every_form_shows_what_was_found(string option, string begins)
    {
        bool takesFile = option is "--html" or "--svg";
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            ["diagnose", Capture("no-reply"), option, .. takesFile ? ["-"] : Array.Empty<string>(), "--fail-on", "no-reply"]);
        Assert.Equal((3, ""), (ended.Code, ended.Errors));
        Assert.StartsWith(begins, ended.Output, StringComparison.Ordinal);
        Assert.Contains("no-reply", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sarif", "\"ruleId\":\"no-reply\"")]
    [InlineData("junit", "<failure type=\"no-reply\"")]
    [InlineData("github", "::error title=no-reply (the server)::connection 1: ")]
    [InlineData("markdown", "| no-reply | error | the server | ")]
    public async Task Other_services_read_what_was_found(string format, string expected)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            ["diagnose", Capture("no-reply"), "--format", format, "--fail-on", "no-reply"]);
        Assert.Equal((3, ""), (ended.Code, ended.Errors));
        Assert.Contains(expected, ended.Output, StringComparison.Ordinal);
        TramaProcess.Ended traced = await TramaProcess.RunAsync(["trace", Capture("no-reply"), "--format", format]);
        Assert.Equal((0, ended.Output), (traced.Code, traced.Output));
        TramaProcess.Ended unnamed = await TramaProcess.RunAsync(
            ["diagnose", Capture("no-reply"), "--format", format, "--fail-on", "packet-loss"]);
        Assert.Equal(format == "junit", !unnamed.Output.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_capture_that_is_cut_or_empty_or_without_tcp_is_told()
    {
        byte[] bytes = await File.ReadAllBytesAsync(Capture("no-reply"), TestContext.Current.CancellationToken);
        TramaProcess.Ended cut = await TramaProcess.RunAsync(["diagnose", Captures.Temporary("cut.pcap", bytes[..^10])]);
        Assert.Equal(1, cut.Code);
        Assert.StartsWith("Verdict:", cut.Output, StringComparison.Ordinal);
        TramaProcess.Ended empty = await TramaProcess.RunAsync(["diagnose", Captures.Temporary("empty.pcap", bytes[..24])]);
        Assert.Equal(0, empty.Code);
        Assert.StartsWith("There is no packet to judge.", empty.Output, StringComparison.Ordinal);
        string text = Captures.Temporary("none.pcap", "no capture at all\n"u8.ToArray());
        TramaProcess.Ended none = await TramaProcess.RunAsync(["diagnose", text]);
        Assert.Equal((1, ""), (none.Code, none.Output));
        Assert.Contains("is not a capture file", none.Errors, StringComparison.Ordinal);
        TramaProcess.Ended other = await TramaProcess.RunAsync(["diagnose", Captures.Lesson, "udp"]);
        Assert.StartsWith("There is no packet", other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_that_of_trace_with_findings_and_a_verdict()
    {
        TramaProcess.Ended diagnosed = await TramaProcess.RunAsync(["diagnose", Capture("no-reply"), "--json"]);
        TramaProcess.Ended traced = await TramaProcess.RunAsync(["trace", Capture("no-reply"), "--json"]);
        Assert.Equal(traced.Output, diagnosed.Output);
        JsonElement document = JsonDocument.Parse(diagnosed.Output).RootElement;
        Assert.Equal(["capture", "connections", "verdict"], document.EnumerateObject().Select(member => member.Name));
        JsonElement finding = document.GetProperty("connections")[0].GetProperty("findings")[0];
        Assert.Equal("no-reply", finding.GetProperty("id").GetString());
        Assert.Equal("server", finding.GetProperty("party").GetString());
        Assert.Equal("error", finding.GetProperty("severity").GetString());
        Assert.Equal([4, 6], finding.GetProperty("packets").EnumerateArray().Select(packet => packet.GetInt64()));
        JsonElement verdict = document.GetProperty("verdict");
        Assert.Equal(["id", "party", "severity", "confidence", "connections", "text"],
            verdict.EnumerateObject().Select(member => member.Name));
        Assert.Equal([1], verdict.GetProperty("connections").EnumerateArray().Select(id => id.GetInt64()));
        Assert.Equal(finding.GetProperty("text").GetString(), verdict.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Json_of_a_healthy_capture_has_empty_findings_and_no_verdict()
    {
        JsonElement document =
            JsonDocument.Parse((await TramaProcess.RunAsync(["diagnose", Captures.Lesson, "--json"])).Output).RootElement;
        Assert.Equal(["capture", "connections"], document.EnumerateObject().Select(member => member.Name));
        Assert.Equal(0, document.GetProperty("connections")[0].GetProperty("findings").GetArrayLength());
        Assert.Equal(1, document.GetProperty("connections")[0].GetProperty("exchanges").GetArrayLength());
    }

    [Fact]
    public async Task Lines_of_ndjson_carry_the_findings_of_each_connection_then_the_verdict()
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["diagnose", Capture("connection-refused"), "--ndjson"]);
        JsonElement[] lines = [.. ended.Output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["connection", "connection", "connection", "connection", "verdict", "capture"],
            lines.Select(line => line.GetProperty("type").GetString()));
        Assert.All(lines[..4], line => Assert.Equal("connection-refused", line.GetProperty("findings")[0].GetProperty("id").GetString()));
        Assert.Equal(4, lines[4].GetProperty("connections").GetArrayLength());
    }

    [Fact]
    public async Task Findings_are_explained_one_by_one_and_listed()
    {
        string loss = (await TramaProcess.RunAsync(["diagnose", "--explain", "packet-loss"])).Output;
        Assert.StartsWith("packet-loss\nSegments were lost on the way", loss, StringComparison.Ordinal);
        Assert.Contains("RFC 6298", loss, StringComparison.Ordinal);
        string list = (await TramaProcess.RunAsync(["diagnose", "--explain", "--lang", "pt"])).Output;
        Assert.Contains("\npacket-loss ", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_demonstration_that_an_explanation_names_exists()
    {
        string list = (await TramaProcess.RunAsync(["demo", "--fault", "list"])).Output;
        string[] named =
        [
            .. Directory.EnumerateFiles(Path.Combine(TestData.Root, "src/Showing/Trama.Reports/Findings/Pages"))
                .SelectMany(file => DemonstrationPattern.Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)),
        ];
        Assert.InRange(named.Length, 25, 50);
        Assert.All(named, id => Assert.Contains($"{id} ", list, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_ladder_the_picture_and_the_page_of_trace_mark_findings_where_they_happen()
    {
        TramaProcess.Ended ladder = await TramaProcess.RunAsync(["trace", Capture("no-reply"), "--ladder"]);
        Assert.Contains(" 4◆", ladder.Output, StringComparison.Ordinal);
        Assert.Contains("◆ no-reply (the server): The server's kernel", ladder.Output, StringComparison.Ordinal);
        Assert.Contains(" 5 ", ladder.Output, StringComparison.Ordinal);
        string svg = Captures.Temporary("ladder.svg", []), html = Captures.Temporary("page.html", []);
        await TramaProcess.RunAsync(["trace", Capture("no-reply"), "--svg", svg]);
        Assert.Contains("no-reply", await File.ReadAllTextAsync(svg, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await TramaProcess.RunAsync(["trace", Capture("no-reply"), "--html", html]);
        Assert.Contains("its program never replied", await File.ReadAllTextAsync(html, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lines_of_trace_name_the_exchanges_that_a_finding_touches_when_asked()
    {
        string[] lines = (await TramaProcess.RunAsync(["trace", Capture("no-reply"), "--findings"])).Output.TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains("◆ no-reply (the server): The server's kernel acknowledged", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(" Exchange 1.", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("◆", (await TramaProcess.RunAsync(["trace", Capture("no-reply")])).Output, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"verdict\",\"id\":\"no-reply\"",
            (await TramaProcess.RunAsync(["trace", Capture("no-reply"), "--findings", "--ndjson"])).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await TramaProcess.RunAsync(["trace", Capture("no-reply"), "--findings", "--summary"])).Code);
    }

    [Fact]
    public async Task Live_each_faulty_connection_is_told_as_it_ends_and_the_whole_at_the_end()
    {
        await Captures.RequireLiveAsync();
        // A port that is bound and not listened on refuses, and nobody else takes it.
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)bound.LocalEndPoint!).Port;
        await using TramaProcess diagnose = TramaProcess.Start("diagnose", "-i", "lo", $"tcp port {port}");
        await diagnose.ErrorAsync(line => line.StartsWith("listening on lo", StringComparison.Ordinal));
        using (var client = new TcpClient()) await Assert.ThrowsAnyAsync<SocketException>(() =>
            client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken).AsTask());
        await diagnose.LineAsync(line => line.Contains($"> 127.0.0.1:{port} ", StringComparison.Ordinal)
            && line.Contains("connection-refused: Nothing listens on this port", StringComparison.Ordinal));
        diagnose.Signal("INT");
        TramaProcess.Ended ended = await diagnose.EndAsync();
        Assert.Equal(0, ended.Code);
        Assert.Contains("Verdict: the fault is the server's.", ended.Output, StringComparison.Ordinal);
    }
}
