using System.Buffers.Binary;

namespace Trama.Framing.Tds;

/// <summary>The header of a packet (MS-TDS section 2.2.3.1).</summary>
/// <param name="Type">What the message is.</param>
/// <param name="IsLast">Whether the message ends with the packet.</param>
/// <param name="Length">The bytes of the packet, header included.</param>
internal readonly record struct TdsHeader(byte Type, bool IsLast, int Length)
{
    /// <summary>The bytes of a header.</summary>
    public const int Size = 8;

    public const byte Batch = 1;
    public const byte Rpc = 3;
    public const byte Result = 4;
    public const byte Attention = 6;
    public const byte BulkLoad = 7;
    public const byte FederatedLogin = 8;
    public const byte Transaction = 14;
    public const byte Login = 16;
    public const byte Sspi = 17;
    public const byte Prelogin = 18;

    private const int MaxLength = 32_767;
    private const byte KnownStatus = 0x1f;

    /// <summary>Whether it is one of a side.</summary>
    public bool IsValid(Direction speaker) => Length is >= Size and <= MaxLength && (speaker == Direction.ToClient
        ? Type is Result or Prelogin
        : Type is Batch or Rpc or Attention or BulkLoad or FederatedLogin or Transaction or Login or Sspi or Prelogin);

    /// <summary>Reads the header at the beginning of some bytes, which are as many at least.</summary>
    public static TdsHeader Read(ReadOnlySpan<byte> bytes) =>
        new(bytes[0], (bytes[1] & 1) != 0, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]));

    /// <summary>Whether bytes begin with a packet that is valid for certain: it ends with them or beyond them, or another one
    /// follows.</summary>
    public static bool IsBoundary(Direction speaker, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Size || !Read(bytes).IsValid(speaker) || (bytes[1] & ~KnownStatus) != 0 || bytes[7] != 0) return false;
        int next = Read(bytes).Length;
        return next >= bytes.Length || (bytes.Length - next >= Size && Read(bytes[next..]).IsValid(speaker));
    }
}
