using Trama.Framing.Http2.Hpack;
using Trama.Scrubbing.Words;

namespace Trama.Scrubbing.Content;

/// <summary>
/// Scrubs a block of HPACK (RFC 7541 section 6). Indices stay, and strings keep their lengths, decoded and coded, so that both sides'
/// tables stay as they were.
/// </summary>
internal sealed class HpackScrubber(TextScrubber text)
{
    private const byte Indexed = 0x80, WithIndexing = 0x40, SizeUpdate = 0x20, Coded = 0x80;

    /// <summary>Scrubs a block.</summary>
    public void Scrub(Span<byte> block)
    {
        int at = 0;
        while (at < block.Length)
        {
            byte first = block[at];
            int prefix = first >= Indexed ? 7 : first >= WithIndexing ? 6 : first >= SizeUpdate ? 5 : 4;
            if (!TryRead(block, ref at, prefix, out int index)) return;
            if (first >= Indexed || prefix == 5) continue;
            if (index == 0 && !TryScrub(block, ref at) || !TryScrub(block, ref at)) return;
        }
    }

    private bool TryScrub(Span<byte> block, ref int at)
    {
        if (at >= block.Length) return false;
        bool isCoded = (block[at] & Coded) != 0;
        if (!TryRead(block, ref at, 7, out int length)) return false;
        // What is cut is scrubbed as far as it goes.
        length = Math.Min(length, block.Length - at);
        Span<byte> said = block.Slice(at, length);
        at += length;
        if (!isCoded) text.Scrub(said);
        else Recode(said);
        return true;
    }

    private void Recode(Span<byte> coded)
    {
        byte[] room = new byte[HpackHuffman.MaxText(coded.Length) + 1];
        if (!HpackHuffman.TryDecode(coded, room, out int length))
        {
            coded.Fill(0xff);
            return;
        }

        Span<byte> said = room.AsSpan(0, length);
        byte[] original = said.ToArray();
        text.Scrub(said);
        CodeLengths.Fit(said, original, 8 * coded.Length);
        HpackHuffman.Encode(said, coded);
    }

    private static bool TryRead(ReadOnlySpan<byte> block, ref int at, int prefix, out int value)
    {
        int most = (1 << prefix) - 1;
        value = at < block.Length ? block[at++] & most : 0;
        if (value < most) return at <= block.Length;
        for (int shift = 0; shift <= 21; shift += 7)
        {
            if (at >= block.Length) return false;
            byte next = block[at++];
            value += (next & 0x7f) << shift;
            if (next < 0x80) return true;
        }

        return false;
    }
}
