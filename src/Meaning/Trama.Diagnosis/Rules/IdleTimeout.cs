using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>
/// A connection that was silent for minutes, and then reset, or whose next segment was answered with RST or swallowed: a side, or a
/// device that keeps track of connections, had given it up.
/// </summary>
internal static class IdleTimeout
{
    /// <summary>The shortest idle limit of devices and balancers in use is a minute; timers are seen a little early.</summary>
    private const long ShortestLimitNs = 55_000 * Thresholds.Millisecond;

    /// <summary>Clients that reset after less close what they need no more.</summary>
    private const long ClientLimitNs = 290_000 * Thresholds.Millisecond;

    /// <summary>An answer to what ended the silence comes within this.</summary>
    private const long AnswerNs = 2000 * Thresholds.Millisecond;

    /// <summary>What is sent again so often after a silence is swallowed.</summary>
    private const int Unanswered = 2;

    public static Rule Rule { get; } = new(FindingId.IdleTimeout)
    {
        Judge = Judge,
        Explains =
        [
            FindingId.ResetByServer, FindingId.ResetByClient, FindingId.MiddleboxReset, FindingId.ResetOnUnreadData, FindingId.PeerVanished,
            FindingId.PacketLoss, FindingId.NoReply, FindingId.ClosedWithoutReply, FindingId.MtuBlackHole,
        ],
        NeedsOneSideOnly = true,
        BestSeen = Beside.Sender,
        Excludes = [new(FindingId.ResetByServer, Exclusion.SilenceWasLong), new(FindingId.PeerVanished, Exclusion.SilenceWasLong)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        if (!evidence.IsLast || LastSilence(evidence) is not (> 0 and var wake)) return null;
        long idleNs = evidence.Segments[wake].At - evidence.Segments[wake - 1].At;
        // Where one side is not seen, a timer that runs out again and again shows what it did not say.
        if (evidence.IsOneSided)
            return PeerVanished.BacksOff(evidence, evidence.Stream(evidence.Segments[wake].From))
                ? Swallowed(evidence, wake, idleNs) : null;
        return Reset(evidence, wake, idleNs) ?? Swallowed(evidence, wake, idleNs);
    }

    // The place of the segment that ended the last long silence of a connection that was open; -1 without one.
    private static int LastSilence(ConnectionEvidence evidence)
    {
        for (int i = evidence.Segments.Length - 1; i > 0; i--)
        {
            if (evidence.Segments[i].At - evidence.Segments[i - 1].At < ShortestLimitNs) continue;
            bool wasClosed = false;
            for (int before = 0; before < i; before++) wasClosed |= (evidence.Segments[before].Flags & (TcpFlags.Fin | TcpFlags.Rst)) != 0;
            return wasClosed ? -1 : i;
        }

        return -1;
    }

    private static Finding? Reset(ConnectionEvidence evidence, int wake, long idleNs)
    {
        ReadOnlySpan<TracedSegment> segments = evidence.Segments;
        int reset = wake;
        while (reset < segments.Length && (segments[reset].Flags & TcpFlags.Rst) == 0)
        {
            // Whoever still knows the connection acknowledges.
            if (segments[reset].From != segments[wake].From) return null;
            reset++;
        }

        if (reset == segments.Length || segments[reset].At - segments[wake].At > AnswerNs) return null;
        Side by = segments[reset].From;
        bool isAnswer = reset > wake;
        if (isAnswer && by == segments[wake].From) return null;
        if (!isAnswer && by == Side.Client && idleNs < ClientLimitNs) return null;
        Party party = IsForeign(evidence, reset) ? Party.Network : by == Side.Client ? Party.Client : Party.Server;
        return Found(evidence, isAnswer ? FindingKind.Forgotten : FindingKind.Idle, party, by, idleNs, [wake - 1, wake, reset], isAnswer);
    }

    // Another TTL than that of the side whose address it bears.
    private static bool IsForeign(ConnectionEvidence evidence, int reset)
    {
        bool any = false;
        for (int i = 0; i < reset; i++)
        {
            if (evidence.Segments[i].From != evidence.Segments[reset].From) continue;
            if (evidence.Segments[i].TimeToLive == evidence.Segments[reset].TimeToLive) return false;
            any = true;
        }

        return any;
    }

    private static Finding? Swallowed(ConnectionEvidence evidence, int wake, long idleNs)
    {
        ReadOnlySpan<TracedSegment> segments = evidence.Segments;
        Side from = segments[wake].From;
        int again = 0;
        if (segments[wake].Length == 0 || (segments[wake].Marks & SegmentMarks.KeepAlive) != 0) return null;
        for (int i = wake + 1; i < segments.Length; i++)
        {
            if (segments[i].From != from) return null;
            if (segments[i].Sequence == segments[wake].Sequence && segments[i].Length > 0) again++;
        }

        return again < Unanswered ? null : Found(evidence, FindingKind.Swallowed, Party.Network, from, idleNs,
            [wake - 1, wake, segments.Length - 1], true);
    }

    private static Finding Found(ConnectionEvidence evidence, FindingKind kind, Party party, Side sender, long idleNs, int[] proof,
        bool lostData) =>
        new(FindingId.IdleTimeout, party, lostData ? Severity.Error : Severity.Warning)
        {
            Kind = kind,
            Packets = [.. proof.Distinct().Select(evidence.PacketOf)],
            Sender = sender,
            Facts = [new Fact(FactName.IdleNs, idleNs)],
        };
}
