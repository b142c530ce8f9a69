using Trama.Diagnosis.Evidence;
using Trama.Packets;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>
/// A server that does not accept: SYNs stay unanswered while connections that its kernel completed wait for a reply. Linux drops
/// SYNs when the queue of connections to accept is full.
/// </summary>
internal static class BacklogOverflow
{
    /// <summary>So many repeated SYN-ACKs, each acknowledged in vain: one may have crossed its acknowledgement.</summary>
    private const int Answers = 3;

    public static Rule Rule { get; } = new(FindingId.BacklogOverflow)
    {
        Judge = Judge,
        Explains =
        [
            FindingId.ConnectionFiltered, FindingId.SlowToOpen, FindingId.NoReply, FindingId.SlowServer,
            FindingId.ClosedWithoutReply, FindingId.ResetByClient, FindingId.ResetByServer, FindingId.PeerVanished,
            FindingId.PacketLoss,
        ],
        BestSeen = Beside.Server,
        Excludes = [new(FindingId.ConnectionFiltered, Exclusion.OthersOpened), new(FindingId.ConnectionRefused, Exclusion.NoAnswerCame)],
    };

    // The kernel takes the SYN, and nothing of the client that would complete the handshake: it repeats its SYN-ACK.
    private static Finding? Judge(ConnectionEvidence evidence)
    {
        if (!evidence.IsFirst || evidence.Attempts(Side.Server) < Answers || evidence.Attempts(Side.Client) != 1) return null;
        int answered = 0;
        Timestamp firstAt = default, lastAt = default;
        var packets = new List<long>();
        foreach (ref readonly TracedSegment segment in evidence.Segments)
        {
            bool isSyn = (segment.Flags & TcpFlags.Syn) != 0;
            if (segment.From == Side.Server && isSyn)
            {
                if (packets.Count == 0) firstAt = segment.At;
                lastAt = segment.At;
                packets.Add(segment.Packet);
            }
            else if (segment.From == Side.Client && packets.Count > 0 && segment.Acknowledgement is not null) answered = packets.Count;
        }

        if (answered < Answers - 1) return null;
        bool isOpened = evidence.ToServer.Sent is [{ End: var synEnd }, ..] && evidence.ToServer.Acknowledged > synEnd;
        return new Finding(FindingId.BacklogOverflow, Party.Server, isOpened ? Severity.Warning : Severity.Error)
        {
            Confidence = Confidence.Likely,
            Packets = packets,
            Sender = Side.Server,
            Facts = [new Fact(FactName.Count, 1), new Fact(FactName.Total, 1), new Fact(FactName.LongestNs, lastAt - firstAt)],
        };
    }

    public static (Finding Finding, IEnumerable<long> Connections)? Judge(ServerRecord server)
    {
        Wait[] knocking = [.. server.Knocking.Where(knock =>
            server.Unserved.Any(wait => wait.Connection != knock.Connection && wait.Overlaps(knock)))];
        if (knocking.Length == 0) return null;
        Wait[] unserved = [.. server.Unserved.Where(wait => knocking.Any(knock => knock.Overlaps(wait)))];
        var finding = new Finding(FindingId.BacklogOverflow, Party.Server, Severity.Error)
        {
            Packets = [.. unserved.Concat(knocking).Select(wait => wait.Packet).Order().Take(Thresholds.ProvingPackets)],
            Sender = Side.Server,
            Facts =
            [
                new Fact(FactName.Count, knocking.Length),
                new Fact(FactName.Total, unserved.Length),
                new Fact(FactName.LongestNs, knocking.Concat(unserved).Max(wait => wait.Until - wait.From)),
            ],
        };
        return (finding, knocking.Concat(unserved).Select(wait => wait.Connection).Distinct().Order());
    }
}
