using System.Buffers.Binary;
using Trama.Packets.Link;

namespace Trama.Packets.Tunnel;

/// <summary>A view of a Geneve header, RFC 8926 section 3.4. Made only by <see cref="TryParse"/>, so no getter can fail.</summary>
public readonly ref struct GeneveHeader
{
    /// <summary>The UDP port.</summary>
    public const ushort Port = 6081;

    /// <summary>The length of the header without options, in bytes.</summary>
    public const int MinimumLength = 8;

    /// <summary>Where the version, and the length of the options in words, are.</summary>
    public const int VersionAndLengthAt = 0;

    /// <summary>Where the flags are.</summary>
    public const int FlagsAt = 1;

    /// <summary>Where the type of what follows is.</summary>
    public const int TypeAt = 2;

    /// <summary>Where the network's number is, 24 bits.</summary>
    public const int NetworkAt = 4;

    /// <summary>Where the reserved byte is.</summary>
    public const int ReservedAt = 7;

    private readonly ReadOnlySpan<byte> _bytes;

    private GeneveHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>
    /// Views the start of <paramref name="bytes"/> as a Geneve header; false when the capture ends before its fixed part does.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out GeneveHeader header)
    {
        header = default;
        if (bytes.Length < MinimumLength) return false;
        header = new GeneveHeader(bytes[..MinimumLength]);
        return true;
    }

    /// <summary>The version; 0 is the only one that is defined.</summary>
    public int Version => VersionIn(_bytes[VersionAndLengthAt]);

    /// <summary>The header's length with its options, 8 to 260 bytes.</summary>
    public int Length => MinimumLength + OptionsLengthIn(_bytes[VersionAndLengthAt]);

    /// <summary>The protocol of what follows.</summary>
    public EtherType Type => (EtherType)BinaryPrimitives.ReadUInt16BigEndian(_bytes[TypeAt..]);

    /// <summary>The version in the byte at <see cref="VersionAndLengthAt"/>.</summary>
    public static int VersionIn(byte field) => field >> 6;

    /// <summary>The length of the options in the byte at <see cref="VersionAndLengthAt"/>, in bytes.</summary>
    public static int OptionsLengthIn(byte field) => (field & 0x3f) << 2;
}
