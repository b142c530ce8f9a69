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

    [Fact]
    public async Task Frames_of_Cassandra_are_paired_by_their_streams_and_take_as_long_as_tshark_says()
    {
        const long Microsecond = 1000;
        string capture = TestData.Shared("protocols/cassandra-packetbeat-cassandra-compressed.pcap");
        string[] responses = await ProtocolTrace.TsharkAsync(
            capture, "cql.response_time", null, "frame.number", "cql.response_in", "cql.response_to", "cql.response_time");
        (string Frames, long Ns)[] pairs = await PairsAsync(capture, "cassandra");
        long[] theirs = [.. responses.SelectMany(line => line.Split('\t')[3].Split(',')).Select(Nanoseconds).Order()];
        long[] ours = [.. pairs.Select(pair => pair.Ns).Order()];
        Assert.Equal(20, ours.Length);
        Assert.Equal(theirs.Length, ours.Length);
        Assert.All(ours.Zip(theirs), pair => Assert.InRange(pair.First - pair.Second, -Microsecond, Microsecond));
    }

    private static long Nanoseconds(string seconds) => (long)(decimal.Parse(seconds, CultureInfo.InvariantCulture) * 1_000_000_000);

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
