using Trama.Reports;

namespace Trama.Cli.CommandLine;

/// <summary>What a mistyped word was meant to be.</summary>
internal static class Suggestions
{
    private const int LongestWord = 40;

    /// <summary>Words to add to a complaint about <paramref name="typed"/>; empty when no word is near it.</summary>
    public static string For(string typed, IEnumerable<string> known, Language language)
    {
        if (typed.Length > LongestWord) return "";
        (string Word, int Distance) nearest = known.Select(word => (word, Distance(typed, word))).OrderBy(pair => pair.Item2)
            .FirstOrDefault(("", int.MaxValue));
        return nearest.Distance <= Math.Max(1, typed.Length / 3)
            ? language.Pick($"; did you mean {nearest.Word}?", $"; você quis dizer {nearest.Word}?")
            : "";
    }

    // Letters left out, put in, changed, or swapped with their neighbour.
    private static int Distance(string from, string to)
    {
        int[,] steps = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++) steps[i, 0] = i;
        for (int j = 0; j <= to.Length; j++) steps[0, j] = j;
        for (int i = 1; i <= from.Length; i++)
        {
            for (int j = 1; j <= to.Length; j++)
            {
                int changed = steps[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                steps[i, j] = Math.Min(changed, Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) steps[i, j] =
                    Math.Min(steps[i, j], steps[i - 2, j - 2] + 1);
            }
        }

        return steps[from.Length, to.Length];
    }
}
