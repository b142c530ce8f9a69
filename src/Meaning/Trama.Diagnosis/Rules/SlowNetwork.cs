using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>A path whose round trip alone is long.</summary>
internal static class SlowNetwork
{
    /// <summary>
    /// A round trip from here on is what people feel at every exchange (ITU-T G.114: 150 ms one way is the most for a
    /// conversation).
    /// </summary>
    private const long SlowRoundTripNs = 240 * Thresholds.Millisecond;

    public static Rule Rule { get; } = new(FindingId.SlowNetwork)
    {
        Judge = Judge,
        Excludes = [new(FindingId.SlowServer, Exclusion.HandshakeTookAsLong), new(FindingId.PacketLoss, Exclusion.SynWasNotRepeated)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        if (evidence.RttNs < SlowRoundTripNs || evidence.Turns.Count < 2) return null;
        // A SYN sent again makes the handshake longer than the path.
        if (evidence.CountOf(Side.Client, TcpFlags.Syn) > 1 || evidence.CountOf(Side.Server, TcpFlags.Syn) > 1) return null;
        return new Finding(FindingId.SlowNetwork, Party.Network, Severity.Warning)
        {
            Confidence = Confidence.Certain,
            // A later chapter of a long connection, or a capture that began after it, has no SYN.
            Packets = evidence.PacketsWith(TcpFlags.Syn) is [_, ..] handshake ? handshake : [evidence.PacketOf(0)],
            Facts = [new Fact(FactName.RttNs, evidence.RttNs), new Fact(FactName.Count, evidence.Turns.Count / 2)],
        };
    }
}
