using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary>What a client of TLS 1.3 says before the server's hello.</summary>
public class EarlyDataTests
{
    // The client says the same once more in each connection that is resumed, whatever became of its early data.
    [Theory]
    [InlineData("tls13-early-data-refused.pcapng", new[] { 1, 2, 1 })]
    [InlineData("tls13-early-data-retried.pcapng", new[] { 0, 1, 1 })]
    public async Task Refused_early_data_are_not_told_and_accepted_ones_are(string name, int[] requests)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", "--json", TestData.Shared($"recorded/{name}")]);
        Assert.Equal((0, ""), (ended.Code, ended.Errors));
        using JsonDocument document = JsonDocument.Parse(ended.Output);
        Assert.Equal(requests, document.RootElement.GetProperty("connections").EnumerateArray().Select(connection =>
            connection.GetProperty("exchanges").EnumerateArray().Count(exchange =>
                exchange.TryGetProperty("operation", out JsonElement operation) && operation.GetString() == "GET /orders")));
    }

    [Fact]
    public async Task Accepted_early_data_begin_with_the_packet_that_carried_them()
    {
        string[] args = ["trace", "--json", TestData.Shared("recorded/tls13-early-data-refused.pcapng"), "--where",
            "connection=2 and operation~'^GET'"];
        using JsonDocument document = JsonDocument.Parse((await TramaProcess.RunAsync(args)).Output);
        JsonElement[] exchanges = [.. document.RootElement.GetProperty("connections").EnumerateArray()
            .SelectMany(connection => connection.GetProperty("exchanges").EnumerateArray())];
        long[] packets = [.. exchanges.SelectMany(exchange => exchange.GetProperty("request").GetProperty("packets").EnumerateArray())
            .Select(packet => packet.GetInt64())];
        TramaProcess.Ended judge = await TramaProcess.RunAsync(TestData.Program("tshark"),
            ["-r", TestData.Shared("recorded/tls13-early-data-refused.pcapng"), "-Y",
                "tcp.stream==1 and tls.app_data and tcp.dstport==18443", "-T", "fields", "-e", "frame.number"]);
        Assert.Equal(2, packets.Length);
        Assert.Subset(judge.Output.TrimEnd('\n').Split('\n').Select(long.Parse).ToHashSet(), packets.ToHashSet());
        Assert.True(packets[0] < packets[1]);
    }
}
