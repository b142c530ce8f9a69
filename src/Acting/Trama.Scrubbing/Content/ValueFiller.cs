using Trama.Scrubbing.Mapping;
using Trama.Scrubbing.Words;

namespace Trama.Scrubbing.Content;

/// <summary>
/// Fills a value that is no text as a whole: what is compressed has printable bytes and zeros in it, between which its pieces are too short
/// to be taken for anything.
/// </summary>
internal static class ValueFiller
{
    // What is no longer may be a number of a protocol's own.
    private const int LongestNumber = 4;

    private const int ShortestGzip = 24, ShortestZlib = 8, ZlibChecks = 31;
    private const byte ZlibMethod = 8;

    /// <summary>Fills a value.</summary>
    /// <returns>False, with nothing changed, for a text and for a number.</returns>
    public static bool TryFill(Span<byte> value, ScrubKey key)
    {
        if (value.Length <= LongestNumber || IsText(value)) return false;
        if (value.StartsWith<byte>([0x1f, 0x8b]) && value.Length >= ShortestGzip) DeflateFiller.Gzip(value, key);
        else if (IsZlib(value)) DeflateFiller.Zlib(value, key);
        else if (value.StartsWith(RawFiller.ZstdMagic)) RawFiller.Zstd(value, key);
        else
        {
            key.Replace(value);
            // No mark by which a line or a field ends.
            foreach (ref byte filler in value) filler |= 0x80;
        }

        return true;
    }

    private static bool IsText(ReadOnlySpan<byte> value) =>
        BodyScrubber.IsText(value) && !IsZlib(value) || WideText.Measure(value) >= value.Length - 1;

    /// <summary>Whether bytes begin as zlib's do: the method, and a number that makes both bytes a multiple of 31 (RFC 1950 section 2.2),
    /// as in <c>78 01</c>, <c>78 5e</c>, <c>78 9c</c>, <c>78 da</c>.</summary>
    public static bool IsZlib(ReadOnlySpan<byte> value) => value.Length >= ShortestZlib && (value[0] & 0x0f) == ZlibMethod
        && value[0] >> 4 <= 7 && (value[0] << 8 | value[1]) % ZlibChecks == 0
        && value[2..].ContainsAnyExceptInRange((byte)0x20, (byte)0x7e);
}
