using System.Globalization;

namespace Trama.EndToEnd.Tests;

/// <summary>DNS over TCP of a real server and client, and of captures; tshark is the judge.</summary>
public class DnsLiveTests
{
    private static readonly Dictionary<string, string> s_types = new() { ["1"] = "A", ["16"] = "TXT", ["28"] = "AAAA", ["252"] = "AXFR" };

    [Theory]
    [InlineData("protocols/dnstcp-deepflow-dns-tcp-multi.pcap", 2)]
    [InlineData("protocols/dnstcp-packetbeat-dns-tcp-axfr.pcap", 1)]
    public async Task A_capture_is_told_as_tshark_tells_it(string capture, int exchanges) =>
        await AssertJudgedAsync(TestData.Shared(capture), null, exchanges);

    [Fact]
    public async Task What_dig_asks_of_unbound_is_traced_whole()
    {
        string dig = TestData.Program("dig");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        await using TramaProcess server = await Unbound.StartAsync(folder, port);
        string capture = await LiveCapture.OfAsync(folder, port, async () =>
        {
            TramaProcess.Ended asked = await TramaProcess.RunAsync(
                dig,
                ["@127.0.0.1", "-p", $"{port}", "+tcp", "+keepopen", "example.org", "A", "example.org", "TXT", "gone.example.org", "AAAA"]);
            Assert.Contains("NXDOMAIN", asked.Output, StringComparison.Ordinal);
        });
        string[] told = await AssertJudgedAsync(capture, port, 3);
        Assert.Contains(told, line => line.EndsWith("client AAAA gone.example.org -> 3 NXDOMAIN", StringComparison.Ordinal));
    }

    private static async Task<string[]> AssertJudgedAsync(string capture, int? port, int exchanges)
    {
        string[] told = await ProtocolTrace.OfAsync(capture, "dns");
        (string, int)? decode = port is { } known ? ("dns", known) : null;
        string[] queries = await ProtocolTrace.TsharkAsync(
            capture, "dns.flags.response==0", decode, "tcp.stream", "dns.id", "dns.qry.type", "dns.qry.name");
        string[] replies = await ProtocolTrace.TsharkAsync(
            capture, "dns.flags.response==1", decode, "tcp.stream", "dns.id", "dns.flags.rcode", "dns.time");
        Dictionary<(string, string), string[]> byId =
            replies.Select(line => line.Split('\t')).ToDictionary(fields => (fields[0], fields[1]));
        var theirs = new List<string>();
        foreach (string[] fields in queries.Select(line => line.Split('\t')))
        {
            string[] identifiers = fields[1].Split(','), types = fields[2].Split(','), names = fields[3].Split(',');
            for (int i = 0; i < identifiers.Length; i++)
                theirs.Add($"{fields[0]} client {s_types[types[i]]} {names[i]} -> {byId[(fields[0], identifiers[i])][2]}");
        }

        Assert.Equal(exchanges, told.Length);
        // The number of the code stands before its name.
        Assert.Equal(theirs.Order(StringComparer.Ordinal), told.Select(line => line[..line.LastIndexOf(' ')]));
        long[] times = [.. replies.Select(line => (long)(1e9 * double.Parse(line.Split('\t')[3], CultureInfo.InvariantCulture))).Order()];
        long[] ours = [.. (await ProtocolTrace.WaitsNsAsync(capture, "dns")).Order()];
        Assert.Equal(times.Length, ours.Length);
        for (int i = 0; i < times.Length; i++) Assert.InRange(ours[i] - times[i], -1000, 1000);
        return told;
    }
}
