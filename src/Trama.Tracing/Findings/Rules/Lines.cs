using Trama.Tracing.Findings.Evidence;

namespace Trama.Tracing.Findings.Rules;

/// <summary>The turns of a conversation in lines: how many each has, and whether it ends one.</summary>
internal static class Lines
{
    /// <summary>A turn's lines.</summary>
    /// <param name="Turn">The turn.</param>
    /// <param name="Count">How many line feeds it has.</param>
    /// <param name="IsEnded">Whether the last byte is one.</param>
    public readonly record struct LinedTurn(Turn Turn, int Count, bool IsEnded);

    /// <summary>The turns from the first of the client on; empty when the conversation is not in lines, or not all of it is at hand.</summary>
    public static List<LinedTurn> Read(ConnectionEvidence evidence)
    {
        var lined = new List<LinedTurn>();
        int glimpse = 0, ended = 0;
        foreach (Turn turn in evidence.Turns)
        {
            int count = 0;
            bool isEnded = false;
            for (; glimpse < evidence.Glimpses.Count && evidence.Glimpses[glimpse].Index <= turn.Last; glimpse++)
            {
                PayloadGlimpse seen = evidence.Glimpses[glimpse];
                if (!seen.IsWhole) return [];
                count += seen.Lines;
                isEnded = seen.EndsLine;
            }

            if (lined.Count == 0 && turn.From == Side.Server) continue;
            lined.Add(new LinedTurn(turn, count, isEnded));
            if (isEnded) ended++;
        }

        // All but the pieces of a message end where a line does.
        return ended * 3 >= lined.Count * 2 && glimpse == evidence.Glimpses.Count ? lined : [];
    }
}
