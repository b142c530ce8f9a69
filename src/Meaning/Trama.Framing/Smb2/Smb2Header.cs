using System.Buffers.Binary;

namespace Trama.Framing.Smb2;

/// <summary>What a message of SMB 2 begins with ([MS-SMB2] section 2.2.1).</summary>
/// <param name="Command">What is asked, or was.</param>
/// <param name="Status">Of a reply how that ended.</param>
/// <param name="IsReply">Whether it is a reply.</param>
/// <param name="Next">How far away the next message of the same packet begins; 0 for none.</param>
/// <param name="Id">The number that the reply repeats.</param>
internal readonly record struct Smb2Header(ushort Command, uint Status, bool IsReply, uint Next, long Id)
{
    /// <summary>Its size in bytes.</summary>
    public const int Size = 64;

    /// <summary>The number of what the server tells unasked.</summary>
    public const long Unasked = -1;

    private const int StatusAt = 8;
    private const int CommandAt = 12;
    private const int FlagsAt = 16;
    private const int NextAt = 20;
    private const int IdAt = 24;

    /// <summary>Reads one from at least <see cref="Size"/> bytes.</summary>
    public static Smb2Header Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[CommandAt..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[StatusAt..]),
        (bytes[FlagsAt] & 1) != 0, BinaryPrimitives.ReadUInt32LittleEndian(bytes[NextAt..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[IdAt..]));
}
