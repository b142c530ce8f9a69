using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>A path whose round trip alone is long.</summary>
internal static class SlowNetwork
{
    public static Finding? Judge(ConnectionEvidence evidence)
    {
        if (evidence.RttNs < Thresholds.SlowRoundTripNs || evidence.Turns.Count < 2) return null;
        // A SYN sent again makes the handshake longer than the path.
        if (evidence.CountOf(Side.Client, TcpFlags.Syn) > 1 || evidence.CountOf(Side.Server, TcpFlags.Syn) > 1) return null;
        return new Finding(FindingId.SlowNetwork, Party.Network, Severity.Warning)
        {
            Packets = evidence.PacketsWith(TcpFlags.Syn),
            Facts = [new Fact(FactName.RttNs, evidence.RttNs), new Fact(FactName.Count, evidence.Turns.Count / 2)],
        };
    }
}
