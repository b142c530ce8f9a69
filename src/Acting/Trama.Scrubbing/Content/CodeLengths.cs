using Trama.Framing.Http2.Hpack;
using Trama.Scrubbing.Words;

namespace Trama.Scrubbing.Content;

/// <summary>
/// Chooses letters so that HPACK's code of a scrubbed string has as many bytes as that of the original. Only the sum is kept: letter by
/// letter, the lengths of the codes would tell much of a word.
/// </summary>
internal static class CodeLengths
{
    private const int MostPadding = 7;

    /// <summary>Changes letters and digits that were replaced until the code has as many bytes as before.</summary>
    /// <param name="said">The scrubbed string.</param>
    /// <param name="original">The string before.</param>
    /// <param name="bits">How many bits its code had, filled up to whole bytes.</param>
    public static void Fit(Span<byte> said, ReadOnlySpan<byte> original, int bits)
    {
        int now = 0;
        foreach (byte letter in said) now += HpackHuffman.Bits(letter);
        for (int at = 0; at < said.Length && !Fits(now, bits); at++)
        {
            if (said[at] == original[at]) continue;
            int wanted = Math.Clamp(HpackHuffman.Bits(said[at]) + (now > bits ? bits - now : bits - MostPadding - now), 5, 8);
            byte other = Pick(said[at], at, wanted);
            now += HpackHuffman.Bits(other) - HpackHuffman.Bits(said[at]);
            said[at] = other;
        }

        // Other bytes than letters: each gets one with a code as long.
        if (!Fits(now, bits)) for (int at = 0; at < said.Length; at++) said[at] = Alike(said[at], original[at]);
    }

    private static bool Fits(int now, int bits) => now <= bits && now >= bits - MostPadding;

    private static byte Pick(byte letter, int at, int bits)
    {
        ReadOnlySpan<byte> letters = WordMap.IsDigit(letter) ? bits <= 5 ? "012"u8 : "3456789"u8
            : !WordMap.IsLetter(letter) ? [letter]
            : bits switch { 5 => "cst"u8, 6 => "bdfghlmnpr"u8, 7 => "jkqvwxz"u8, _ => "XZ"u8 };
        return letters[at % letters.Length];
    }

    private static byte Alike(byte letter, byte original)
    {
        int bits = HpackHuffman.Bits(original);
        if (HpackHuffman.Bits(letter) == bits) return letter;
        for (int next = 1; next < 256; next++)
        {
            byte other = (byte)(letter + next);
            if (HpackHuffman.Bits(other) == bits && other < 0x80 == original < 0x80) return other;
        }

        return letter;
    }
}
