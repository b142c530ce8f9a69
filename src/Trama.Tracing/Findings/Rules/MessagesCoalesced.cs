using Trama.Packets.Transport;

namespace Trama.Tracing.Findings.Rules;

/// <summary>A server that took several requests in one segment for one: the later ones are never answered.</summary>
internal static class MessagesCoalesced
{
    public static Finding? Judge(ConnectionEvidence evidence)
    {
        List<Lines.LinedTurn> turns = Lines.Read(evidence);
        int ordinary = 0, requests = 0, replies = 0;
        var packets = new List<long>();
        for (int i = 0; i + 1 < turns.Count; i++)
        {
            (Lines.LinedTurn request, Lines.LinedTurn reply) = (turns[i], turns[i + 1]);
            if (request.Turn.From != Side.Client) continue;
            requests += request.Count;
            replies += reply.Count;
            if (request is { Count: 1, IsEnded: true } && reply is { Count: 1, IsEnded: true }) ordinary++;
            if (request is { Count: > 1, IsEnded: true } && reply is { Count: 1, IsEnded: true })
                packets.AddRange([evidence.PacketOf(request.Turn.Last), evidence.PacketOf(reply.Turn.First)]);
        }

        if (packets.Count == 0 || replies >= requests || (ordinary == 0 && !WaitsInVain(evidence))) return null;
        return new Finding(FindingId.MessagesCoalesced, Party.Server, Severity.Error)
        {
            Packets = packets,
            Sender = Side.Server,
            Facts = [new Fact(FactName.Count, replies), new Fact(FactName.Total, requests)],
        };
    }

    // The client is silent for long after the last reply, and closes: it expected more.
    private static bool WaitsInVain(ConnectionEvidence evidence)
    {
        int fin = evidence.FirstWith(Side.Client, TcpFlags.Fin);
        return fin >= 0 && evidence.Turns is [.., { From: Side.Server } last] && evidence.Segments[fin].At - last.LastAt >= Thresholds.WaitedNs;
    }
}
