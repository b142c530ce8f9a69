using Trama.Diagnosis.Evidence;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>Full-size segments of one direction never arrive, small ones do (RFC 2923 section 2.1).</summary>
internal static class MtuBlackHole
{
    public static Rule Rule { get; } = new(FindingId.MtuBlackHole)
    {
        Judge = Judge,
        NeedsAcknowledgements = true,
        Explains =
        [
            FindingId.PeerVanished, FindingId.PacketLoss, FindingId.NoReply, FindingId.ResetByClient, FindingId.ResetByServer,
            FindingId.SlowServer, FindingId.SlowClient, FindingId.ClosedWithoutReply, FindingId.Reordering,
        ],
        BestSeen = Beside.Sender,
        Excludes = [new(FindingId.PacketLoss, Exclusion.SmallOnesPass), new(FindingId.PeerVanished, Exclusion.SmallOnesPass)],
    };

    private static Finding? Judge(ConnectionEvidence evidence) => !evidence.IsLast ? null
        : JudgeSender(evidence, evidence.ToServer) ?? JudgeSender(evidence, evidence.ToClient)
        ?? JudgeReceiver(evidence, evidence.ToServer) ?? JudgeReceiver(evidence, evidence.ToClient);

    // Before the hole: the segments are seen, sent again, and never acknowledged.
    private static Finding? JudgeSender(ConnectionEvidence evidence, StreamEvidence stream)
    {
        long acknowledged = stream.Acknowledged ?? 0;
        int attempts = 0, size = 0, passed = 0, first = -1;
        foreach (ref readonly Transmission sent in stream.Sent)
        {
            if (sent.End <= acknowledged || evidence.Segments[sent.Index].Length < Thresholds.FullSizeBytes) continue;
            first = sent.Index;
            break;
        }

        var packets = new List<long>();
        foreach (ref readonly Transmission sent in stream.Sent)
        {
            int length = evidence.Segments[sent.Index].Length;
            if (sent.End <= acknowledged) passed = Math.Max(passed, length);
            else if (sent.As == SentAs.Again && sent.Start <= acknowledged)
            {
                attempts++;
                size = length;
                packets.Add(evidence.PacketOf(sent.Index));
            }
        }

        if (attempts < 2 || size < Thresholds.FullSizeBytes || passed >= size) return null;
        // A peer that is silent altogether has vanished, unless it had never had anything to say.
        bool isBeginning = passed == 0 && evidence.Connection.ToServer.Syn;
        if (!isBeginning && !IsHeardAfter(evidence, 1 - stream.From, first)) return null;
        return new Finding(FindingId.MtuBlackHole, Party.Network, Severity.Error)
        {
            Packets = packets,
            Sender = stream.From,
            Facts = [new Fact(FactName.Count, attempts), new Fact(FactName.LostBytes, size), new Fact(FactName.Bytes, passed)],
        };
    }

    private static bool IsHeardAfter(ConnectionEvidence evidence, Side peer, int index)
    {
        int last = evidence.LastFrom(peer);
        return last > index && evidence.Segments[last].At - evidence.Segments[index].At > evidence.RttNs * Thresholds.SoonShare;
    }

    // Beyond the hole: full-size segments are missing and never come, though smaller ones do.
    private static Finding? JudgeReceiver(ConnectionEvidence evidence, StreamEvidence stream)
    {
        long missing = 0, largest = 0, full = evidence.FullSize;
        int opener = -1;
        foreach (Hole hole in stream.Holes)
        {
            // What was acknowledged arrived; only the capture lacks it.
            if (stream.Acknowledged > hole.Start) continue;
            missing += hole.End - hole.Start;
            opener = hole.Opener;
        }

        if (stream.Announced > stream.Next && !(stream.Acknowledged > stream.Next))
        {
            missing += stream.Announced - stream.Next;
            opener = stream.Announcer;
        }

        // What is missing for less than a timer takes may be late, and the capture over before it came.
        int before = opener - 1;
        while (before >= 0 && evidence.Segments[before].From != stream.From) before--;
        long missingNs = evidence.Segments[^1].At - evidence.Segments[Math.Max(before, 0)].At;
        if (opener < 0 || missingNs < Thresholds.TimerFloorNs + evidence.RttNs) return null;
        foreach (ref readonly Transmission sent in stream.Sent) largest = Math.Max(largest, evidence.Segments[sent.Index].Length);
        // Full-size segments and the rest of the message: all larger than what came.
        if (missing < full || missing > evidence.LargestWindow(1 - stream.From) || largest >= full * Thresholds.SoonShare
            || (missing % full is > 0 and var rest && rest <= largest)) return null;
        return new Finding(FindingId.MtuBlackHole, Party.Network, Severity.Error)
        {
            Kind = FindingKind.Indirect,
            Packets = [evidence.PacketOf(opener)],
            Sender = stream.From,
            Facts = [new Fact(FactName.LostBytes, missing), new Fact(FactName.Bytes, largest)],
        };
    }
}
