using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>
/// A SYN on addresses and ports on which the server still has a connection: it answers with an acknowledgement of that one
/// (RFC 9293 section 3.10.7.4, RFC 5961 section 4), which the client, who knows nothing of it, resets.
/// </summary>
internal static class ConnectionCollision
{
    public static Rule Rule { get; } = new(FindingId.ConnectionCollision)
    {
        Judge = Judge,
        Explains =
        [
            FindingId.SlowToOpen, FindingId.ConnectionFiltered, FindingId.ResetByClient, FindingId.ResetByServer, FindingId.MiddleboxReset,
            FindingId.EphemeralPortReuse, FindingId.SpuriousRetransmission, FindingId.CaptureLoss,
        ],
        BestSeen = Beside.Server,
        Excludes = [new(FindingId.SlowToOpen, Exclusion.OtherWasAcknowledged), new(FindingId.PacketLoss, Exclusion.OtherWasAcknowledged)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        ReadOnlySpan<TracedSegment> segments = evidence.Segments;
        if (!evidence.IsFirst || segments.Length < 2 || !evidence.Connection.ToServer.Syn) return null;
        int syn = -1;
        for (int i = 0; i < segments.Length; i++)
        {
            bool isSyn = (segments[i].Flags & TcpFlags.Syn) != 0;
            if (segments[i].From == Side.Client && isSyn) syn = i;
            // The capture missed the acknowledgement; the client says with which number it came (RFC 9293 section 3.10.7.3).
            if (syn >= 0 && IsRejection(segments[syn], segments[i]) && IsRejected(segments[(i + 1)..]))
                return Found(evidence, syn, i, Confidence.Likely);
            if (segments[i].From != Side.Server) continue;
            if (syn < 0 || isSyn || (segments[i].Flags & TcpFlags.Rst) != 0) return null;
            // An acknowledgement, and not of this SYN.
            if (segments[i].Acknowledgement is not { } other || other == segments[syn].Sequence + 1 || segments[i].Length > 0) return null;
            return IsRejected(segments[(i + 1)..]) ? Found(evidence, syn, i, Confidence.Certain) : null;
        }

        return null;
    }

    private static Finding Found(ConnectionEvidence evidence, int syn, int answer, Confidence confidence) =>
        new(FindingId.ConnectionCollision, Party.Network, Severity.Error)
        {
            Confidence = confidence,
            Packets = [evidence.PacketOf(syn), evidence.PacketOf(answer)],
            Sender = Side.Client,
            Facts = [new Fact(FactName.Count, evidence.Attempts(Side.Client)), new Fact(FactName.SumNs, OpenedAfter(evidence, syn))],
        };

    // Without an acknowledgement, and with another number than that of one that answers the SYN.
    private static bool IsRejection(in TracedSegment syn, in TracedSegment rst) => rst.From == Side.Client
        && (rst.Flags & (TcpFlags.Rst | TcpFlags.Ack)) == TcpFlags.Rst && rst.Sequence - syn.Sequence > 1;

    // The client knows nothing of what is acknowledged: it resets that, or tries again.
    private static bool IsRejected(ReadOnlySpan<TracedSegment> after)
    {
        foreach (ref readonly TracedSegment segment in after)
            if (segment.From == Side.Client) return (segment.Flags & (TcpFlags.Rst | TcpFlags.Syn)) != 0;
        return false;
    }

    // Until a SYN was taken, or to the end.
    private static long OpenedAfter(ConnectionEvidence evidence, int syn)
    {
        int answer = evidence.FirstWith(Side.Server, TcpFlags.Syn);
        return evidence.Segments[answer >= 0 ? answer : evidence.Segments.Length - 1].At - evidence.Segments[syn].At;
    }
}
