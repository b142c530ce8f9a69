using Trama.Tracing.Findings.Evidence;

namespace Trama.Tracing.Findings.Rules;

/// <summary>Packets that the network delivered twice.</summary>
internal static class Duplication
{
    public static Finding? Judge(ConnectionEvidence evidence)
    {
        var packets = new List<long>();
        int copies = 0, beyond = 0;
        foreach (StreamEvidence stream in evidence.Streams)
        {
            foreach (ref readonly Transmission sent in stream.Sent)
            {
                if (sent.As != SentAs.Copy) continue;
                copies++;
                packets.Add(evidence.PacketOf(sent.Index));
            }

            beyond += stream.CopiesBeyond.Count;
            foreach (int index in stream.CopiesBeyond) packets.Add(evidence.PacketOf(index));
        }

        if (copies + beyond < Thresholds.Copies) return null;
        packets.Sort();
        return new Finding(FindingId.Duplication, Party.Network, Severity.Warning)
        {
            Kind = copies == 0 ? FindingKind.Indirect : FindingKind.Plain,
            Packets = packets,
            Facts = [new Fact(FactName.Count, copies + beyond), new Fact(FactName.Total, evidence.ToServer.Sent.Length + evidence.ToClient.Sent.Length)],
        };
    }
}
