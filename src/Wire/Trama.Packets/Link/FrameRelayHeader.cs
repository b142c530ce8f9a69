namespace Trama.Packets.Link;

/// <summary>
/// A view of the address of a Frame Relay frame (Q.922 section 3.3) in its forms of 2, 3 and 4 bytes. Made only by <see cref="TryParse"/>,
/// so no getter can fail.
/// </summary>
public readonly ref struct FrameRelayHeader
{
    /// <summary>The control field of unnumbered information, which precedes the number of a protocol.</summary>
    public const byte UnnumberedInformation = 0x03;

    // The lowest bit of each byte is set in the last one only.
    private const byte LastByte = 0x01;
    private const int MaxLength = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private FrameRelayHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Views the start of <paramref name="bytes"/> as an address.</summary>
    /// <returns>Malformed when the address has 1 byte or more than 4.</returns>
    public static ParseStatus TryParse(ReadOnlySpan<byte> bytes, out FrameRelayHeader header)
    {
        header = default;
        for (int at = 0; at < MaxLength; at++)
        {
            if (at >= bytes.Length) return ParseStatus.Truncated;
            if ((bytes[at] & LastByte) == 0) continue;
            if (at == 0) return ParseStatus.Malformed;
            header = new FrameRelayHeader(bytes[..(at + 1)]);
            return ParseStatus.Complete;
        }

        return ParseStatus.Malformed;
    }

    /// <summary>The length of the address, 2 to 4 bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>The number of the virtual circuit, 10, 16 or 23 bits.</summary>
    public int Circuit
    {
        get
        {
            int circuit = (_bytes[0] & 0xfc) << 2 | _bytes[1] >> 4;
            if (Length == MaxLength) circuit = circuit << 7 | _bytes[2] >> 1;
            if (Length > 2) circuit = circuit << 6 | _bytes[^1] >> 2;
            return circuit;
        }
    }

    /// <summary>Whether the frame is a command or a response.</summary>
    public bool IsResponse => (_bytes[0] & 0x02) != 0;

    /// <summary>Whether there is congestion ahead of the frame.</summary>
    public bool HasForwardCongestion => (_bytes[1] & 0x08) != 0;

    /// <summary>Whether there is congestion against the frame's way.</summary>
    public bool HasBackwardCongestion => (_bytes[1] & 0x04) != 0;

    /// <summary>Whether the frame may be dropped before others.</summary>
    public bool IsDiscardEligible => (_bytes[1] & 0x02) != 0;

    /// <summary>Whether the last byte of a longer address is control information and not a part of the number.</summary>
    public bool IsControl => Length > 2 && (_bytes[^1] & 0x02) != 0;
}
