using System.Globalization;
using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary>How long replies of HTTP took, before the network's part is taken off, with tshark as the judge.</summary>
public class HttpTimeTests
{
    private const double Microsecond = 1e-6;

    [Theory]
    [InlineData("protocols/tls-ptcpdump-curl-process-comments.pcapng", 1)]
    [InlineData("protocols/tls12-lab-cbc-sha384-etm.pcapng", 2)]
    [InlineData("protocols/tls12-lab-ccm.pcapng", 1)]
    [InlineData("protocols/tls12-lab-gcm-dsb.pcapng", 2)]
    [InlineData("protocols/tls12-lab-gcm.pcapng", 2)]
    [InlineData("protocols/tls13-lab-aes128gcm.pcapng", 3)]
    [InlineData("protocols/tls13-lab-chacha20.pcapng", 2)]
    [InlineData("protocols/tls13-lab-early-data.pcapng", 2)]
    [InlineData("protocols/websocket-lab-plain.pcapng", 1)]
    [InlineData("protocols/websocket-lab-tls13.pcapng", 1)]
    [InlineData("captures/tcp/zeek-workshop_2011_browse.pcap", 17)]
    [InlineData("captures/tcp/zeek-var-services-std-ports.pcap", 4)]
    [InlineData("captures/tcp/zeek-http-proxy.pcap", 1)]
    public async Task Times_of_HTTP1_are_those_of_tshark(string name, int replies)
    {
        string capture = TestData.Shared(name);
        TramaProcess.Ended judge = await TramaProcess.RunAsync(TestData.Program("tshark"), [.. Keys(capture, "-o", "tls.keylog_file:"),
            "-n", "-r", capture, "-Y", "http.time", "-T", "fields", "-e", "tcp.stream", "-e", "frame.number", "-e", "http.time"]);
        string[][] theirs = [.. judge.Output.TrimEnd('\n').Split('\n').Select(line => line.Split('\t'))];
        Assert.Equal(replies, theirs.Length);
        // tshark takes a reply at its last packet.
        Dictionary<(string, string), double> ours = (await ExchangesAsync(capture, "http1")).ToDictionary(
            told => (told.Connection, told.Exchange.GetProperty("reply").GetProperty("packets").EnumerateArray().Last().ToString()),
            told => Seconds(told.Exchange, "networkNs", "serverNs", "replyTransferNs"));
        foreach (string[] their in theirs)
            Assert.Equal(double.Parse(their[2], CultureInfo.InvariantCulture), ours[(their[0], their[1])], Microsecond);
    }

    [Theory]
    [InlineData("http2-lab-h2c-multiplex.pcapng", 8082)]
    [InlineData("http2-lab-tls13-multiplex.pcapng", null)]
    [InlineData("grpc-lab-h2c.pcapng", 50051)]
    [InlineData("grpc-lab-tls13.pcapng", null)]
    public async Task Times_of_HTTP2_are_those_between_the_frames_that_tshark_finds(string name, int? clearPort)
    {
        string capture = TestData.Shared($"protocols/{name}");
        string? keyLog = Path.ChangeExtension(capture, ".keys");
        Dictionary<(string, long), double> theirs = await Http2Judge.TimesAsync(capture, File.Exists(keyLog) ? keyLog : null, clearPort);
        int compared = 0;
        foreach ((string connection, JsonElement exchange) in await ExchangesAsync(capture, "http2", "grpc"))
        {
            if (!exchange.TryGetProperty("stream", out JsonElement stream)
                || !theirs.Remove((connection, stream.GetInt64()), out double their)) continue;
            Assert.Equal(their, Seconds(exchange, "networkNs", "serverNs"), Microsecond);
            compared++;
        }

        Assert.True(compared > 3, $"only {compared} were compared");
        Assert.Empty(theirs);
    }

    private static async Task<List<(string Connection, JsonElement Exchange)>> ExchangesAsync(string capture, params string[] protocols)
    {
        string json = (await TramaProcess.RunAsync(["trace", capture, "--json", .. Keys(capture, "--keys", "")])).Output;
        using JsonDocument traced = JsonDocument.Parse(json);
        return
        [
            .. traced.RootElement.GetProperty("connections").EnumerateArray().Index().SelectMany(connection =>
                connection.Item.GetProperty("exchanges").EnumerateArray()
                    .Where(exchange => exchange.TryGetProperty("protocol", out JsonElement protocol)
                        && protocols.Contains(protocol.GetString()) && exchange.TryGetProperty("reply", out _))
                    .Select(exchange => ($"{connection.Index}", exchange.Clone()))),
        ];
    }

    private static double Seconds(JsonElement exchange, params string[] parts) =>
        parts.Sum(part => exchange.TryGetProperty(part, out JsonElement time) ? time.GetInt64() : 0) / 1e9;

    private static string[] Keys(string capture, string option, string prefix)
    {
        string keys = Path.ChangeExtension(capture, ".keys");
        return File.Exists(keys) ? [option, prefix + keys] : [];
    }
}
