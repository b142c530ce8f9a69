using System.Globalization;
using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary>Requests and replies that identifiers pair, and the time between them; tshark is the judge.</summary>
public class PairJudgeTests
{
    [Theory]
    [InlineData("mongodb-deepflow-mongo-msg.pcap", 3717, 1)]
    [InlineData("mongodb-packetbeat-mongo-3.0-session.pcap", 27017, 24)]
    public async Task Messages_of_MongoDB_are_paired_by_their_identifiers(string name, int port, int count)
    {
        string capture = TestData.Shared($"protocols/{name}");
        string[] theirs = await ProtocolTrace.TsharkAsync(
            capture, "mongo", ("mongo", port), "frame.number", "mongo.request_id", "mongo.response_to");
        string[][] messages = [.. theirs.Select(line => line.Split('\t'))];
        Dictionary<string, string> asked = messages.Where(fields => Number(fields[2]) == 0)
            .ToDictionary(fields => fields[1], fields => fields[0]);
        string[] pairs = [.. messages.Where(fields => Number(fields[2]) != 0).Select(fields => $"{asked[fields[2]]} {fields[0]}")];
        Assert.Equal(count, pairs.Length);
        Assert.Equal(pairs, (await PairsAsync(capture, "mongodb")).Select(pair => pair.Frames));
    }

    // tshark writes identifiers in hexadecimal.
    private static int Number(string text) =>
        int.Parse(text.Replace("0x", "", StringComparison.Ordinal), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    // The frames that complete both messages of an exchange, and the time between them, in the order of the replies.
    private static async Task<(string Frames, long Ns)[]> PairsAsync(string capture, string protocol)
    {
        using JsonDocument traced = JsonDocument.Parse((await TramaProcess.RunAsync(["trace", capture, "--json"])).Output);
        return
        [
            .. traced.RootElement.GetProperty("connections").EnumerateArray()
                .SelectMany(connection => connection.GetProperty("exchanges").EnumerateArray())
                .Where(exchange => exchange.TryGetProperty("protocol", out JsonElement name) && name.GetString() == protocol)
                .Where(exchange => exchange.TryGetProperty("request", out _) && exchange.TryGetProperty("reply", out _))
                .Select(exchange => (Request: exchange.GetProperty("request"), Reply: exchange.GetProperty("reply")))
                .OrderBy(pair => Last(pair.Reply))
                .Select(pair => ($"{Last(pair.Request)} {Last(pair.Reply)}", At(pair.Reply, "lastAt") - At(pair.Request, "lastAt"))),
        ];
    }

    private static int Last(JsonElement message) => message.GetProperty("packets").EnumerateArray().Last().GetInt32();

    private static long At(JsonElement message, string name) => message.GetProperty(name).GetInt64();
}
