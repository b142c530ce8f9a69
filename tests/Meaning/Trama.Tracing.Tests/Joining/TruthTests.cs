using System.Text.Json;
using Trama.Tracing.Joining;

namespace Trama.Tracing.Tests.Joining;

public class TruthTests
{
    [Fact]
    public void What_the_network_did_to_each_packet_is_found_out_from_both_captures()
    {
        var wrong = new List<string>();
        int cases = 0;
        foreach (FaultCase fault in FaultCase.All)
        {
            cases++;
            var joined = JoinedCapture.Of(fault.Client, fault.Server);
            foreach (Side from in (Side[])[Side.Client, Side.Server])
            {
                string expected = Expected(fault, from), found = Found(joined, from);
                if (expected != found) wrong.Add($"{fault.Name} {from}: {found}, and not {expected}");
            }
        }

        Assert.True(cases >= 72);
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-7_200_000_000_000, 0)]
    [InlineData(86_400_000_000_000, 80)]
    [InlineData(3_000_000, -50)]
    public void However_the_clocks_stand_the_offset_is_found_within_its_uncertainty(long aheadNs, long driftPpm)
    {
        string folder = TestData.Shared("faults/clean");
        foreach (string kind in (string[])["many-2", "idle-2", "bulk-1", "tls-1"])
        {
            Packets.Timestamp start = FaultCase.Read(Path.Combine(folder, kind, "client.pcap")).Totals.FirstAt!.Value;
            Packets.Timestamp Skewed(Packets.Timestamp at) => new(at.Nanoseconds + aheadNs + (at - start) * driftPpm / 1_000_000);
            var joined = JoinedCapture.Of(
                FaultCase.Read(Path.Combine(folder, kind, "client.pcap")),
                FaultCase.Read(Path.Combine(folder, kind, "server.pcap"), Skewed));
            ClockOffset clock = joined.Clock!.Value;
            Assert.InRange(clock.At(start), aheadNs - clock.UncertaintyNs!.Value, aheadNs + clock.UncertaintyNs!.Value);
            Assert.All(joined.Connections.SelectMany(c => c.Segments), segment => Assert.Equal(SegmentFate.Delivered, segment.Fate));
            Assert.All(joined.Connections.SelectMany(c => c.Segments), segment => Assert.InRange(segment.DelayNs!.Value, 0, 200_000_000));
        }
    }

    private static string Found(JoinedCapture joined, Side from)
    {
        JoinedSegment[] segments = [.. joined.Connections.SelectMany(c => c.Segments).Where(s => s.From == from)];
        int Count(SegmentFate fate) => segments.Count(s => s.Fate == fate);
        return Text(Count(SegmentFate.Lost), Count(SegmentFate.Duplicated), Count(SegmentFate.Forged), segments.Count(s => s.Overtaken),
            Count(SegmentFate.Unwatched));
    }

    private static string Expected(FaultCase fault, Side from)
    {
        JsonElement log = fault.Truth.GetProperty("link_log");
        JsonElement way = log.GetProperty("packets").GetProperty(from == Side.Client ? "c2s" : "s2c");
        int forged = way.TryGetProperty("forged", out JsonElement count) ? count.GetInt32() : 0;
        // An ICMP error is made on the way, but is no segment.
        if (from == Side.Server) forged -= log.GetProperty("events").EnumerateArray()
            .Count(e => e.GetProperty("action").GetString() == "icmp");
        int dropped = way.GetProperty("dropped").EnumerateObject().Sum(reason => reason.Value.GetInt32());
        // What a host sent after its capture had ended was never seen.
        string? ended = fault.Truth.GetProperty("capture").GetProperty("ends_early").GetString();
        if (ended == (from == Side.Client ? "client" : "server")) dropped = 0;
        return Text(dropped, way.GetProperty("duplicated").GetInt32(), forged, way.GetProperty("held_back").GetInt32(), 0);
    }

    private static string Text(int lost, int copied, int forged, int overtaken, int unwatched) =>
        $"lost {lost}, copied {copied}, forged {forged}, overtaken {overtaken}, unwatched {unwatched}";
}
