using System.Globalization;
using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary>
/// The exchanges of HTTP/2 in a capture, a line each: connection, stream, method, path, status, grpc-status; by <c>trama</c> and by
/// tshark.
/// </summary>
internal static class Http2Judge
{
    /// <summary>What <c>trama trace</c> tells.</summary>
    public static async Task<string[]> TramaAsync(string capture, string? keyLog)
    {
        string[] keys = keyLog is null ? [] : ["--keys", keyLog];
        using JsonDocument traced = JsonDocument.Parse((await TramaProcess.RunAsync(["trace", capture, "--json", .. keys])).Output);
        var lines = new List<string>();
        int connection = 0;
        foreach (JsonElement one in traced.RootElement.GetProperty("connections").EnumerateArray())
        {
            foreach (JsonElement exchange in one.GetProperty("exchanges").EnumerateArray())
                if (exchange.TryGetProperty("operation", out JsonElement operation)
                    && exchange.TryGetProperty("stream", out JsonElement stream))
                    lines.Add(Line(connection, stream.GetInt64(), exchange.GetProperty("protocol").GetString()!, operation.GetString()!,
                        Text(exchange, "status")));
            connection++;
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    /// <summary>What tshark tells.</summary>
    /// <param name="capture">The capture.</param>
    /// <param name="keyLog">The secrets of its TLS.</param>
    /// <param name="clearPort">The port that is spoken to in the clear.</param>
    public static async Task<string[]> TsharkAsync(string capture, string? keyLog, int? clearPort)
    {
        using JsonDocument packets = await PacketsAsync(capture, keyLog, clearPort);
        var fields = new SortedDictionary<(int Connection, long Stream), Dictionary<string, string>>();
        foreach (JsonElement packet in packets.RootElement.EnumerateArray())
        {
            JsonElement layers = packet.GetProperty("_source").GetProperty("layers");
            int connection = int.Parse(layers.GetProperty("tcp").GetProperty("tcp.stream").GetString()!,
                CultureInfo.InvariantCulture);
            foreach (JsonElement frame in With(layers.GetProperty("http2"), "http2.streamid"))
            {
                // A promise's fields are those of the stream that it promises.
                string id = Text(With(frame, "http2.push_promise.promised_stream_id").FirstOrDefault(frame),
                    "http2.push_promise.promised_stream_id");
                if (id.Length == 0) id = Text(frame, "http2.streamid");
                long stream = long.Parse(id, CultureInfo.InvariantCulture);
                foreach (JsonElement field in With(frame, "http2.header.name"))
                {
                    if (!fields.TryGetValue((connection, stream), out Dictionary<string, string>? known)) fields[(connection, stream)] =
                        known = [];
                    known[field.GetProperty("http2.header.name").GetString()!] = Text(field, "http2.header.value");
                }
            }
        }

        return
        [
            .. fields.Where(one => one.Value.ContainsKey(":method")).Select(one =>
            {
                bool isGrpc = one.Value.GetValueOrDefault("content-type", "").StartsWith("application/grpc", StringComparison.Ordinal);
                return $"{one.Key.Connection} {one.Key.Stream} {one.Value[":method"]} {one.Value[":path"]} "
                    + (isGrpc ? $"grpc {one.Value.GetValueOrDefault("grpc-status", "-")}" : one.Value.GetValueOrDefault(":status", "-"));
            }).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// How many seconds lie between the end of each request and the beginning of its reply, by connection and stream; without those whose
    /// reply began before, and pushes, which nobody asked for.
    /// </summary>
    public static async Task<Dictionary<(string Connection, long Stream), double>> TimesAsync(string capture, string? keyLog, int? clearPort)
    {
        using JsonDocument packets = await PacketsAsync(capture, keyLog, clearPort);
        var asked = new Dictionary<(string, long), (string Port, decimal At)>();
        var answered = new Dictionary<(string, long), decimal>();
        foreach (JsonElement packet in packets.RootElement.EnumerateArray())
        {
            JsonElement layers = packet.GetProperty("_source").GetProperty("layers"), tcp = layers.GetProperty("tcp");
            string connection = Text(tcp, "tcp.stream"), port = Text(tcp, "tcp.srcport");
            decimal at = decimal.Parse(Text(layers.GetProperty("frame"), "frame.time_epoch"), CultureInfo.InvariantCulture);
            foreach (JsonElement frame in With(layers.GetProperty("http2"), "http2.streamid"))
            {
                (string, long) stream = (connection, long.Parse(Text(frame, "http2.streamid"), CultureInfo.InvariantCulture));
                string[] names = [.. With(frame, "http2.header.name").Select(field => Text(field, "http2.header.name"))];
                bool ends = With(frame, "http2.flags.end_stream").Any(flags => Text(flags, "http2.flags.end_stream") == "1");
                if (names.Contains(":status") && asked.ContainsKey(stream)) answered.TryAdd(stream, at);
                else if (Text(frame, "http2.type") == "1" && names.Contains(":method")) asked[stream] = (port, at);
                else if (ends && asked.TryGetValue(stream, out var request) && request.Port == port) asked[stream] = (port, at);
            }
        }

        return answered.Where(reply => reply.Value > asked[reply.Key].At)
            .ToDictionary(reply => reply.Key, reply => (double)(reply.Value - asked[reply.Key].At));
    }

    private static async Task<JsonDocument> PacketsAsync(string capture, string? keyLog, int? clearPort)
    {
        string[] keys = keyLog is null ? [] : ["-o", $"tls.keylog_file:{keyLog}"];
        string[] decode = clearPort is null ? [] : ["-d", $"tcp.port=={clearPort},http2"];
        return JsonDocument.Parse((await TramaProcess.RunAsync(
            TestData.Program("tshark"), [.. keys, .. decode, "-r", capture, "-Y", "http2", "-T", "json", "-J", "http2 tcp frame",
                "--no-duplicate-keys"])).Output);
    }

    // A call's status is its own; of one that was given up there is none.
    private static string Line(int connection, long stream, string protocol, string operation, string status)
    {
        string number = status.Split(' ')[0];
        if (!number.All(char.IsAsciiDigit) || number.Length == 0) number = "-";
        return protocol == "grpc" ? $"{connection} {stream} POST {operation} grpc {number}" : $"{connection} {stream} {operation} {number}";
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement text)
        ? text.GetString()! : "";

    private static IEnumerable<JsonElement> With(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(one => With(one, name)),
        JsonValueKind.Object when element.TryGetProperty(name, out _) => [element],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(one => With(one.Value, name)),
        _ => [],
    };
}
