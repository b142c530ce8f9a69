using System.Globalization;

namespace Trama.Scrubbing.Words;

/// <summary>Scrubs what a percent sign and two hexadecimal digits stand for (RFC 3986 section 2.1).</summary>
internal static class EscapeScrubber
{
    /// <summary>How many bytes stand for one.</summary>
    public const int Length = 3;

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
}
