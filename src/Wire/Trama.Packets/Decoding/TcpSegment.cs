using Trama.Packets.Transport;

namespace Trama.Packets.Decoding;

/// <summary>
/// The TCP part of a record, whatever it was wrapped in. A view over the record's memory, or over the decoder's own when the
/// segment came in fragments: valid until the decoder is given the next record.
/// </summary>
public ref struct TcpSegment
{
    /// <summary>When the packet, or its last fragment, was seen.</summary>
    public Timestamp Timestamp { get; internal set; }

    /// <summary>The sender.</summary>
    public Endpoint Source { get; internal set; }

    /// <summary>The receiver.</summary>
    public Endpoint Destination { get; internal set; }

    /// <summary>The sequence number of the first payload byte, or of the SYN.</summary>
    public SequenceNumber Sequence { get; internal set; }

    /// <summary>The next sequence number expected from the other side; counts only with <see cref="TcpFlags.Ack"/>.</summary>
    public SequenceNumber Acknowledgement { get; internal set; }

    /// <summary>The nine control bits.</summary>
    public TcpFlags Flags { get; internal set; }

    /// <summary>The receive window as sent, unscaled.</summary>
    public ushort Window { get; internal set; }

    /// <summary>The checksum as sent.</summary>
    public ushort Checksum { get; internal set; }

    /// <summary>The urgent pointer; counts only with <see cref="TcpFlags.Urg"/>.</summary>
    public ushort UrgentPointer { get; internal set; }

    /// <summary>The header's length on the wire, with its options: 20 to 60 bytes.</summary>
    public int HeaderLength { get; internal set; }

    /// <summary>The options' bytes, as many as were captured.</summary>
    public ReadOnlySpan<byte> Options { get; internal set; }

    /// <summary>The captured payload bytes.</summary>
    public ReadOnlySpan<byte> Payload { get; internal set; }

    /// <summary>
    /// The payload's length on the wire, in bytes: what the IP length says, but no more than the frame had unless the checksum of
    /// the IP header proves the length; and what the frame had where the IP length is 0, as segmentation offload leaves it. Padding
    /// that a device counted in the IP length is none.
    /// </summary>
    public int PayloadLength { get; internal set; }

    /// <summary>See <see cref="Record.PayloadNote"/>.</summary>
    public ulong PayloadNote { get; internal set; }

    /// <summary>The identification of the IPv4 packet, the flow label of the IPv6 one.</summary>
    public int IpIdentification { get; internal set; }

    /// <summary>How many more routers the packet may pass.</summary>
    public byte TimeToLive { get; internal set; }

    /// <summary>
    /// Where the record was taken: the interface and, in a cooked capture, the packet's way through it. One packet seen
    /// twice has two different ones.
    /// </summary>
    public int Sight { get; internal set; }

    /// <summary>Whether the capture has fewer bytes of the segment than the wire had.</summary>
    public readonly bool IsCut => Payload.Length < PayloadLength || HasCutOptions;

    /// <summary>Whether the capture has fewer bytes of the options than the wire had.</summary>
    public readonly bool HasCutOptions => TcpHeader.MinimumLength + Options.Length < HeaderLength;
}
