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

    /// <summary>Round trips of a path are alike: so many at least are no longer than the shortest by this factor.</summary>
    private const int AlikeTrips = 3;

    private const double AlikeFactor = 1.25;

    public static Rule Rule { get; } = new(FindingId.SlowNetwork)
    {
        Judge = Judge,
        NeedsAcknowledgements = true,
        Excludes = [new(FindingId.SlowServer, Exclusion.HandshakeTookAsLong), new(FindingId.PacketLoss, Exclusion.SynWasNotRepeated)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        if (evidence.RttNs < SlowRoundTripNs || evidence.Turns.Count < 2) return null;
        if (evidence.Connection.HandshakeNs is null && !IsSteady(evidence)) return null;
        // A SYN sent again makes the handshake longer than the path.
        if (evidence.CountOf(Side.Client, TcpFlags.Syn) > 1 || evidence.CountOf(Side.Server, TcpFlags.Syn) > 1) return null;
        // A later chapter of a long connection, or a capture that began after it, has no SYN.
        IReadOnlyList<long> handshake = evidence.PacketsWith(TcpFlags.Syn);
        return new Finding(FindingId.SlowNetwork, Party.Network, Severity.Warning)
        {
            Confidence = evidence.Connection.HandshakeNs is null ? Confidence.Likely : Confidence.Certain,
            Packets = handshake.Count > 0 ? handshake : [evidence.PacketOf(0)],
            Facts = [new Fact(FactName.RttNs, evidence.RttNs), new Fact(FactName.Count, evidence.Turns.Count / 2)],
        };
    }

    // Without a handshake, acknowledgements tell; one alone may have been late, or the first that the capture did not miss.
    private static bool IsSteady(ConnectionEvidence evidence)
    {
        Side far = evidence.Vantage.LegToServerNs >= evidence.Vantage.LegToClientNs ? Side.Server : Side.Client;
        long leastNs = evidence.Vantage.LegTo(far);
        int alike = 0;
        foreach (ref readonly TracedSegment segment in evidence.Segments)
            if (segment.From == far && segment.RttNs < leastNs * AlikeFactor) alike++;
        return alike >= AlikeTrips;
    }
}
