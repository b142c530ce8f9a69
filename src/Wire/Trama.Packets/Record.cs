namespace Trama.Packets;

/// <summary>
/// One captured packet as a file or a device gives it. A view over the source's memory: valid until the source is asked
/// for the next record, so what must outlive it is copied.
/// </summary>
/// <param name="timestamp">When the packet was seen.</param>
/// <param name="linkType">The layer at which <paramref name="bytes"/> start.</param>
/// <param name="bytes">The captured bytes; fewer than <paramref name="originalLength"/> when the snapshot length cut the packet.</param>
/// <param name="originalLength">The packet's length on the wire, in bytes.</param>
/// <param name="interfaceId">The index of the interface in the capture, from 0.</param>
public readonly ref struct Record(
    Timestamp timestamp, LinkType linkType, ReadOnlySpan<byte> bytes, int originalLength, int interfaceId = 0)
{
    /// <summary>When the packet was seen.</summary>
    public Timestamp Timestamp { get; } = timestamp;

    /// <summary>The layer at which <see cref="Bytes"/> start.</summary>
    public LinkType LinkType { get; } = linkType;

    /// <summary>The captured bytes.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>The packet's length on the wire, in bytes.</summary>
    public int OriginalLength { get; } = originalLength;

    /// <summary>What a pcapng file says of the packet besides.</summary>
    public RecordNotes Notes { get; init; }

    /// <summary>What was noted of the TCP payload by who did not keep it, in bits that who judges understands; 0 for nothing.</summary>
    public ulong PayloadNote { get; init; }

    /// <summary>The index of the interface in the capture, from 0.</summary>
    public int InterfaceId { get; } = interfaceId;
}
