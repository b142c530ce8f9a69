using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>A receiver that stopped reading: it advertises no room (RFC 9293 section 3.8.6.1).</summary>
internal static class ZeroWindow
{
    /// <summary>A window closed for less is a receiver that was busy for a moment.</summary>
    private const long ClosedWindowNs = 300 * Thresholds.Millisecond;

    public static Rule Rule { get; } = new(FindingId.ZeroWindow)
    {
        Judge = Judge,
        Explains = [FindingId.SenderLimited, FindingId.WindowLimited, FindingId.SlowServer, FindingId.SlowClient],
        BestSeen = Beside.Party,
        Excludes = [new(FindingId.PacketLoss, Exclusion.WindowWasClosed), new(FindingId.SlowNetwork, Exclusion.WindowWasClosed)],
    };

    private static Finding? Judge(ConnectionEvidence evidence) => Judge(evidence, Side.Server) ?? Judge(evidence, Side.Client);

    private static Finding? Judge(ConnectionEvidence evidence, Side receiver)
    {
        ReadOnlySpan<TracedSegment> segments = evidence.Segments;
        long sumNs = 0, longestNs = 0;
        int closed = -1, times = 0;
        var packets = new List<long>();
        for (int i = 0; i < segments.Length; i++)
        {
            if (segments[i].From != receiver || (segments[i].Flags & (TcpFlags.Syn | TcpFlags.Rst)) != 0) continue;
            if (segments[i].Window == 0 && closed < 0) closed = i;
            if (segments[i].Window == 0 || closed < 0) continue;
            Add(closed, i, segments);
            closed = -1;
        }

        if (closed >= 0) Add(closed, segments.Length - 1, segments);
        if (longestNs < ClosedWindowNs) return null;
        return new Finding(FindingId.ZeroWindow, receiver == Side.Server ? Party.Server : Party.Client, Severity.Warning)
        {
            Confidence = Confidence.Certain,
            Packets = packets,
            Sender = receiver,
            Facts = [new Fact(FactName.Count, times), new Fact(FactName.LongestNs, longestNs), new Fact(FactName.SumNs, sumNs)],
        };

        void Add(int from, int to, ReadOnlySpan<TracedSegment> all)
        {
            long durationNs = all[to].At - all[from].At;
            times++;
            sumNs += durationNs;
            longestNs = Math.Max(longestNs, durationNs);
            packets.AddRange([all[from].Packet, all[to].Packet]);
        }
    }
}
