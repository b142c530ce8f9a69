using System.Buffers.Binary;

namespace Trama.Framing.Mongodb;

/// <summary>The header of every message (MongoDB Wire Protocol, "Standard Message Header").</summary>
/// <param name="Length">The bytes of the message, header included.</param>
/// <param name="RequestId">Its identifier.</param>
/// <param name="ResponseTo">The identifier of what it answers; 0 for nothing.</param>
/// <param name="Opcode">What it is.</param>
internal readonly record struct MongodbHeader(int Length, int RequestId, int ResponseTo, int Opcode)
{
    /// <summary>The bytes of a header.</summary>
    public const int Size = 16;

    // The server's own limit, 48,000,000 bytes, with room for what stands around documents.
    private const int MaxLength = 48_000_000 + (16 << 10);

    /// <summary>Whether it is one.</summary>
    public bool IsValid => Length is >= Size and <= MaxLength && MongodbOpcode.IsKnown(Opcode);

    /// <summary>Reads the header at the beginning of some bytes, which are as many at least.</summary>
    public static MongodbHeader Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt32LittleEndian(bytes),
        BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
        BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
        BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]));

    /// <summary>Whether bytes begin with a message that is nothing else: a header whose body agrees with it, as far as it is
    /// there.</summary>
    /// <param name="speaker">Who says it.</param>
    /// <param name="bytes">The bytes.</param>
    public static bool IsBoundary(Direction speaker, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Size) return false;
        MongodbHeader header = Read(bytes);
        bool isReply = speaker == Direction.ToClient;
        if (!header.IsValid || isReply != MongodbOpcode.MayReply(header.Opcode, header.ResponseTo)) return false;
        ReadOnlySpan<byte> body = bytes[Size..];
        if (header.Opcode == MongodbOpcode.Message && !BeginsMessage(header.Length, body)) return false;
        bool isCompressed = header.Opcode == MongodbOpcode.Compressed && body.Length >= sizeof(int);
        if (isCompressed && !MongodbOpcode.IsKnown(BinaryPrimitives.ReadInt32LittleEndian(body))) return false;
        if (header.Length >= bytes.Length) return true;
        ReadOnlySpan<byte> next = bytes[header.Length..];
        return next.Length < Size || Read(next).IsValid;
    }

    // Flags that exist, a section of a kind that exists, and a document or documents that fit in the message.
    private static bool BeginsMessage(int length, ReadOnlySpan<byte> body)
    {
        const int BeforeDocument = 5;
        if (body.Length < BeforeDocument + sizeof(int)) return false;
        uint flags = BinaryPrimitives.ReadUInt32LittleEndian(body);
        int size = BinaryPrimitives.ReadInt32LittleEndian(body[BeforeDocument..]);
        return (flags & ~0x1_0003u) == 0 && body[4] <= 1 && size >= BeforeDocument && size <= length - Size - BeforeDocument;
    }
}
