using Trama.Tracing.Findings.Evidence;

namespace Trama.Tracing.Findings.Rules;

/// <summary>A server that took one part of a request for all of it, and answered each part.</summary>
internal static class MessageSplit
{
    public static Finding? Judge(ConnectionEvidence evidence)
    {
        List<Lines.LinedTurn> turns = Lines.Read(evidence);
        int ordinary = 0, requests = 0, replies = 0;
        FindingKind kind = FindingKind.Plain;
        var packets = new List<long>();
        for (int i = 0; i + 1 < turns.Count; i++)
        {
            (Lines.LinedTurn request, Lines.LinedTurn reply) = (turns[i], turns[i + 1]);
            if (request.Turn.From != Side.Client) continue;
            requests += request.Count;
            replies += reply.Count;
            if (request is { Count: 1, IsEnded: true } && reply is { Count: 1, IsEnded: true })
            {
                ordinary++;
                continue;
            }

            // Answered before its end, or one request and several answers.
            bool early = request is { Count: 0, IsEnded: false } && reply.IsEnded;
            bool several = request is { Count: 1, IsEnded: true } && reply is { Count: > 1, IsEnded: true } && request.Turn.Bytes > Thresholds.SmallestRead;
            if (!early && !several) continue;
            if (kind == FindingKind.Plain) kind = early ? FindingKind.Gap : FindingKind.Large;
            packets.AddRange([evidence.PacketOf(request.Turn.Last), evidence.PacketOf(reply.Turn.First)]);
        }

        if (packets.Count == 0 || replies <= requests || (ordinary == 0 && !RepliesAlike(evidence))) return null;
        return new Finding(FindingId.MessageSplit, Party.Server, Severity.Error)
        {
            Kind = kind,
            Packets = packets,
            Sender = Side.Server,
            Facts = [new Fact(FactName.Count, replies), new Fact(FactName.Total, requests)],
        };
    }

    // Without an ordinary exchange to compare with: the answers begin alike.
    private static bool RepliesAlike(ConnectionEvidence evidence)
    {
        ulong? head = null;
        int count = 0;
        foreach (PayloadGlimpse glimpse in evidence.Glimpses)
        {
            if (evidence.Segments[glimpse.Index].From != Side.Server) continue;
            ulong begins = glimpse.Head >> 32;
            if (head is { } first && first != begins) return false;
            head = begins;
            count++;
        }

        return count > 1;
    }
}
