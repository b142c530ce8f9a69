using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>
/// A server that closes a connection because it is idle, while the client's next request is on its way: the two cross, and the
/// request is answered with RST, or by nobody.
/// </summary>
internal static class IdleCloseRace
{
    /// <summary>Idle limits of servers in use begin here.</summary>
    private const long ShortestLimitNs = 1000 * Thresholds.Millisecond;

    public static Rule Rule { get; } = new(FindingId.IdleCloseRace)
    {
        Judge = Judge,
        Explains =
        [
            FindingId.ResetByServer, FindingId.ResetByClient, FindingId.ResetOnUnreadData, FindingId.ClosedWithoutReply, FindingId.NoReply,
            FindingId.IdleTimeout,
            FindingId.HalfClose, FindingId.SimultaneousClose, FindingId.PacketLoss, FindingId.MiddleboxReset, FindingId.PeerVanished,
        ],
        BestSeen = Beside.Server,
        Excludes = [new(FindingId.ClosedWithoutReply, Exclusion.NeitherKnew), new(FindingId.ResetByServer, Exclusion.NeitherKnew)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        // After a reply, a request that nothing of the server follows.
        if (evidence.Turns is not [.., { From: Side.Server } reply, { From: Side.Client } request]) return null;
        int close = evidence.FirstWith(Side.Server, TcpFlags.Fin | TcpFlags.Rst);
        if (close < 0 || evidence.Dialogue.IsFarewell(request) || evidence.IsAnsweredElsewhere(request)) return null;
        TracedSegment closing = evidence.Segments[close], first = evidence.Segments[request.First];
        if (closing.At - reply.LastAt < ShortestLimitNs || first.At - reply.LastAt < ShortestLimitNs) return null;
        bool isFin = (closing.Flags & TcpFlags.Fin) != 0;
        // Neither knew of the other: the close does not acknowledge the request, nor the request the close.
        if (isFin ? closing.Acknowledgement is not { } up || up > request.Start : close > request.First) return null;
        int reset = LastReset(evidence);
        // A kernel may have taken the close a moment before its program, which did not know yet, wrote: the server's is gone then.
        bool isKnown = isFin && first.Acknowledgement is { } known && known > closing.Sequence + (uint)closing.Length;
        if (isKnown && (reset < request.First || evidence.HasPayloadAfter(Side.Server, close))) return null;
        // Later than a round trip after the close, the client had been told, and did not look.
        bool isLater = Math.Abs(closing.At - first.At) > evidence.RttNs + Thresholds.TimerFloorNs, isStale = isKnown && isLater;
        if (isLater && !isKnown) return null;
        return new Finding(FindingId.IdleCloseRace, isStale ? Party.Client : Party.Server, Severity.Error)
        {
            Confidence = isStale || (reset >= 0 && !isKnown) ? Confidence.Certain : Confidence.Likely,
            Kind = isStale ? FindingKind.Stale : FindingKind.Plain,
            Packets = [.. new[] { close, request.First, reset }.Where(i => i >= 0).Select(evidence.PacketOf).Distinct().Order()],
            Sender = Side.Server,
            Facts = [new Fact(FactName.IdleNs, closing.At - reply.LastAt), new Fact(FactName.Bytes, request.Bytes)],
        };
    }

    private static int LastReset(ConnectionEvidence evidence)
    {
        int last = evidence.Segments.Length - 1;
        while (last >= 0 && (evidence.Segments[last].From != Side.Server || (evidence.Segments[last].Flags & TcpFlags.Rst) == 0)) last--;
        return last;
    }
}
