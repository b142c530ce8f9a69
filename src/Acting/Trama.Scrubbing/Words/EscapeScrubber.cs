using System.Buffers;
using System.Globalization;

namespace Trama.Scrubbing.Words;

/// <summary>
/// Scrubs what is written by the number of a character: in addresses (<c>%41</c>, RFC 3986 section 2.1), in mails (<c>=41=42</c>, RFC 2045
/// section 6.7), and in pages (<c>&amp;#65;</c>, <c>&amp;#x41;</c>).
/// </summary>
internal static class EscapeScrubber
{
    /// <summary>How many bytes stand for one behind a percent sign.</summary>
    public const int Length = 3;

    private const int LongestReference = 7;

    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>Scrubs the escape at the start of a text.</summary>
    /// <returns>False when there is none.</returns>
    public static bool TryScrub(Span<byte> text, WordMap words)
    {
        if (text.Length < Length || !byte.TryParse(text[1..Length], NumberStyles.AllowHexSpecifier, null, out byte value)) return false;
        byte stand = value switch
        {
            _ when WordMap.IsLetter(value) => words.Letter(value, 0),
            // What follows the first byte of a letter in UTF-8.
            >= 0x80 and < 0xc0 => (byte)(0x80 | words.Letter(value, 1) & 0x3f),
            _ => value,
        };
        if (stand != value) stand.TryFormat(text[1..], out _, text[1..Length].ContainsAnyInRange((byte)'A', (byte)'F') ? "X2" : "x2");
        return true;
    }

    /// <summary>Scrubs the escapes of mails and pages at the start of a text.</summary>
    /// <returns>How many bytes they have; 0 for none.</returns>
    public static int ScrubOthers(Span<byte> text, WordMap words)
    {
        if (text[0] == '&') return ScrubReference(text, words);
        // One alone may be a value: port=80.
        int length = 0;
        while (text[length..] is [(byte)'=', var high, var low, ..] && Uri.IsHexDigit((char)high) && Uri.IsHexDigit((char)low))
            length += Length;
        if (length < 2 * Length) return 0;
        for (int at = 0; at < length; at += Length) TryScrub(text[at..], words);
        return length;
    }

    private static int ScrubReference(Span<byte> text, WordMap words)
    {
        if (text is not [_, (byte)'#', ..]) return 0;
        int from = text is [_, _, (byte)'x' or (byte)'X', ..] ? 3 : 2;
        int end = text[..Math.Min(text.Length, from + LongestReference)].IndexOf((byte)';');
        if (end <= from) return 0;
        Span<byte> digits = text[from..end];
        if (digits.ContainsAnyExcept(from == 3 ? HexDigits : Digits)) return 0;
        words.ReplaceNumber(digits);
        // Of hexadecimal ones all are digits afterwards: a stand-in, not a character.
        foreach (ref byte digit in digits) if (WordMap.IsLetter(digit)) digit = (byte)('2' + words.Letter(digit, 2) % 5);
        return end + 1;
    }
}
