using System.Buffers;

namespace Trama.Framing;

/// <summary>Tells a segment of a path that names one thing of many from one that names a kind.</summary>
internal static class Identifiers
{
    // A shorter word of these letters may be one of a language.
    private const int ShortestHex = 8;
    private const int ShortestToken = 20;

    private static readonly SearchValues<byte> Hex = SearchValues.Create("0123456789abcdefABCDEF-"u8);
    private static readonly SearchValues<byte> Token = SearchValues.Create(
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_~="u8);

    /// <summary>Whether a segment is a number, a UUID, hexadecimal digits or a long token with digits in it.</summary>
    public static bool IsOne(ReadOnlySpan<byte> segment)
    {
        int digit = segment.IndexOfAnyInRange((byte)'0', (byte)'9');
        if (digit < 0) return false;
        if (!segment.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return true;
        if (segment.Length >= ShortestHex && !segment.ContainsAnyExcept(Hex)) return true;
        return segment.Length >= ShortestToken && !segment.ContainsAnyExcept(Token) && Digits(segment) >= 3;
    }

    private static int Digits(ReadOnlySpan<byte> segment)
    {
        int digits = 0;
        foreach (byte letter in segment)
            if (char.IsAsciiDigit((char)letter)) digits++;
        return digits;
    }
}
