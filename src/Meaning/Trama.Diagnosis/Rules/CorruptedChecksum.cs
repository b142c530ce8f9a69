using Trama.Diagnosis.Evidence;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>
/// Segments with a wrong checksum that had to be sent again: the receiver threw them away (RFC 9293 section 3.10). A wrong
/// checksum on what was accepted is the capture's, taken before the sending device filled it in.
/// </summary>
internal static class CorruptedChecksum
{
    /// <summary>Where a larger share of a side's checksums is wrong, its device fills them in after the capture.</summary>
    private const double DamagedShare = 0.25;

    public static Rule Rule { get; } = new(FindingId.CorruptedChecksum)
    {
        Judge = Judge,
        Explains = [FindingId.PacketLoss, FindingId.Reordering],
        Excludes = [new(FindingId.PacketLoss, Exclusion.ChecksumIsWrong)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        var packets = new List<long>();
        Side sender = default;
        foreach (StreamEvidence stream in evidence.Streams)
        {
            if (!IsUsuallyRight(evidence, stream.From)) continue;
            foreach (ref readonly Transmission sent in stream.Sent)
            {
                if (sent.As != SentAs.Again || sent.Original < 0) continue;
                int original = stream.Sent[sent.Original].Index;
                if (!evidence.Segments[original].HasWrongChecksum || evidence.Segments[sent.Index].HasWrongChecksum) continue;
                packets.AddRange([evidence.PacketOf(original), evidence.PacketOf(sent.Index)]);
                sender = stream.From;
            }
        }

        if (packets.Count == 0) return null;
        int count = packets.Count / 2;
        packets = [.. packets.Distinct().Order()];
        return new Finding(FindingId.CorruptedChecksum, Party.Network, Severity.Warning)
        {
            Confidence = Confidence.Certain,
            Packets = packets,
            Sender = sender,
            Facts = [new Fact(FactName.Count, count)],
        };
    }

    private static bool IsUsuallyRight(ConnectionEvidence evidence, Side from)
    {
        int segments = 0, wrong = 0;
        foreach (ref readonly TracedSegment segment in evidence.Segments)
        {
            if (segment.From != from) continue;
            segments++;
            if (segment.HasWrongChecksum) wrong++;
        }

        return wrong < segments * DamagedShare;
    }
}
