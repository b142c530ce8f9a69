using System.Buffers;

namespace Trama.Scrubbing.Words;

/// <summary>Scrubs characters of pages that are written by their numbers: <c>&amp;#65;</c>, <c>&amp;#x41;</c>.</summary>
internal static class CharacterReference
{
    private const int Longest = 7;

    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>Scrubs the one at the start of a text.</summary>
    /// <returns>How many bytes it has; 0 for none.</returns>
    public static int Scrub(Span<byte> text, WordMap words)
    {
        if (text is not [(byte)'&', (byte)'#', ..]) return 0;
        int from = text is [_, _, (byte)'x' or (byte)'X', ..] ? 3 : 2;
        int end = text[..Math.Min(text.Length, from + Longest)].IndexOf((byte)';');
        if (end <= from) return 0;
        Span<byte> digits = text[from..end];
        if (digits.ContainsAnyExcept(from == 3 ? HexDigits : Digits)) return 0;
        words.ReplaceNumber(digits);
        // Of hexadecimal ones all are digits afterwards: a stand-in, not a character.
        foreach (ref byte digit in digits) if (WordMap.IsLetter(digit)) digit = (byte)('2' + words.Letter(digit, 2) % 5);
        return end + 1;
    }
}
