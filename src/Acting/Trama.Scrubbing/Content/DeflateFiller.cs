using System.Buffers.Binary;
using Trama.Scrubbing.Mapping;

namespace Trama.Scrubbing.Content;

/// <summary>
/// Puts in the place of compressed bytes as many that are compressed too, of letters without a meaning: one block of fixed codes, whose
/// letters have 8 bits each (RFC 1951 section 3.2.6).
/// </summary>
internal static class DeflateFiller
{
    private const int GzipHeader = 10, GzipTrailer = 8, ZlibHeader = 2, ZlibTrailer = 4;
    private const byte FirstCode = 0x30;
    private const uint Adler = 65521;

    private static readonly byte[] GzipStart = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

    /// <summary>Fills the room of a gzip member (RFC 1952).</summary>
    public static void Gzip(Span<byte> room, ScrubKey key)
    {
        ulong hash = key.Hash(ScrubPurpose.Filler, room);
        if (room.Length < GzipHeader + GzipTrailer + 2)
        {
            room[Math.Min(3, room.Length)..].Clear();
            return;
        }

        GzipStart.CopyTo(room);
        byte[] said = Raw(room[GzipHeader..^GzipTrailer], key, hash, isFinal: true);
        BinaryPrimitives.WriteUInt32LittleEndian(room[^GzipTrailer..], Crc(said));
        BinaryPrimitives.WriteUInt32LittleEndian(room[^4..], (uint)said.Length);
    }

    /// <summary>Fills the room of a zlib stream (RFC 1950).</summary>
    public static void Zlib(Span<byte> room, ScrubKey key)
    {
        ulong hash = key.Hash(ScrubPurpose.Filler, room);
        if (room.Length < ZlibHeader + ZlibTrailer + 2) return;
        byte[] said = Raw(room[ZlibHeader..^ZlibTrailer], key, hash, isFinal: true);
        uint low = 1, high = 0;
        foreach (byte letter in said)
        {
            low = (low + letter) % Adler;
            high = (high + low) % Adler;
        }

        BinaryPrimitives.WriteUInt32BigEndian(room[^ZlibTrailer..], high << 16 | low);
    }

    /// <summary>Fills the room of a message that a WebSocket compressed (RFC 7692): it ends where a block begins.</summary>
    public static void Message(Span<byte> room, ScrubKey key) => Raw(room, key, key.Hash(ScrubPurpose.Filler, room), isFinal: false);

    /// <summary>Fills a room with letters without a meaning.</summary>
    public static void Letters(Span<byte> room, ScrubKey key, ulong hash)
    {
        key.Fill(hash, room);
        for (int at = 0; at < room.Length; at++) room[at] = "bcdfghjklmnpqrstvwxz"u8[room[at] % 20];
    }

    private static byte[] Raw(Span<byte> room, ScrubKey key, ulong hash, bool isFinal)
    {
        if (room.Length < 2)
        {
            room.Clear();
            return [];
        }

        byte[] letters = new byte[room.Length - 2];
        Letters(letters, key, hash);
        room.Clear();
        int bit = 0;
        Put(room, ref bit, isFinal ? 0b011u : 0b010u, 3);
        // Codes have their first bit first, all else its last.
        foreach (byte letter in letters)
        {
            uint code = (uint)(FirstCode + letter), turned = 0;
            for (int count = 0; count < 8; count++) turned |= (code >> count & 1) << (7 - count);
            Put(room, ref bit, turned, 8);
        }

        // The end of the block is seven zeros, and so is the beginning of the next, of a message.
        return letters;
    }

    private static void Put(Span<byte> room, ref int bit, uint value, int bits)
    {
        for (int count = 0; count < bits; count++, bit++) room[bit >> 3] |= (byte)((value >> count & 1) << (bit & 7));
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int count = 0; count < 8; count++) crc = (crc & 1) != 0 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
        }

        return ~crc;
    }
}
