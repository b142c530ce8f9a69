namespace Trama.Packets.Tunnel;

/// <summary>
/// A view of the header of CAPWAP's data channel, RFC 5415 section 4.3. Made only by <see cref="TryParse"/>, so no getter can fail.
/// </summary>
public readonly ref struct CapwapHeader
{
    /// <summary>The UDP port of the data channel.</summary>
    public const ushort Port = 5247;

    /// <summary>The length of the header without optional fields, in bytes.</summary>
    public const int MinimumLength = 8;

    private const int WirelessBinding = 1;

    private readonly ReadOnlySpan<byte> _bytes;

    private CapwapHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Views the start of <paramref name="bytes"/> as a header.</summary>
    /// <returns>Malformed when the channel is encrypted, or the length is less than that of the fixed part.</returns>
    public static ParseStatus TryParse(ReadOnlySpan<byte> bytes, out CapwapHeader header)
    {
        header = default;
        if (bytes.Length < MinimumLength) return ParseStatus.Truncated;
        // Version 0 and type 0; type 1 is DTLS.
        int length = bytes[1] >> 3 << 2;
        if (bytes[0] != 0 || length < MinimumLength) return ParseStatus.Malformed;
        if (length > bytes.Length) return ParseStatus.Truncated;
        header = new CapwapHeader(bytes[..length]);
        return ParseStatus.Complete;
    }

    /// <summary>The header's length with its optional fields, in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>Whether a frame of the wireless side follows, and not an Ethernet one.</summary>
    public bool IsNative => (_bytes[2] & 0x01) != 0;

    /// <summary>Whether that wireless side is 802.11.</summary>
    public bool IsWireless => (_bytes[2] >> 1 & 0x1f) == WirelessBinding;

    /// <summary>Whether the frame is only a part of one.</summary>
    public bool IsFragment => (_bytes[3] & 0x80) != 0;
}
