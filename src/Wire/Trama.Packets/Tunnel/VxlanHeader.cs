namespace Trama.Packets.Tunnel;

/// <summary>
/// A view of a VXLAN header, RFC 7348 section 5; an Ethernet frame follows. Made only by <see cref="TryParse"/>, so no getter can fail.
/// </summary>
public readonly ref struct VxlanHeader
{
    /// <summary>The UDP port.</summary>
    public const ushort Port = 4789;

    /// <summary>The header's length, in bytes.</summary>
    public const int Length = 8;

    /// <summary>Where the flags are.</summary>
    public const int FlagsAt = 0;

    /// <summary>Where the network's number is, 24 bits.</summary>
    public const int NetworkAt = 4;

    /// <summary>The flag that says that the network's number is valid.</summary>
    public const byte NetworkPresent = 0x08;

    private readonly ReadOnlySpan<byte> _bytes;

    private VxlanHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Views the start of <paramref name="bytes"/> as a VXLAN header; false when the capture ends before it does.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out VxlanHeader header)
    {
        header = default;
        if (bytes.Length < Length) return false;
        header = new VxlanHeader(bytes[..Length]);
        return true;
    }

    /// <summary>Whether the header is valid.</summary>
    public bool IsValid => (_bytes[FlagsAt] & NetworkPresent) != 0;
}
