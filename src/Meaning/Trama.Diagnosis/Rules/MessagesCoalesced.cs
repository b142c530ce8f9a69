using Trama.Diagnosis.Evidence;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>A server that took several requests in one segment for one: the later ones are never answered.</summary>
internal static class MessagesCoalesced
{
    public static Rule Rule { get; } = new(FindingId.MessagesCoalesced)
    {
        Judge = Judge,
        Explains = [FindingId.NoReply, FindingId.SlowClient, FindingId.SlowServer],
        BestSeen = Beside.Server,
        Excludes = [new(FindingId.NoReply, Exclusion.OneAnswerForSeveral)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        List<LinedTurn> turns = Lines.Read(evidence);
        if (turns is not [.., { Turn.From: Side.Client } request, { Turn.From: Side.Server, Count: 1, IsEnded: true } reply]) return null;
        if (!WaitsInVain(evidence, reply.Turn)) return null;
        int exchanges = turns.Count / 2, ordinary = Lines.Ordinary(turns);
        // Where the capture has only the beginning of the request: it is longer than any that came alone.
        bool isLonger = !request.IsWhole && turns.TrueForAll(t => t.Turn.From == Side.Server || t == request
            || t.Turn.Bytes * 3 < request.Turn.Bytes * 2);
        if (request.Count < 2 && !isLonger) return null;
        if (ordinary < exchanges - 1 || (exchanges == 1 && request.Count < 2)) return null;
        return new Finding(FindingId.MessagesCoalesced, Party.Server, Severity.Error)
        {
            Packets = [evidence.PacketOf(request.Turn.Last), evidence.PacketOf(reply.Turn.First)],
            Sender = Side.Server,
            Facts = request.Count > 1 ? [new Fact(FactName.Count, 1), new Fact(FactName.Total, request.Count)]
                : [new Fact(FactName.Bytes, request.Turn.Bytes)],
        };
    }

    // The client is silent for long after the last reply, and closes: it expected more.
    private static bool WaitsInVain(ConnectionEvidence evidence, Turn last)
    {
        int end = evidence.FirstWith(Side.Client, TcpFlags.Fin | TcpFlags.Rst);
        if (end < 0) end = evidence.Segments.Length - 1;
        return evidence.Segments[end].At - last.LastAt >= Thresholds.WaitedNs;
    }
}
