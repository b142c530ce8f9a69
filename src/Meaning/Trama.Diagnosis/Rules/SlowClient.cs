using Trama.Diagnosis.Evidence;
using Trama.Packets;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>A client that keeps the server waiting: between its requests, or in the middle of one.</summary>
internal static class SlowClient
{
    /// <summary>A client that is silent so long before its next request keeps the server waiting…</summary>
    private const long PauseNs = 600 * Thresholds.Millisecond;

    /// <summary>…and one silent longer than this rests.</summary>
    private const long RestNs = 3000 * Thresholds.Millisecond;

    /// <summary>A client that says nothing for so long after it opened a connection had something else to do.</summary>
    private const long StartNs = 1000 * Thresholds.Millisecond;

    /// <summary>Pauses are a habit from this many on…</summary>
    private const int Pauses = 2;

    /// <summary>…and fewer than this may be somebody at a keyboard…</summary>
    private const int SurePauses = 3;

    /// <summary>…where one exchange in so many at least has one: a client that pauses now and then has something else to do…</summary>
    private const int PausesAmong = 3;

    /// <summary>…and matter when they are so much of the connection's life.</summary>
    private const double PausedShare = 0.5;

    /// <summary>Who asks so often at least…</summary>
    private const int Beats = 4;

    /// <summary>…at intervals that differ no more than by this share asks by the clock: it polls, and nobody waits for it.</summary>
    private const double BeatShare = 0.05;

    /// <summary>A request in so many pieces at least…</summary>
    private const int Pieces = 4;

    /// <summary>…of no more than this on average…</summary>
    private const int PieceBytes = 256;

    /// <summary>…with this and a round trip between them on average is written slowly.</summary>
    private const long PieceGapNs = 40 * Thresholds.Millisecond;

    /// <summary>So large a share of the pieces of a message written slowly have one size.</summary>
    private const double AlikeShare = 0.6;

    public static Rule Rule { get; } = new(FindingId.SlowClient)
    {
        Judge = Judge,
        BestSeen = Beside.Sender,
        Excludes = [new(FindingId.SlowServer, Exclusion.ClientsTurn), new(FindingId.PacketLoss, Exclusion.NothingWasRepeated)],
    };

    // Pauses of a person who types are nobody's fault.
    private static Finding? Judge(ConnectionEvidence evidence) =>
        evidence.Dialogue is { IsTyped: false, IsChat: false, HasStatusLines: false, IsTalk: false } ? JudgePauses(evidence)
            ?? JudgeDribble(evidence) ?? JudgeStart(evidence) : null;

    private static Finding? JudgePauses(ConnectionEvidence evidence)
    {
        int pauses = 0, exchanges = 0, rests = 0;
        long sumNs = 0, longestNs = 0;
        var packets = new List<long>();
        for (int i = 1; i < evidence.Turns.Count; i++)
        {
            Turn reply = evidence.Turns[i - 1], request = evidence.Turns[i];
            if (request.From != Side.Client || request.FirstAt <= evidence.TlsHandshake?.End) continue;
            exchanges++;
            long pauseNs = request.FirstAt - reply.LastAt - evidence.Vantage.LegToClientNs;
            if (pauseNs < PauseNs) continue;
            if (pauseNs > RestNs) rests++;
            if (pauseNs > RestNs || evidence.WasDisturbed(reply.Last, request.First)) continue;
            pauses++;
            sumNs += pauseNs;
            longestNs = Math.Max(longestNs, pauseNs);
            packets.AddRange([evidence.PacketOf(reply.Last), evidence.PacketOf(request.First)]);
        }

        // One that also rests is somebody at a keyboard, or a pool of connections.
        bool isHabit = pauses >= Pauses && rests == 0 && pauses * PausesAmong >= exchanges
            && sumNs > (evidence.Segments[^1].At - evidence.Segments[0].At) * PausedShare;
        if (!isHabit || IsBeat(evidence)) return null;
        Finding found = Found(FindingKind.Pauses, packets, pauses, exchanges, longestNs, sumNs);
        return pauses < SurePauses ? found with { Confidence = Confidence.Possible } : found;
    }

