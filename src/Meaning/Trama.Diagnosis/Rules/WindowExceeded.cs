using Trama.Diagnosis.Evidence;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>Segments that go beyond every window that was offered: the receiver throws them away (RFC 9293 section 3.10.7.4).</summary>
internal static class WindowExceeded
{
    /// <summary>A probe of a closed window goes beyond it by a byte, and is allowed (RFC 9293 section 3.8.6.1).</summary>
    private const int ProbeBytes = 1;

    public static Rule Rule { get; } = new(FindingId.WindowExceeded)
    {
        Judge = Judge,
        Explains = [FindingId.MtuBlackHole, FindingId.PacketLoss, FindingId.SpuriousRetransmission, FindingId.RateLimited],
        BestSeen = Beside.Sender,
        Excludes = [new(FindingId.PacketLoss, Exclusion.BeyondEveryWindow)],
    };

    private static Finding? Judge(ConnectionEvidence evidence) => Judge(evidence, evidence.ToServer) ?? Judge(evidence, evidence.ToClient);

    private static Finding? Judge(ConnectionEvidence evidence, StreamEvidence stream)
    {
        // Without the options of both SYNs, or with acknowledgements that the capture missed, or has none of, the edge is unknown.
        if (!(stream.Acknowledged > 1) || !evidence.IsFirst || !evidence.Connection.ToServer.WindowsAreKnown
            || !evidence.Connection.ToClient.WindowsAreKnown) return null;
        if (evidence.Connection.Stream(1 - stream.From).AcksOfUnseen > 0
            || evidence.Connection.Stream(1 - stream.From).Gaps > 0) return null;
        long edge = 0, acknowledged = 0, beyond = 0, window = 0;
        var packets = new List<long>();
        int place = 0;
        ReadOnlySpan<TracedSegment> segments = evidence.Segments;
        ReadOnlySpan<Transmission> sent = stream.Sent;
        for (int i = 0; i < segments.Length; i++)
        {
            ref readonly TracedSegment segment = ref segments[i];
            if (segment.From != stream.From && segment.Acknowledgement is { } acknowledgement && (segment.Flags & TcpFlags.Rst) == 0)
            {
                acknowledged += (int)(acknowledgement - (uint)acknowledged);
                if (acknowledged + segment.Window > edge) (edge, window) = (acknowledged + segment.Window, segment.Window);
            }

            for (; place < sent.Length && sent[place].Index <= i; place++)
            {
                long over = sent[place].End - edge;
                if (edge == 0 || segment.Length == 0 || over <= ProbeBytes || WasTaken(stream, place)) continue;
                beyond = Math.Max(beyond, over);
                packets.Add(segment.Packet);
            }
        }

        if (packets.Count == 0) return null;
        return new Finding(FindingId.WindowExceeded, stream.From == Side.Client ? Party.Client : Party.Server, Severity.Warning)
        {
            Packets = packets,
            Sender = stream.From,
            Facts = [new Fact(FactName.Count, packets.Count), new Fact(FactName.LostBytes, beyond), new Fact(FactName.WindowBytes, window)],
        };
    }

    // What is acknowledged and was sent once lay within a window, which the capture shows too late.
    private static bool WasTaken(StreamEvidence stream, int place)
    {
        if (stream.Sent[place].End > stream.Acknowledged) return false;
        for (int later = place + 1; later < stream.Sent.Length; later++)
            if (stream.Sent[later].Start < stream.Sent[place].End) return false;
        return true;
    }
}
