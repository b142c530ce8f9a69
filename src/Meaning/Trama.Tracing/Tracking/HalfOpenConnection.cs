using System.Diagnostics.CodeAnalysis;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;

namespace Trama.Tracing.Tracking;

/// <summary>
/// A connection of which no more was seen than a SYN and perhaps its answer, or where a capture begins late one or two acknowledgements
/// that do not tell who is the client: only these are kept, so that a flood of them costs little.
/// </summary>
internal struct HalfOpenConnection(long id, in TcpSegment first, long packet)
{
    private const TcpFlags Told = TcpFlags.Syn | TcpFlags.Ack | TcpFlags.Fin | TcpFlags.Rst;

    private readonly HeldSegment _first = new(first);
    private HeldSegment _answer;
    private long _answerPacket;

    /// <summary>The number of the connection.</summary>
    public long Id { get; } = id;

    /// <summary>Tells whose it is, if the first segment is the client's; null when nobody asks.</summary>
    public Func<Side, SideProcess?>? Owners { get; init; }

    /// <summary>The neighbours in the order of their SYNs, as <see cref="HalfOpenConnections"/> numbers them.</summary>
    public int Older { get; set; }

    /// <inheritdoc cref="Older"/>
    public int Newer { get; set; }

    /// <summary>The endpoints.</summary>
    public readonly FlowKey Key => new(First.Source, First.Destination);

    /// <summary>The SYN, or the first acknowledgement.</summary>
    [UnscopedRef]
    public readonly TcpSegment First => _first.Segment;

    /// <summary>Whether who sent it is the client is not known.</summary>
    public readonly bool IsUndecided => (First.Flags & TcpFlags.Syn) == 0;

    /// <summary>Whether a segment may be all that is seen of its connection so far.</summary>
    public static bool MayBegin(in TcpSegment segment) =>
        segment is { Flags: TcpFlags.Syn or (TcpFlags.Syn | TcpFlags.Ece | TcpFlags.Cwr), PayloadLength: 0 }
            || (IsAcknowledgement(segment) && Roles.AreAlike(segment.Source, segment.Destination));

    /// <summary>Keeps the answer to the SYN, or the second acknowledgement; false when the segment is something else, or the third
    /// one.</summary>
    public bool TryAnswer(in TcpSegment segment, long packet)
    {
        if (_answerPacket > 0) return false;
        if (IsUndecided)
        {
            if (!IsAcknowledgement(segment)) return false;
            (_answer, _answerPacket) = (new HeldSegment(segment), packet);
            return true;
        }

        if ((segment.Flags & Told) != (TcpFlags.Syn | TcpFlags.Ack)) return false;
        TcpSegment syn = First;
        if (segment.PayloadLength > 0 || segment.Source != syn.Destination || segment.Acknowledgement != syn.Sequence + 1) return false;
        (_answer, _answerPacket) = (new HeldSegment(segment), packet);
        return true;
    }

    /// <summary>Whether who sent the first segment is the client, by the one that follows what is kept: who speaks first is, where what is
    /// said does not tell.</summary>
    public readonly bool IsClientFirst(in TcpSegment next)
    {
        if (!IsUndecided || next.PayloadLength == 0 || (next.Flags & TcpFlags.Syn) != 0) return true;
        return Roles.SenderIsClient(next) == (next.Source == First.Source);
    }

    /// <summary>Tells whose it is, of a connection whose first segment is the client's, or is not; null when nobody asks.</summary>
    public readonly Func<Side, SideProcess?>? OwnersFor(bool isClientFirst)
    {
        Func<Side, SideProcess?>? owners = Owners;
        return isClientFirst || owners is null ? owners : side => owners(side.Other());
    }

    /// <summary>The number of its packet.</summary>
    public readonly long FirstPacket => packet;

    private static bool IsAcknowledgement(in TcpSegment segment) =>
        segment.PayloadLength == 0 && (segment.Flags & Told) == TcpFlags.Ack;

    /// <summary>The answer to the SYN, or the second acknowledgement; of meaning where <see cref="AnswerPacket"/> is not 0.</summary>
    [UnscopedRef]
    public readonly TcpSegment Answer => _answer.Segment;

    /// <summary>The number of its packet; 0 without one.</summary>
    public readonly long AnswerPacket => _answerPacket;
}
