using System.Buffers.Binary;
using Trama.Packets.Link;

namespace Trama.Packets.Tunnel;

/// <summary>
/// A view of a GRE header: RFC 2784 with the fields of RFC 2890 and the routes of RFC 1701, and version 1, RFC 2637 section 4.1.
/// Made only by <see cref="TryParse"/>, so no getter can fail.
/// </summary>
public readonly ref struct GreHeader
{
    /// <summary>The length of the header without optional fields, in bytes.</summary>
    public const int MinimumLength = 4;

    /// <summary>Where the flags and the version are.</summary>
    public const int FlagsAt = 0;

    /// <summary>Where the type of what follows is.</summary>
    public const int TypeAt = 2;

    /// <summary>The flag of a checksum.</summary>
    public const ushort ChecksumPresent = 0x8000;

    /// <summary>The flag of a list of routes.</summary>
    public const ushort RoutingPresent = 0x4000;

    /// <summary>The flag of a key; in version 1 of a length and the number of a call.</summary>
    public const ushort KeyPresent = 0x2000;

    /// <summary>The flag of a sequence number.</summary>
    public const ushort SequencePresent = 0x1000;

    /// <summary>The flag of an acknowledgement number, in version 1.</summary>
    public const ushort AcknowledgmentPresent = 0x0080;

    /// <summary>The bits of the version.</summary>
    public const ushort VersionMask = 7;

    /// <summary>The length of each optional field, and of the head of a route.</summary>
    public const int FieldLength = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private GreHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Views the start of <paramref name="bytes"/> as a GRE header; false when the capture ends before it does.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out GreHeader header)
    {
        header = default;
        if (bytes.Length < MinimumLength) return false;
        ushort flags = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        int length = MinimumLength;
        if ((flags & (ChecksumPresent | RoutingPresent)) != 0) length += FieldLength;
        if ((flags & KeyPresent) != 0) length += FieldLength;
        if ((flags & SequencePresent) != 0) length += FieldLength;
        if ((flags & VersionMask) == 1 && (flags & AcknowledgmentPresent) != 0) length += FieldLength;
        if ((flags & (RoutingPresent | VersionMask)) == RoutingPresent && !TryPassRoutes(bytes, ref length)) return false;
        if (length > bytes.Length) return false;
        header = new GreHeader(bytes[..length]);
        return true;
    }

    /// <summary>The flags, with the version in the lowest bits.</summary>
    public ushort Flags => BinaryPrimitives.ReadUInt16BigEndian(_bytes[FlagsAt..]);

    /// <summary>The protocol of what follows.</summary>
    public EtherType Type => (EtherType)BinaryPrimitives.ReadUInt16BigEndian(_bytes[TypeAt..]);

    /// <summary>The header's length with its optional fields and routes, in bytes.</summary>
    public int Length => _bytes.Length;

    // RFC 1701: address family, offset and length of each route; one without family and length ends the list.
    private static bool TryPassRoutes(ReadOnlySpan<byte> bytes, ref int at)
    {
        while (at + FieldLength <= bytes.Length)
        {
            uint head = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            at += FieldLength + (byte)head;
            if ((head & 0xffff_00ff) == 0) return true;
        }

        return false;
    }
}
