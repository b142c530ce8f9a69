using System.Buffers.Binary;
using Trama.Scrubbing.Mapping;

namespace Trama.Scrubbing.Words;

/// <summary>
/// Text in UTF-16, of either byte order: ASCII, whose every other byte is zero, and the letters of alphabets up to U+06FF, Latin, Greek,
/// Cyrillic, Hebrew and Arabic. Other scripts look like any bytes.
/// </summary>
internal static class WideText
{
    private const int Shortest = 6, ShortestOther = 10;
    private const char FirstLetter = '\u00c0', LastLetter = '\u06ff';

    /// <summary>Whether such text may begin here: one of two bytes is at most six.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> bytes) => bytes.Length >= Shortest && Math.Min(bytes[0], bytes[1]) <= LastLetter >> 8;

    /// <summary>How many bytes of such text there are at the start; 0 for too few.</summary>
    public static int Measure(ReadOnlySpan<byte> bytes)
    {
        if (!MayBegin(bytes)) return 0;
        int big = Measure(bytes, isBig: true), little = Measure(bytes, isBig: false);
        return Math.Max(big, little) is >= Shortest and var length ? length : 0;
    }

    /// <summary>Scrubs what <see cref="Measure(ReadOnlySpan{byte})"/> found.</summary>
    public static void Scrub(Span<byte> bytes, TextScrubber text, ScrubKey key)
    {
        bool isBig = Measure(bytes, isBig: true) == bytes.Length;
        byte[] narrow = new byte[bytes.Length / 2];
        ulong hash = key.Hash(ScrubPurpose.Word, bytes);
        byte[] filler = new byte[narrow.Length];
        key.Fill(hash, filler);
        for (int at = 0; at < narrow.Length; at++)
        {
            char said = Read(bytes[(2 * at)..], isBig);
            // Other letters end a word here, and become others of their alphabet.
            narrow[at] = said < 0x7f ? (byte)said : (byte)0x7f;
            if (said >= FirstLetter) Write(bytes[(2 * at)..], Other(said, filler[at]), isBig);
        }

        text.Scrub(narrow);
        for (int at = 0; at < narrow.Length; at++) if (narrow[at] != 0x7f) Write(bytes[(2 * at)..], (char)narrow[at], isBig);
    }

    private static int Measure(ReadOnlySpan<byte> bytes, bool isBig)
    {
        int length = 0, high = 0, letters = 0;
        for (; length + 1 < bytes.Length; length += 2)
        {
            char said = Read(bytes[length..], isBig);
            if (said is >= ' ' and < '\x7f') continue;
            // All of one alphabet, or of Latin and what it adds.
            if (!IsLetter(said) || letters > 0 && said >> 8 != high && Math.Max(said >> 8, high) > 1) break;
            (high, letters) = (Math.Max(high, said >> 8), letters + 1);
        }

        // Numbers look like a few letters of other alphabets.
        return high > 0 && length < ShortestOther ? 0 : length;
    }

    // Latin, Greek, Cyrillic, Hebrew, Arabic: those of living languages.
    private static bool IsLetter(char said) => said is >= '\u00c0' and <= '\u017f' or >= '\u0386' and <= '\u03ce' or '\u0401' or
        >= '\u0410' and <= '\u044f' or '\u0451' or >= '\u05d0' and <= '\u05ea' or >= '\u0620' and <= '\u064a';

    // Of the same sixteen, so that it is of the same alphabet.
    private static char Other(char letter, byte number)
    {
        for (int turn = 0; turn < 16; turn++)
        {
            char other = (char)(letter & ~0xf | number + turn & 0xf);
            if (other != letter && IsLetter(other)) return other;
        }

        return letter;
    }

    private static char Read(ReadOnlySpan<byte> bytes, bool isBig) =>
        (char)(isBig ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes));

    private static void Write(Span<byte> bytes, char value, bool isBig)
    {
        if (isBig) BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
    }
}
