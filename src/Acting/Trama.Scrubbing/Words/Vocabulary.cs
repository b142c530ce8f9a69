namespace Trama.Scrubbing.Words;

/// <summary>
/// The words that stay: those of protocols, checked in as <c>vocabulary.txt</c>. They say how something is said, not what.
/// </summary>
public static class Vocabulary
{
    private const int MaxLength = 40;

    // As many digits as a number that stays.
    private const int MostDigits = 7;

    private static readonly HashSet<string> Known = Read();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>All of them, in small letters.</summary>
    public static IReadOnlyCollection<string> All => Known;

    /// <summary>Whether a word of ASCII letters and digits stays, in capitals or not; with a number behind it, too.</summary>
    public static bool Has(ReadOnlySpan<byte> word)
    {
        if (word.Length > MaxLength) return false;
        Span<char> small = stackalloc char[MaxLength];
        for (int at = 0; at < word.Length; at++) small[at] = char.ToLowerInvariant((char)word[at]);
        small = small[..word.Length];
        if (Lookup.Contains(small)) return true;
        ReadOnlySpan<char> letters = small.TrimEnd("0123456789");
        return letters.Length > 1 && small.Length - letters.Length is > 0 and <= MostDigits && Lookup.Contains(letters);
    }

    private static HashSet<string> Read()
    {
        using var reader = new StreamReader(typeof(Vocabulary).Assembly.GetManifestResourceStream("vocabulary.txt")!);
        HashSet<string> words = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            foreach (string word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries)) words.Add(word);
        }

        return words;
    }
}
