using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>A connection that opened only after a SYN or SYN-ACK was sent again (RFC 6298 section 5.7: after a second).</summary>
internal static class SlowToOpen
{
    /// <summary>An answer to the SYN so much later than the path's other round trips was held back.</summary>
    private const long HeldBackNs = 600 * Thresholds.Millisecond;

    public static Rule Rule { get; } = new(FindingId.SlowToOpen)
    {
        Judge = Judge,
        Excludes = [new(FindingId.ConnectionFiltered, Exclusion.OpenedInTheEnd), new(FindingId.SlowNetwork, Exclusion.SynWasRepeated)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        ReadOnlySpan<TracedSegment> segments = evidence.Segments;
        // A SYN-ACK that is repeated after a good handshake, because its acknowledgement is late, costs nothing.
        int last = 0;
        while (last < segments.Length && (segments[last].From != Side.Client || segments[last].Acknowledgement is null)) last++;
        int attempts = evidence.Attempts(Side.Client, last), answers = evidence.Attempts(Side.Server, last);
        if (last == segments.Length || attempts == 0 || answers == 0) return null;
        if (attempts + answers < 3) return LateAnswer(evidence);
        while (last > 0 && (segments[last].Flags & TcpFlags.Syn) == 0) last--;
        long costNs = segments[last].At - segments[0].At;
        if (costNs < Thresholds.SlowReplyNs) return null;
        return new Finding(FindingId.SlowToOpen, Party.Network, Severity.Warning)
        {
            Packets = evidence.PacketsWith(TcpFlags.Syn),
            Sender = attempts > 1 ? Side.Client : Side.Server,
            Facts = [new Fact(FactName.Count, attempts), new Fact(FactName.SumNs, costNs)],
        };
    }

    // One SYN, one SYN-ACK, and a path that is quick as soon as it is open.
    private static Finding? LateAnswer(ConnectionEvidence evidence)
    {
        if (evidence is not { Connection.HandshakeNs: { } tookNs, Vantage.HasBothLegs: true }
            || tookNs - evidence.RttNs < HeldBackNs) return null;
        return new Finding(FindingId.SlowToOpen, Party.Network, Severity.Warning)
        {
            Confidence = Confidence.Possible,
            Kind = FindingKind.LateAnswer,
            Packets = evidence.PacketsWith(TcpFlags.Syn),
            Sender = Side.Server,
            Facts = [new Fact(FactName.RttNs, evidence.RttNs), new Fact(FactName.SumNs, tookNs - evidence.RttNs)],
        };
    }
}
