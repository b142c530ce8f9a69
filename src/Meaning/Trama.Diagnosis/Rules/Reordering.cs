using Trama.Diagnosis.Evidence;

namespace Trama.Diagnosis.Rules;

/// <summary>Segments that overtook each other on the path.</summary>
internal static class Reordering
{
    /// <summary>
    /// One segment that is overtaken costs nothing (RFC 5681 section 3.2: three duplicate acknowledgements make a
    /// retransmission); from this many on it is the path's habit.
    /// </summary>
    private const int Overtakings = 2;

    public static Rule Rule { get; } = new(FindingId.Reordering)
    {
        Judge = Judge,
        Explains = [FindingId.SpuriousRetransmission],
        Excludes = [new(FindingId.PacketLoss, Exclusion.SentBefore)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        var packets = new List<long>();
        int late = 0, beyond = 0;
        foreach (StreamEvidence stream in evidence.Streams)
        {
            foreach (ref readonly Transmission sent in stream.Sent)
            {
                if (sent.As != SentAs.Late) continue;
                late++;
                packets.Add(evidence.PacketOf(sent.Index));
            }

            beyond += stream.OvertakenBeyond.Count;
            foreach (int index in stream.OvertakenBeyond) packets.Add(evidence.PacketOf(index));
        }

        if (late + beyond == 0) return null;
        packets.Sort();
        return new Finding(FindingId.Reordering, Party.Network, late + beyond < Overtakings ? Severity.Info : Severity.Warning)
        {
            Kind = late == 0 ? FindingKind.Indirect : FindingKind.Plain,
            Packets = packets,
            Facts = [new Fact(FactName.Count, late + beyond),
                new Fact(FactName.Total, evidence.ToServer.Sent.Length + evidence.ToClient.Sent.Length)],
        };
    }
}
