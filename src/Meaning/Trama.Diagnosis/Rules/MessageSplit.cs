using Trama.Diagnosis.Evidence;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>A server that took one part of a request for all of it, and answered each part.</summary>
internal static class MessageSplit
{
    /// <summary>Programs read no less at a time.</summary>
    private const int SmallestRead = 128;

    /// <summary>Programs that read a fixed size read no more than this.</summary>
    private const int LargestRead = 65_536;

    public static Rule Rule { get; } = new(FindingId.MessageSplit)
    {
        Judge = Judge,
        Explains = [FindingId.SlowClient, FindingId.SlowServer, FindingId.NagleDelayedAck],
        BestSeen = Beside.Server,
        Excludes = [new(FindingId.SlowServer, Exclusion.MoreAnswersThanQuestions)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        List<LinedTurn> turns = Lines.Read(evidence);
        int split = 0, surplus = 0;
        FindingKind kind = FindingKind.Plain;
        var packets = new List<long>();
        for (int i = 0; i + 1 < turns.Count; i++)
        {
            (LinedTurn request, LinedTurn reply) = (turns[i], turns[i + 1]);
            if (request.Turn.From != Side.Client) continue;
            bool early = IsAnsweredEarly(turns, i), often = IsAnsweredOften(evidence, turns, request, reply);
            if (!early && !often) continue;
            if (kind == FindingKind.Plain) kind = early ? FindingKind.Gap : FindingKind.Large;
            split++;
            surplus += early ? 1 : reply.Count - 1;
            packets.AddRange([evidence.PacketOf(request.Turn.Last), evidence.PacketOf(reply.Turn.First)]);
        }

        if (split == 0 || (Lines.Ordinary(turns) < split && !RepliesAlike(evidence))) return null;
        return new Finding(FindingId.MessageSplit, Party.Server, Severity.Error)
        {
            Kind = kind,
            Packets = packets,
            Sender = Side.Server,
            Facts = [new Fact(FactName.Count, split + surplus), new Fact(FactName.Total, split)],
        };
    }

    // A line that is answered before its end, which follows, and is answered too.
    private static bool IsAnsweredEarly(List<LinedTurn> turns, int i) =>
        i + 3 < turns.Count && turns[i] is { IsWhole: true, Count: 0, IsEnded: false }
        && turns[i + 1] is { Count: 1, IsEnded: true } && turns[i + 2] is { Count: 1, IsEnded: true }
            && turns[i + 3] is { Count: 1, IsEnded: true };

    // One line, too long for one read, and several answers.
    private static bool IsAnsweredOften(ConnectionEvidence evidence, List<LinedTurn> turns, in LinedTurn request, in LinedTurn reply)
    {
        if (reply is not { Count: > 1, IsEnded: true, IsWhole: true } || request.Turn.Bytes < SmallestRead) return false;
        if (request.IsWhole)
        {
            // No read is so short that there would be more answers.
            bool mayBeReads = reply.Count <= (request.Turn.Bytes + SmallestRead - 1) / SmallestRead;
            return mayBeReads && request is { Count: 1, IsEnded: true } && reply.Turn.Segments > 1;
        }

        // Where the capture has only its beginning: it takes as many reads of some usual size as there are answers, and no other does.
        for (int read = SmallestRead; read <= LargestRead; read *= 2)
        {
            if ((request.Turn.Bytes + read - 1) / read != reply.Count) continue;
            long bytes = request.Turn.Bytes;
            return reply.Turn.Segments > 1 && evidence.Segments[request.Turn.First].Length == Math.Min(bytes, evidence.FullSize)
                && turns.TrueForAll(t => t.Turn.From == Side.Server || t.Turn.Bytes == bytes || t.Turn.Bytes <= read);
        }

        return false;
    }

    // Without an ordinary exchange to compare with: the answers begin alike.
    private static bool RepliesAlike(ConnectionEvidence evidence)
    {
        uint? head = null;
        int count = 0;
        foreach (PayloadGlimpse glimpse in evidence.Glimpses)
        {
            if (evidence.Segments[glimpse.Index].From != Side.Server) continue;
            if (head is { } first && first != glimpse.Head) return false;
            head = glimpse.Head;
            count++;
        }

        return count > 1;
    }
}
