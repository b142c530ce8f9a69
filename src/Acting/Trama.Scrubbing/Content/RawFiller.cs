using Trama.Scrubbing.Mapping;

namespace Trama.Scrubbing.Content;

/// <summary>
/// Puts in the place of what Brotli or zstd compressed as many bytes that either can decompress: blocks of letters without a meaning that
/// are said to be not worth compressing.
/// </summary>
internal static class RawFiller
{
    private const int BlockHeader = 3, MostInBlock = 1 << 16;

    // A frame whose window is 128 KiB and that tells no size (RFC 8878 section 3.1.1).
    private static ReadOnlySpan<byte> ZstdStart => [0x28, 0xb5, 0x2f, 0xfd, 0, 0x38];

    /// <summary>How a frame of zstd begins.</summary>
    public static ReadOnlySpan<byte> ZstdMagic => [0x28, 0xb5, 0x2f, 0xfd];

    /// <summary>Fills the room of a frame of zstd (RFC 8878).</summary>
    public static void Zstd(Span<byte> room, ScrubKey key)
    {
        ulong hash = key.Hash(ScrubPurpose.Filler, room);
        if (room.Length < ZstdStart.Length + BlockHeader)
        {
            key.Fill(hash, room);
            return;
        }

        ZstdStart.CopyTo(room);
        Blocks(room[ZstdStart.Length..], key, hash, lead: 0, static (header, count, isLast) =>
        {
            // Whether it is the last, of raw bytes, how many.
            header[0] = (byte)(count << 3 | (isLast ? 1 : 0));
            header[1] = (byte)(count >> 5);
            header[2] = (byte)(count >> 13);
        });
    }

    /// <summary>Fills the room of a stream of Brotli (RFC 7932).</summary>
    public static void Brotli(Span<byte> room, ScrubKey key)
    {
        const byte EmptyStream = 0b110, End = 0b11;
        ulong hash = key.Hash(ScrubPurpose.Filler, room);
        if (room.Length < BlockHeader + 2)
        {
            key.Fill(hash, room);
            if (!room.IsEmpty) room[0] = EmptyStream;
            return;
        }

        room[^1] = End;
        bool isFirst = true;
        Blocks(room[..^1], key, hash, lead: 1, (header, count, _) =>
        {
            // The window's size is said once, in one bit; then: not the last, a length in sixteen bits, not compressed.
            int shift = isFirst ? 1 : 0, bits = (count - 1 << 3 | 1 << 19) << shift;
            isFirst = false;
            (header[0], header[1], header[2]) = ((byte)bits, (byte)(bits >> 8), (byte)(bits >> 16));
        });
    }

    // Blocks to the end of the room, each behind its header; none is shorter than some bytes.
    private static void Blocks(Span<byte> room, ScrubKey key, ulong hash, int lead, BlockWriter write)
    {
        while (!room.IsEmpty)
        {
            int count = Math.Min(room.Length - BlockHeader, MostInBlock), rest = room.Length - BlockHeader - count;
            if (rest is > 0 && rest < BlockHeader + lead) count -= BlockHeader + lead;
            write(room[..BlockHeader], count, rest == 0);
            DeflateFiller.Letters(room.Slice(BlockHeader, count), key, hash);
            room = room[(BlockHeader + count)..];
        }
    }

    private delegate void BlockWriter(Span<byte> header, int count, bool isLast);
}