    // A client that opens, and does not say for long what it wants. Browsers open ahead of need: the whole capture shows whether this one
    // had other connections there.
    private static Finding? JudgeStart(ConnectionEvidence evidence)
    {
        if (evidence.Turns is not [{ From: Side.Client } request, { From: Side.Server }, ..] || !evidence.IsFirst) return null;
        if (evidence.Dialogue.DueFor(request) != Due.Protocol || evidence.Connection.HandshakeNs is not { } handshakeNs) return null;
        long pauseNs = request.FirstAt - evidence.Segments[0].At - handshakeNs - evidence.Vantage.LegToClientNs;
        if (pauseNs is < StartNs or > RestNs || evidence.WasDisturbed(0, request.First)) return null;
        Finding found = Found(FindingKind.Start, [evidence.PacketOf(0), evidence.PacketOf(request.First)], 1, 1, pauseNs, pauseNs);
        return found with { Confidence = Confidence.Possible };
    }

    // From request to request.
    private static bool IsBeat(ConnectionEvidence evidence)
    {
        long shortest = long.MaxValue, longest = 0;
        int requests = 0;
        Timestamp before = default;
        foreach (Turn turn in evidence.Turns)
        {
            if (turn.From != Side.Client) continue;
            if (requests++ > 0) (shortest, longest) = (Math.Min(shortest, turn.FirstAt - before), Math.Max(longest, turn.FirstAt - before));
            before = turn.FirstAt;
        }

        return requests > Beats && longest - shortest < longest * BeatShare;
    }

    private static Finding? JudgeDribble(ConnectionEvidence evidence)
    {
        int requests = 0, pieces = 0;
        long sumNs = 0, longestNs = 0;
        var packets = new List<long>();
        foreach (Turn turn in evidence.Turns)
        {
            if (turn.From != Side.Client) continue;
            requests++;
            long durationNs = turn.LastAt - turn.FirstAt;
            if (turn.Segments < Pieces || turn.Bytes / turn.Segments > PieceBytes) continue;
            if (durationNs < PauseNs || durationNs / (turn.Segments - 1) < PieceGapNs + evidence.RttNs) continue;
            if (!IsOneMessage(evidence, turn)) continue;
            pieces += turn.Segments;
            sumNs += durationNs;
            longestNs = Math.Max(longestNs, durationNs);
            packets.AddRange([evidence.PacketOf(turn.First), evidence.PacketOf(turn.Last)]);
        }

        return pieces == 0 ? null : Found(FindingKind.Dribble, packets, pieces, requests, longestNs, sumNs);
    }

    // Pieces of one size, which do not begin alike, and none of which but the last ends a line: not messages of their own.
    private static bool IsOneMessage(ConnectionEvidence evidence, Turn turn)
    {
        int alike = 0, beginAlike = 0, size = evidence.Segments[turn.First].Length;
        uint? head = null;
        foreach (PayloadGlimpse glimpse in evidence.Glimpses)
        {
            if (glimpse.Index < turn.First || glimpse.Index > turn.Last || evidence.Segments[glimpse.Index].From != turn.From) continue;
            if (glimpse.EndsLine && glimpse.Index != turn.Last) return false;
            if (evidence.Segments[glimpse.Index].Length == size) alike++;
            if ((head ??= glimpse.ShortHead) == glimpse.ShortHead) beginAlike++;
        }

        return alike >= turn.Segments * AlikeShare && beginAlike < turn.Segments * AlikeShare;
    }

    private static Finding Found(FindingKind kind, List<long> packets, int count, int total, long longestNs, long sumNs) =>
        new(FindingId.SlowClient, Party.Client, Severity.Warning)
        {
            Kind = kind,
            Packets = packets,
            Sender = Side.Client,
            Facts = [new Fact(FactName.Count, count), new Fact(FactName.Total, total), new Fact(FactName.LongestNs, longestNs),
                new Fact(FactName.SumNs, sumNs)],
        };
}
