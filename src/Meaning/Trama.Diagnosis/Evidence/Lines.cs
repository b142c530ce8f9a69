using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>Reads a conversation in lines: a line is asked, a line is answered.</summary>
internal static class Lines
{
    /// <summary>The turns from the first of the client on; empty when the server's are not in lines.</summary>
    public static List<LinedTurn> Read(ConnectionEvidence evidence)
    {
        var lined = new List<LinedTurn>();
        // Where the capture missed some, lines and turns are not what they were.
        if (evidence.ToServer.IsPartial || evidence.ToClient.IsPartial) return lined;
        int glimpse = 0;
        foreach (Turn turn in evidence.Turns)
        {
            int count = 0;
            bool isEnded = false, isWhole = true;
            for (; glimpse < evidence.Glimpses.Count && evidence.Glimpses[glimpse].Index <= turn.Last; glimpse++)
            {
                PayloadGlimpse seen = evidence.Glimpses[glimpse];
                count += seen.Lines;
                (isEnded, isWhole) = (seen.EndsLine && seen.IsWhole, isWhole && seen.IsWhole);
            }

            if (lined.Count == 0 && turn.From == Side.Server) continue;
            lined.Add(new LinedTurn(turn, count, isEnded, isWhole));
            if (turn.From == Side.Server && !isEnded) return [];
        }

        bool areAnswered = lined.Exists(lined => lined.Turn.From == Side.Server);
        return areAnswered && glimpse == evidence.Glimpses.Count && !evidence.Dialogue.HasStatusLines ? lined : [];
    }

    /// <summary>How often one line was answered by one line; what of a request the capture cut off counts as no further line.</summary>
    public static int Ordinary(List<LinedTurn> turns)
    {
        int ordinary = 0;
        for (int i = 0; i + 1 < turns.Count; i++)
        {
            bool isRequest = turns[i].Turn.From == Side.Client && (turns[i] is { Count: 1, IsEnded: true } or { IsWhole: false, Count: 0 });
            if (isRequest && turns[i + 1] is { Turn.From: Side.Server, Count: 1, IsEnded: true }) ordinary++;
        }

        return ordinary;
    }
}
