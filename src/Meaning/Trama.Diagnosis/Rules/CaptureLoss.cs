using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>
/// Segments that arrived, as their acknowledgements prove, and that the capture does not have; or a capture without bare acknowledgements.
/// </summary>
internal static class CaptureLoss
{
    public static Rule Rule { get; } = new(FindingId.CaptureLoss)
    {
        Judge = Judge,
        Excludes = [new(FindingId.PacketLoss, Exclusion.WasAcknowledged)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        var packets = new List<long>();
        foreach (ref readonly TracedSegment segment in evidence.Segments)
            if ((segment.Marks & SegmentMarks.AckOfUnseen) != 0 && packets.Count < Thresholds.ProvingPackets) packets.Add(segment.Packet);
        if (packets.Count == 0 && evidence.IsFiltered) return new Finding(FindingId.CaptureLoss, Party.None, Severity.Info)
        { Confidence = Confidence.Certain, Kind = FindingKind.Filtered, Packets = [evidence.PacketOf(0)] };
        if (packets.Count == 0) return null;
        return new Finding(FindingId.CaptureLoss, Party.None, Severity.Info)
        { Confidence = Confidence.Certain, Packets = packets, Facts = [new Fact(FactName.Count, packets.Count)] };
    }
}
