using System.Text.RegularExpressions;

namespace Trama.Tests;

/// <summary>
/// Finds English in a text that ought to be Portuguese, by words that English sentences cannot do without and Portuguese does not have.
/// </summary>
internal static class EnglishWords
{
    // None that is a word of Portuguese too (a, as, do, no, me), nor one of the language of conditions (or, not).
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "the", "of", "and", "with", "from", "is", "are", "was", "were", "been", "which", "that", "this", "these", "those",
        "each", "when", "what", "by", "it", "its", "has", "have", "had", "until", "than", "there", "only", "into", "same", "after",
        "before", "between", "where", "who", "whose", "an", "to", "in", "on", "at", "for", "they", "them", "their", "other", "others",
        "without", "because", "while", "would", "will", "can", "cannot", "must", "should", "every", "any", "how", "many", "some",
        "such", "expected", "got", "missing", "unknown", "needs", "given", "shown", "first", "last",
    };

    /// <summary>The lines in which two such words stand near each other; quoted words, options and paths do not count.</summary>
    public static IEnumerable<string> Sentences(string text) => text.Split('\n').Where(IsEnglish);

    private static bool IsEnglish(string line)
    {
        // What a peer said, what a command line has, and what stands behind a dash or in a path is no sentence of ours.
        const string foreign = "“[^”]*”|\"[^\"]*\"|'[^']*'|`[^`]*`|\\[[^\\]]*\\]|(?<=^|\\s)trama .*$|[-/.=@\\w]*[-/=@_.][-/.=@\\w]*";
        string own = Regex.Replace(line, foreign, " ");
        string[] words = [.. Regex.Matches(own, @"\p{L}+").Select(match => match.Value)];
        int before = -1;
        for (int i = 0; i < words.Length; i++)
        {
            if (!Known.Contains(words[i])) continue;
            if (before >= 0 && i - before <= 6) return true;
            before = i;
        }

        return false;
    }
}
