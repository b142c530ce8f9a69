using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Trama.EndToEnd.Tests;

public class TwoVantagePointTests
{
    [Fact]
    public async Task Two_captures_of_the_same_connection_give_one_ladder_with_slanted_arrows()
    {
        (string client, string server) = Fault("middlebox-reset/v2");
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", "--ladder", client, server]);
        Assert.Equal(0, ended.Code);
        Assert.Contains("lost on the way ─✗", ended.Output, StringComparison.Ordinal);
        // Both RSTs begin in the middle of the path; beside the numbers of packets, the same sign marks what proves it.
        Assert.Equal(2, Regex.Count(ended.Output, "─◆|◆─"));
        Assert.Equal(2, Regex.Count(ended.Output, "[0-9]◆"));
        Assert.Contains("the clocks agree within", ended.Output, StringComparison.Ordinal);

        string svg = Captures.Temporary("joined.svg", []);
        Assert.Equal(0, (await TramaProcess.RunAsync(["trace", "--svg", svg, client, server])).Code);
        Assert.Equal("svg", XDocument.Load(svg).Root!.Name.LocalName);
    }

    [Fact]
    public async Task Two_captures_are_diagnosed_as_one()
    {
        (string client, string server) = Fault("connection-filtered/v1");
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["diagnose", client, server, "--fail-on", "error"]);
        Assert.Equal(3, ended.Code);
        Assert.Contains("The SYN left the client and never reached the server's host", ended.Output.Replace('\n', ' '),
            StringComparison.Ordinal);
        TramaProcess.Ended json = await TramaProcess.RunAsync(["diagnose", "--json", .. Files(Fault("peer-vanished/v2"))]);
        using var document = JsonDocument.Parse(json.Output);
        JsonElement verdict = document.RootElement.GetProperty("verdict");
        Assert.Equal(("peer-vanished", "network"), (verdict.GetProperty("id").GetString(), verdict.GetProperty("party").GetString()));
        JsonElement finding = document.RootElement.GetProperty("connections")[0].GetProperty("findings")[0];
        Assert.Equal("server", finding.GetProperty("packetsOf").GetString());
    }

    [Fact]
    public async Task Captures_of_different_connections_are_diagnosed_each_alone()
    {
        (string _, string other) = Fault("slow-server/v1");
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["diagnose", Fault("zero-window/v1").Client, other]);
        Assert.Equal(0, ended.Code);
        Assert.Contains("share no connection", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("zero-window", ended.Output, StringComparison.Ordinal);
        Assert.Contains("slow-server", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_either_order_each_connection_is_told_once()
    {
        (string client, string server) = Fault("clean/single-2");
        foreach (string[] files in (string[][])[[client, server], [server, client]])
        {
            TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", "--json", .. files]);
            using var document = JsonDocument.Parse(ended.Output);
            JsonElement connection = Assert.Single(document.RootElement.GetProperty("connections").EnumerateArray());
            Assert.Equal(0, connection.GetProperty("toServer").GetProperty("retransmissions").GetInt64());
            // Measured at the server's own capture: 33.484 ms less 31.640 ms.
            Assert.InRange(connection.GetProperty("exchanges")[0].GetProperty("serverNs").GetInt64(), 1_840_000, 1_850_000);
        }
    }

    [Theory]
    [InlineData("en", "are the same capture")]
    [InlineData("pt", "são a mesma captura")]
    public async Task The_same_capture_twice_is_refused(string language, string words)
    {
        string copy = Captures.Temporary("copy.pcap", await File.ReadAllBytesAsync(Captures.Lesson, TestContext.Current.CancellationToken));
        foreach (string second in (string[])[Captures.Lesson, copy])
        {
            TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", Captures.Lesson, second, "--lang", language]);
            Assert.Equal(1, ended.Code);
            Assert.Equal("", ended.Output);
            Assert.Contains(words, Assert.Single(ended.Errors.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Files_that_share_nothing_are_read_one_after_the_other()
    {
        (string client, string _) = Fault("clean/single-2");
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", client, Captures.Lesson]);
        Assert.Equal(0, ended.Code);
        Assert.Equal(2, ended.Output.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public async Task A_file_cut_short_is_joined_as_far_as_it_goes()
    {
        (string client, string server) = Fault("clean/many-2");
        byte[] bytes = await File.ReadAllBytesAsync(server, TestContext.Current.CancellationToken);
        string cut = Captures.Temporary("cut.pcap", bytes[..(bytes.Length / 2)]);
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", "--ladder", client, cut]);
        Assert.Equal(1, ended.Code);
        Assert.DoesNotContain("✗", ended.Output, StringComparison.Ordinal);
        Assert.Contains("not in the other capture", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("slow-network/v1")]
    [InlineData("slow-server/v1")]
    public async Task A_condition_chooses_by_the_times_that_both_captures_know(string fault)
    {
        (string client, string server) = Fault(fault);
        foreach (string[] files in (string[][])[[client, server], [server, client]])
        {
            (long Index, long ServerNs)[] all = await ExchangesAsync(files);
            long median = all.Select(exchange => exchange.ServerNs).Order().ElementAt(all.Length / 2);
            Assert.Equal(all.Where(exchange => exchange.ServerNs >= median),
                await ExchangesAsync([.. files, "--where", $"server>={median}ns"]));
            Assert.Equal(all.Where(exchange => exchange.ServerNs < median),
                await ExchangesAsync([.. files, "--where", $"server<{median}ns"]));
        }
    }

    [Fact]
    public async Task What_a_condition_leaves_out_is_not_drawn_beside_what_went_wrong()
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            ["diagnose", .. Files(Fault("slow-server/v1")), "--where", "server>806ms and server<1s"]);
        Assert.Equal((0, ""), (ended.Code, ended.Errors));
        Assert.Contains("slow-server", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("request 1 ·", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("request 2 ·", ended.Output, StringComparison.Ordinal);
        Assert.Contains("request 3 ·", ended.Output, StringComparison.Ordinal);
    }

    private static async Task<(long Index, long ServerNs)[]> ExchangesAsync(string[] args)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", "--json", .. args]);
        Assert.Equal((0, ""), (ended.Code, ended.Errors));
        using var document = JsonDocument.Parse(ended.Output);
        JsonElement connection = Assert.Single(document.RootElement.GetProperty("connections").EnumerateArray());
        return [.. connection.GetProperty("exchanges").EnumerateArray()
            .Select(exchange => (exchange.GetProperty("index").GetInt64(), exchange.GetProperty("serverNs").GetInt64()))];
    }

    private static string[] Files((string Client, string Server) fault) => [fault.Client, fault.Server];

    private static (string Client, string Server) Fault(string name) =>
        (TestData.Shared($"faults/{name}/client.pcap"), TestData.Shared($"faults/{name}/server.pcap"));
}
