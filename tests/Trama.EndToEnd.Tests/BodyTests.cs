using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary>What the bodies of messages are, and say.</summary>
public class BodyTests
{
    private static string Capture => TestData.Shared("recorded/http1-bodies.pcap");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task What_follow_decodes_is_what_tshark_decodes(int stream)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/tshark"), "tshark is not installed");
        using JsonDocument traced = JsonDocument.Parse((await TramaProcess.RunAsync(["trace", Capture, "--json"])).Output);
        string client = traced.RootElement.GetProperty("connections")[stream].GetProperty("client").GetString()!;
        (string toServer, string toClient) = await TsharkFollow.SaidAsync(Capture, [], "http", stream, client);
        Assert.NotEmpty(toServer);
        Assert.NotEmpty(toClient);
        Assert.Equal((toServer, 0), await DecodedAsync(stream + 1, "--to-server"));
        Assert.Equal((toClient, 0), await DecodedAsync(stream + 1, "--to-client"));
    }

    [Fact]
    public async Task Json_tells_what_a_body_is_before_and_after_its_coding()
    {
        string[] told =
        [
            .. (await TramaProcess.RunAsync(["trace", Capture, "--ndjson"])).Output.TrimEnd('\n').Split('\n')
                .Select(line => JsonDocument.Parse(line).RootElement).Where(line => line.GetProperty("type").GetString() == "exchange")
                .Select(exchange => $"{exchange.GetProperty("operation")} {Body(exchange, "request")} {Body(exchange, "reply")}"),
        ];
        Assert.Equal(
            [
                "GET /plain - application/json 5901 - -",
                "GET /gzip - application/json 890 gzip 5901",
                "GET /gzip-chunk - application/json 890 gzip 5901",
                "GET /zlib - application/json 877 deflate 5901",
                "GET /raw-chunk - application/json 872 deflate 5901",
                "GET /br - application/json 414 br 5901",
                "GET /br-chunk - application/json 414 br 5901",
                "POST /post application/x-www-form-urlencoded 14 - - -",
                "GET /zstd - application/json 204 zstd malformed",
            ],
            told);
    }

    // The server only said that its body was zstd.
    [Fact]
    public async Task Follow_says_what_it_cannot_decode()
    {
        TramaProcess.Ended shown = await TramaProcess.RunAsync(["follow", Capture, "3", "--decode"]);
        Assert.Equal(0, shown.Code);
        Assert.Contains("< [body not decoded: it is not what its content coding says]", shown.Output, StringComparison.Ordinal);
        TramaProcess.Ended raw = await TramaProcess.RunAsync(["follow", Capture, "3", "--decode", "--raw"]);
        Assert.Equal((1, "trama: a body is not decoded: it is not what its content coding says\n"), (raw.Code, raw.Errors));
    }

    [Fact]
    public async Task Messages_of_HTTP2_are_told_apart()
    {
        string capture = TestData.Shared("protocols/http2-lab-h2c-multiplex.pcapng");
        TramaProcess.Ended shown = await TramaProcess.RunAsync(["follow", capture, "--decode"]);
        Assert.Equal(0, shown.Code);
        string[] lines = [.. shown.Output.Split('\n').Select(line => line.Length > 20 ? line[20..] : "")];
        Assert.Equal(["stream 1", "> GET /f1", "stream 3", "> GET /f2"], lines.Skip(1).Take(4));
    }

    [Fact]
    public async Task Of_what_is_encrypted_nothing_is_decoded_without_keys()
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            ["follow", TestData.Shared("protocols/tls13-lab-chacha20.pcapng"), "--decode"]);
        Assert.Equal(1, ended.Code);
        Assert.Contains("(--keys)", ended.Errors, StringComparison.Ordinal);
    }

    private static string Body(JsonElement exchange, string message)
    {
        if (!exchange.TryGetProperty(message, out JsonElement told) || !told.TryGetProperty("body", out JsonElement body)) return "-";
        string decoded = Text(body, body.TryGetProperty("obstacle", out _) ? "obstacle" : "decodedBytes");
        return $"{Text(body, "mediaType")} {Text(body, "bytes")} {Text(body, "encoding")} {decoded}";
    }

    private static string Text(JsonElement body, string name) => body.TryGetProperty(name, out JsonElement value) ? value.ToString() : "-";

    private static async Task<(string Hex, int Code)> DecodedAsync(int connection, string direction)
    {
        string file = Captures.Temporary("decoded", []);
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            "/bin/sh",
            ["-c", "out=$1; shift; exec \"$@\" > \"$out\"", "sh", file, TramaProcess.Binary, "follow", Capture, $"{connection}", "--decode",
                "--raw", direction]);
        return (Convert.ToHexStringLower(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)), ended.Code);
    }
}
