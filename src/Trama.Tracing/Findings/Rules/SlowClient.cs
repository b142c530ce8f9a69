using Trama.Tracing.Findings.Evidence;

namespace Trama.Tracing.Findings.Rules;

/// <summary>A client that keeps the server waiting: between its requests, or in the middle of one.</summary>
internal static class SlowClient
{
    public static Finding? Judge(ConnectionEvidence evidence) => JudgePauses(evidence) ?? JudgeDribble(evidence);

    private static Finding? JudgePauses(ConnectionEvidence evidence)
    {
        int pauses = 0, exchanges = 0;
        long sumNs = 0, longestNs = 0;
        var packets = new List<long>();
        for (int i = 1; i < evidence.Turns.Count; i++)
        {
            Turn reply = evidence.Turns[i - 1], request = evidence.Turns[i];
            if (request.From != Side.Client) continue;
            exchanges++;
            long pauseNs = request.FirstAt - reply.LastAt - evidence.Vantage.LegToClientNs;
            if (pauseNs < Thresholds.PauseNs) continue;
            if (pauseNs > Thresholds.RestNs || evidence.WasDisturbed(reply.Last, request.First)) continue;
            pauses++;
            sumNs += pauseNs;
            longestNs = Math.Max(longestNs, pauseNs);
            packets.AddRange([evidence.PacketOf(reply.Last), evidence.PacketOf(request.First)]);
        }

        return pauses < Thresholds.Pauses ? null : Found(FindingKind.Pauses, packets, pauses, exchanges, longestNs, sumNs);
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
            if (turn.Segments < Thresholds.Pieces || turn.Bytes / turn.Segments > Thresholds.PieceBytes) continue;
            if (durationNs < Thresholds.PauseNs || durationNs / (turn.Segments - 1) < Thresholds.PieceGapNs + evidence.RttNs) continue;
            pieces += turn.Segments;
            sumNs += durationNs;
            longestNs = Math.Max(longestNs, durationNs);
            packets.AddRange([evidence.PacketOf(turn.First), evidence.PacketOf(turn.Last)]);
        }

        return pieces == 0 ? null : Found(FindingKind.Dribble, packets, pieces, requests, longestNs, sumNs);
    }

    private static Finding Found(FindingKind kind, List<long> packets, int count, int total, long longestNs, long sumNs) =>
        new(FindingId.SlowClient, Party.Client, Severity.Warning)
        {
            Kind = kind,
            Packets = packets,
            Sender = Side.Client,
            Facts = [new Fact(FactName.Count, count), new Fact(FactName.Total, total), new Fact(FactName.LongestNs, longestNs), new Fact(FactName.SumNs, sumNs)],
        };
}
