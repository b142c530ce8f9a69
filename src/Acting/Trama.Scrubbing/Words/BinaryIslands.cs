using System.Buffers;
using System.Text;
using Trama.Scrubbing.Mapping;

namespace Trama.Scrubbing.Words;

/// <summary>
/// Parts of a text that are none: values of a store, attachments, keys. They become filler that holds no mark by which lines or fields
/// end.
/// </summary>
internal static class BinaryIslands
{
    // Fewer bytes may be marks of a protocol of text: colours of IRC, separators of FIX, commands of Telnet.
    private const int Fewest = 8, MostBetween = 8, Share = 3;

    /// <summary>Replaces them.</summary>
    public static void Replace(Span<byte> text, ScrubKey key)
    {
        int start = -1, last = 0, count = 0;
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] >= 0x80 && Rune.DecodeFromUtf8(text[at..], out _, out int size) == OperationStatus.Done)
            {
                at += size - 1;
                continue;
            }

            if (text[at] is >= 0x20 and < 0x7f or (byte)'\t' or (byte)'\r' or (byte)'\n') continue;
            if (start >= 0 && at - last > MostBetween)
            {
                Fill(text, start, last, count, key);
                start = -1;
            }

            if (start < 0) (start, count) = (at, 0);
            last = at;
            count++;
        }

        if (start >= 0) Fill(text, start, last, count, key);
    }

    private static void Fill(Span<byte> text, int start, int last, int count, ScrubKey key)
    {
        Span<byte> island = text[start..(last + 1)];
        if (count < Fewest || count * Share < island.Length || WideText.Measure(island) > 0) return;
        // Zeros stay, as everywhere, and so does what ends a line: a length may not count it.
        byte[] filler = new byte[island.Length];
        key.Fill(key.Hash(ScrubPurpose.Filler, island), filler);
        for (int at = 0; at < island.Length; at++)
            if (island[at] is not (0 or (byte)'\r' or (byte)'\n')) island[at] = (byte)(0x80 | filler[at]);
    }
}
