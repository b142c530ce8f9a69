namespace Trama.Framing.Mysql;

/// <summary>The header of a compressed packet: the length of what follows, a sequence number, and its length before compression, which is
/// zero where it was not worth while.</summary>
/// <param name="Length">The bytes behind the header.</param>
/// <param name="Sequence">The sequence number; the client's first packet of a command has 0.</param>
/// <param name="Inflated">The bytes that they carry.</param>
/// <param name="IsCompressed">Whether they are compressed.</param>
internal readonly record struct CompressedHeader(int Length, byte Sequence, int Inflated, bool IsCompressed)
{
    /// <summary>The bytes of a header.</summary>
    public const int Size = 7;

    /// <summary>Reads a header of <see cref="Size"/> bytes.</summary>
    public static CompressedHeader Read(ReadOnlySpan<byte> bytes)
    {
        int length = bytes[0] | bytes[1] << 8 | bytes[2] << 16, inflated = bytes[4] | bytes[5] << 8 | bytes[6] << 16;
        return new CompressedHeader(length, bytes[3], inflated == 0 ? length : inflated, inflated != 0);
    }

    /// <summary>Whether a compressed text begins so: zlib's header (RFC 1950 section 2.2), or zstd's magic number (RFC 8878).</summary>
    public static bool IsMagic(ReadOnlySpan<byte> bytes) =>
        bytes is [0x78, 0x01 or 0x5e or 0x9c or 0xda, ..] || IsZstd(bytes);

    /// <summary>Whether a text is compressed with zstd.</summary>
    public static bool IsZstd(ReadOnlySpan<byte> bytes) => bytes is [0x28, 0xb5, 0x2f, 0xfd, ..];

    /// <summary>Whether bytes begin with a compressed packet that is valid for certain: it ends with them, or another one
    /// follows.</summary>
    public static bool IsBoundary(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Size + 1) return false;
        CompressedHeader header = Read(bytes);
        if (header.IsCompressed ? !IsMagic(bytes[Size..]) : !CarriesPacket(header, bytes[Size..])) return false;
        int next = Size + header.Length;
        if (next >= bytes.Length) return next == bytes.Length || header.IsCompressed;
        return next + Size <= bytes.Length && bytes[next + 3] == (byte)(header.Sequence + 1);
    }

    /// <summary>Whether bytes are the first packet of a command, or of a reply.</summary>
    public static bool IsFirst(Direction speaker, ReadOnlySpan<byte> bytes) =>
        IsBoundary(bytes) && Read(bytes).Sequence == (speaker == Direction.ToServer ? 0 : 1);

    /// <summary>Whether a packet that is valid is no other protocol's: it is compressed, or carries a statement or an error.</summary>
    public static bool IsOwn(ReadOnlySpan<byte> bytes) =>
        Read(bytes).IsCompressed || MysqlShape.IsStatement(bytes[Size..]) == Likeness.Yes || MysqlShape.IsError(bytes[Size..]);

    // What is not compressed is short: packets of the protocol, which end where it ends.
    private static bool CarriesPacket(in CompressedHeader header, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < header.Length || header.Length <= MysqlPacket.HeaderSize) return false;
        for (int at = 0; at != header.Length;)
        {
            if (at + MysqlPacket.HeaderSize > header.Length) return false;
            at += MysqlPacket.HeaderSize + (bytes[at] | bytes[at + 1] << 8 | bytes[at + 2] << 16);
            if (at > header.Length) return false;
        }

        return true;
    }
}
