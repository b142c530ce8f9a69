using Trama.Packets.Transport;

namespace Trama.Packets.Decoding;

/// <summary>
/// The TCP part of a record, whatever it was wrapped in. A view over the record's memory, or over the decoder's own when the
/// segment came in fragments: valid until the decoder is given the next record.
/// </summary>
public readonly ref struct TcpSegment
{
    /// <summary>When the packet, or its last fragment, was seen.</summary>
    public Timestamp Timestamp { get; init; }

    /// <summary>The sender.</summary>
    public Endpoint Source { get; init; }

    /// <summary>The receiver.</summary>
    public Endpoint Destination { get; init; }

    /// <summary>The header, with as many of its options as were captured.</summary>
    public TcpHeader Header { get; init; }

    /// <summary>The captured payload bytes.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>
    /// The payload's length on the wire, in bytes: what the IP length says, but no more than the frame had; and what the frame
    /// had where the IP length is 0, as segmentation offload leaves it.
    /// </summary>
    public int PayloadLength { get; init; }

    /// <summary>The identification of the IPv4 packet, the flow label of the IPv6 one.</summary>
    public int IpIdentification { get; init; }

    /// <summary>How many more routers the packet may pass.</summary>
    public byte TimeToLive { get; init; }

    /// <summary>
    /// Where the record was taken: the interface and, in a cooked capture, the packet's way through it. One packet seen
    /// twice has two different ones.
    /// </summary>
    public int Sight { get; init; }

    /// <summary>Whether the capture has fewer bytes of the segment than the wire had.</summary>
    public bool IsCut => Payload.Length < PayloadLength;
}
