using Trama.Packets.Transport;

namespace Trama.Lab.Paths;

/// <summary>A packet on its way, as an obstacle sees it. A view, valid while the obstacle looks at it.</summary>
internal readonly ref struct Crossing
{
    /// <summary>Which way it goes.</summary>
    public required Direction Direction { get; init; }

    /// <summary>The IP packet.</summary>
    public required ReadOnlySpan<byte> Packet { get; init; }

    /// <summary>When it set out, in nanoseconds since the epoch.</summary>
    public required long Now { get; init; }

    /// <summary>The sender.</summary>
    public required Endpoint Source { get; init; }

    /// <summary>The receiver.</summary>
    public required Endpoint Destination { get; init; }

    /// <summary>Its control bits.</summary>
    public required TcpFlags Flags { get; init; }

    /// <summary>Its sequence number.</summary>
    public required SequenceNumber Sequence { get; init; }

    /// <summary>Its acknowledgement number.</summary>
    public required SequenceNumber Acknowledgement { get; init; }

    /// <summary>Its window as sent.</summary>
    public required ushort Window { get; init; }

    /// <summary>Its payload, in bytes.</summary>
    public required int Length { get; init; }

    /// <summary>Where its payload starts in its stream; 0 is the byte after the SYN.</summary>
    public required long Offset { get; init; }

    /// <summary>How many segments with new payload the stream had before this one.</summary>
    public required int DataIndex { get; init; }

    /// <summary>Whether it only has bytes, or a SYN or FIN, that were sent before.</summary>
    public required bool Again { get; init; }

    /// <summary>The client's port.</summary>
    public int ClientPort => Direction == Direction.ToServer ? Source.Port : Destination.Port;

    /// <summary>The server's port.</summary>
    public int ServerPort => Direction == Direction.ToServer ? Destination.Port : Source.Port;

    /// <summary>Where its payload ends in its stream.</summary>
    public long End => Offset + Length;

    /// <summary>Whether it opens a connection.</summary>
    public bool IsSyn => (Flags & (TcpFlags.Syn | TcpFlags.Ack)) == TcpFlags.Syn;

    /// <summary>Whether it answers a SYN.</summary>
    public bool IsSynAck => (Flags & (TcpFlags.Syn | TcpFlags.Ack)) == (TcpFlags.Syn | TcpFlags.Ack);
}
