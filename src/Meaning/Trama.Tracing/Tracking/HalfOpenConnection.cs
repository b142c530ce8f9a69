using System.Diagnostics.CodeAnalysis;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;

namespace Trama.Tracing.Tracking;

/// <summary>
/// A connection of which no more was seen than a SYN and perhaps its answer: only these are kept, so that a flood of them costs little.
/// </summary>
internal struct HalfOpenConnection(long id, in TcpSegment syn, long packet)
{
    private readonly HeldSegment _syn = new(syn);
    private HeldSegment _answer;
    private long _answerPacket;

    /// <summary>The number of the connection.</summary>
    public long Id { get; } = id;

    /// <summary>Tells whose it is; null when nobody asks.</summary>
    public Func<Side, SideProcess?>? Owners { get; init; }

    /// <summary>The neighbours in the order of their SYNs, as <see cref="HalfOpenConnections"/> numbers them.</summary>
    public int Older { get; set; }

    /// <inheritdoc cref="Older"/>
    public int Newer { get; set; }

    /// <summary>The client and the server.</summary>
    public readonly FlowKey Key => new(Syn.Source, Syn.Destination);

    /// <summary>The SYN.</summary>
    [UnscopedRef]
    public readonly TcpSegment Syn => _syn.Segment;

    /// <summary>Whether a segment may be all that is seen of its connection so far.</summary>
    public static bool MayBegin(in TcpSegment segment) =>
        segment is { Flags: TcpFlags.Syn or (TcpFlags.Syn | TcpFlags.Ece | TcpFlags.Cwr), PayloadLength: 0 };

    /// <summary>Keeps the answer to the SYN; false when the segment is something else, or the second one.</summary>
    public bool TryAnswer(in TcpSegment segment, long packet)
    {
        const TcpFlags Told = TcpFlags.Syn | TcpFlags.Ack | TcpFlags.Fin | TcpFlags.Rst;
        if (_answerPacket > 0 || (segment.Flags & Told) != (TcpFlags.Syn | TcpFlags.Ack)) return false;
        TcpSegment syn = Syn;
        if (segment.PayloadLength > 0 || segment.Source != syn.Destination || segment.Acknowledgement != syn.Sequence + 1) return false;
        (_answer, _answerPacket) = (new HeldSegment(segment), packet);
        return true;
    }

    /// <summary>Gives the segments to the connection that they belong to.</summary>
    public readonly void GiveTo(TrackedConnection connection)
    {
        connection.Take(Syn, packet);
        if (_answerPacket > 0) connection.Take(_answer.Segment, _answerPacket);
    }
}
