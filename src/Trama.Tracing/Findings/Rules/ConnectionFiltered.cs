using Trama.Packets.Transport;

namespace Trama.Tracing.Findings.Rules;

/// <summary>SYNs without any answer.</summary>
internal static class ConnectionFiltered
{
    public static Finding? Judge(ConnectionEvidence evidence)
    {
        if (evidence.Connection.State != ConnectionState.Unanswered) return null;
        TracedSegment[] syns = [.. evidence.Segments.Where(s => ConnectionEvidence.Has(s, TcpFlags.Syn))];
        if (syns.Length < 2) return null;
        return new Finding(FindingId.ConnectionFiltered, Party.Network, Severity.Error)
        {
            Packets = [.. syns.Select(s => s.Packet)],
            Sender = Side.Client,
            Facts = [new Fact(FactName.Count, syns.Length), new Fact(FactName.SumNs, syns[^1].At - syns[0].At)],
        };
    }
}
