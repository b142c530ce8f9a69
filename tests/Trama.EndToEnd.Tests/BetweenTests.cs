using System.Text.Json;
using Trama.Captures;
using Trama.Captures.Files;
using Trama.Captures.Synthetic;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.EndToEnd.Tests;

/// <summary>Two connections: one with an exchange a second for ten seconds, one that is refused, at second 5.</summary>
public class BetweenTests
{
    [Theory]
    [InlineData("2500ms..5500ms", "3,4,5")]
    [InlineData("..1s", "0")]
    [InlineData("8s..", "8,9")]
    [InlineData("1m..", "")]
    public async Task Lines_are_those_of_the_period(string between, string asked)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", Made(), "--connection", "1", "--between", between, "--ndjson"]);
        JsonElement[] lines = [.. ended.Output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
        IEnumerable<JsonElement> exchanges = lines.Where(line => line.GetProperty("type").GetString() == "exchange");
        Assert.Equal(asked, string.Join(
            ',', exchanges.Select(line => line.GetProperty("request").GetProperty("text").GetString()!.Split(' ')[1].TrimEnd('\n'))));
        Assert.Equal("capture", lines[^1].GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("--ladder")]
    [InlineData("--svg")]
    [InlineData("--html")]
    public async Task Drawings_are_of_the_period(string form)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            ["trace", Made(), "--between", "3s..4500ms", form, .. form == "--ladder" ? Array.Empty<string>() : ["-"]]);
        Assert.Contains("ask 3", ended.Output, StringComparison.Ordinal);
        Assert.Contains("ask 4", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ask 2", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ask 5", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("--between 4s..7s", true)]
    [InlineData("--between 1s..3s", false)]
    [InlineData("--connection 1", false)]
    [InlineData("--connection 2", true)]
    public async Task The_diagnosis_is_of_the_part_that_is_asked_for(string part, bool isRefused)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            ["diagnose", Made(), "--fail-on", "connection-refused", .. part.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal((isRefused ? 3 : 0, ""), (ended.Code, ended.Errors));
        Assert.Equal(isRefused, ended.Output.Contains("connection-refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_no_period_is_told()
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", Captures.Lesson, "--between", "noon"]);
        Assert.Equal((2, "trama: --between: expected T1..T2 such as 12:05..12:06:30.5, 90s..2m or ..2026-11-28T12:00:00, got 'noon' "
            + "(trama trace --help)\n"), (ended.Code, ended.Errors));
    }

    private static string Made()
    {
        string path = Captures.Temporary("talk.pcapng", []);
        using var file = new PcapngWriter(path, "trama", "");
        file.AddInterface(new CaptureInterface(Packets.LinkType.Raw, 0) { Name = "made", IsNanosecond = true });
        var capture = new SyntheticCapture((in Packets.Record record) => file.Write(record));
        var server = new Endpoint(IpAddress.FromBytes([10, 0, 0, 2]), 5000);
        SyntheticConversation steady = capture.Begin(new Endpoint(IpAddress.FromBytes([10, 0, 0, 1]), 40_000), server);
        steady.Ask(At(0));
        steady.Accept(At(1), At(2));
        for (int second = 0; second < 10; second++)
        {
            if (second == 5)
            {
                SyntheticConversation refused = capture.Begin(new Endpoint(IpAddress.FromBytes([10, 0, 0, 1]), 40_001), server);
                refused.Ask(At(5000));
                refused.Refuse(At(5001));
            }

            steady.Say(true, System.Text.Encoding.ASCII.GetBytes($"ask {second}\n"), At(second * 1000 + 10));
            steady.Say(false, System.Text.Encoding.ASCII.GetBytes($"answer {second}\n"), At(second * 1000 + 20));
        }

        steady.Finish(true, At(10_005));
        steady.Finish(false, At(10_006));
        return path;
    }

    private static Packets.Timestamp At(long milliseconds) => new(1_700_000_000_000_000_000 + milliseconds * 1_000_000);
}
