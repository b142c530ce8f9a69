using System.Buffers.Binary;
using Trama.Framing.Sql;

namespace Trama.Framing.Cassandra;

/// <summary>The header of a frame of CQL's binary protocol, versions 3 to 5 (native_protocol_v4.spec section 2).</summary>
/// <param name="Version">The version, without the bit that says who speaks.</param>
/// <param name="IsResponse">Whether a server says it.</param>
/// <param name="Flags">The flags.</param>
/// <param name="Stream">What pairs a response with its request; below zero for an event.</param>
/// <param name="Opcode">What it is.</param>
/// <param name="Length">The bytes of the body.</param>
internal readonly record struct CassandraHeader(byte Version, bool IsResponse, byte Flags, short Stream, byte Opcode, int Length)
{
    /// <summary>The bytes of a header.</summary>
    public const int Size = 9;

    // The protocol's own limit of a body.
    private const int MaxLength = 256 << 20;

    private const byte Direction = 0x80;
    private const byte KnownFlags = 0x1f;

    /// <summary>Whether it is one of a side.</summary>
    public bool IsValid(bool isResponse) => Version is >= 3 and <= 5 && IsResponse == isResponse && (Flags & ~KnownFlags) == 0
        && Length is >= 0 and <= MaxLength && CassandraOpcode.IsOf(Opcode, isResponse) && (isResponse || Stream >= 0);

    /// <summary>Reads the header at the beginning of some bytes, which are as many at least.</summary>
    public static CassandraHeader Read(ReadOnlySpan<byte> bytes) => new(
        (byte)(bytes[0] & ~Direction),
        (bytes[0] & Direction) != 0,
        bytes[1],
        BinaryPrimitives.ReadInt16BigEndian(bytes[2..]),
        bytes[4],
        BinaryPrimitives.ReadInt32BigEndian(bytes[5..]));

    /// <summary>Whether bytes begin with a frame that is valid for certain: it ends with them or beyond them, or another one
    /// follows.</summary>
    public static bool IsBoundary(bool isResponse, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Size || !Read(bytes).IsValid(isResponse)) return false;
        int next = Size + Read(bytes).Length;
        return next >= bytes.Length || (bytes.Length - next >= Size ? Read(bytes[next..]).IsValid(isResponse) : bytes[next] == bytes[0]);
    }

    /// <summary>Whether bytes are a request that is no other protocol's: STARTUP, OPTIONS alone, a statement.</summary>
    public static bool IsOwn(ReadOnlySpan<byte> bytes)
    {
        if (!IsBoundary(isResponse: false, bytes)) return false;
        CassandraHeader header = Read(bytes);
        ReadOnlySpan<byte> body = bytes[Size..];
        return header.Opcode switch
        {
            CassandraOpcode.Startup => body.IndexOf("CQL_VERSION"u8) >= 0,
            CassandraOpcode.Options => header.Length == 0 && body.IsEmpty,
            CassandraOpcode.Query or CassandraOpcode.Prepare => body.Length > sizeof(int) && SqlText.IsStatement(body[sizeof(int)..]),
            _ => false,
        };
    }
}
