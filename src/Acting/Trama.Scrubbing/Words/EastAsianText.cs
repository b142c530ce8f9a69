using System.Buffers.Binary;
using Trama.Scrubbing.Mapping;

namespace Trama.Scrubbing.Words;

/// <summary>
/// Text in UTF-16, of either byte order, in the scripts of which almost any two bytes are a letter: Chinese, Japanese, Korean. Words of two
/// or three letters are told by a length before them, longer ones by an end behind them, too.
/// </summary>
internal static class EastAsianText
{
    private const int ShortestBounded = 4, Shortest = 8;

    /// <summary>How many bytes of such text there are at a place; 0 for none.</summary>
    /// <param name="bytes">All of a message.</param>
    /// <param name="at">The place.</param>
    /// <param name="isCounted">Whether a length before it says that it is so long.</param>
    public static int Measure(ReadOnlySpan<byte> bytes, int at, out bool isCounted)
    {
        isCounted = false;
        foreach (bool isBig in (ReadOnlySpan<bool>)[false, true])
        {
            int length = 0;
            while (at + length + 1 < bytes.Length && First(Read(bytes[(at + length)..], isBig)) > 0) length += 2;
            if (length < ShortestBounded) continue;
            isCounted = IsCounted(bytes[..at], length);
            if (isCounted || length >= Shortest && Ends(bytes[(at + length)..])) return length;
        }

        return 0;
    }

    /// <summary>Puts other letters of the same scripts in the place of what was measured.</summary>
    public static void Scrub(Span<byte> text, ScrubKey key)
    {
        bool isBig = false;
        for (int at = 0; at < text.Length; at += 2) isBig |= First(Read(text[at..], isBig: false)) == 0;
        byte[] filler = new byte[text.Length];
        key.Fill(key.Hash(ScrubPurpose.Word, text), filler);
        for (int at = 0; at < text.Length; at += 2)
        {
            ushort letter = Read(text[at..], isBig), first = First(letter);
            ushort other = (ushort)(first + BinaryPrimitives.ReadUInt16LittleEndian(filler.AsSpan(at)) % Count(first));
            if (other == letter) other = (ushort)(first + (other - first + 1) % Count(first));
            Write(text[at..], other, isBig);
        }
    }

    // A text ends with a zero, or with the message.
    private static bool Ends(ReadOnlySpan<byte> rest) => rest.IsEmpty || rest.StartsWith("\0\0"u8);

    // In two or four bytes, of bytes or letters, with or without what ends the text.
    private static bool IsCounted(ReadOnlySpan<byte> before, int length)
    {
        if (before.Length >= 2 && (Is(BinaryPrimitives.ReadUInt16LittleEndian(before[^2..]))
            || Is(BinaryPrimitives.ReadUInt16BigEndian(before[^2..])))) return true;
        return before.Length >= 4 && (Is(BinaryPrimitives.ReadUInt32LittleEndian(before[^4..]))
            || Is(BinaryPrimitives.ReadUInt32BigEndian(before[^4..])));

        bool Is(long number) => number == length || number == length / 2 || number == length + 2 || number == length / 2 + 1;
    }

    // The script of a letter, as its first; 0 for none: kana, ideographs, Hangul.
    private static ushort First(ushort said) => said switch
    {
        >= 0x3041 and < 0x3041 + Kana => 0x3041,
        >= 0x4e00 and < 0x4e00 + Ideographs => 0x4e00,
        >= 0xac00 and < 0xac00 + Hangul => 0xac00,
        _ => 0,
    };

    private const int Kana = 0xbe, Ideographs = 0x51a6, Hangul = 0x2ba4;

    private static int Count(ushort first) => first switch { 0x3041 => Kana, 0x4e00 => Ideographs, _ => Hangul };

    private static ushort Read(ReadOnlySpan<byte> bytes, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static void Write(Span<byte> bytes, ushort value, bool isBig)
    {
        if (isBig) BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
    }
}
