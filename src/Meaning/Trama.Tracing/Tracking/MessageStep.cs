using Trama.Packets;

namespace Trama.Tracing.Tracking;

/// <summary>Something that happened to the streams of a connection, to be told to its messages. The bytes it is about are kept
/// apart.</summary>
internal readonly struct MessageStep
{
    private const long Unknown = -1;

    private readonly ConnectionMessages _messages;
    private readonly long _offset;
    private readonly long _more;
    private readonly PacketStamp _packet;
    private readonly Kind _kind;
    private readonly Side _from;
    private readonly GapReason _reason;

    private MessageStep(
        ConnectionMessages messages, Kind kind, Side from = default, long offset = 0, long more = 0, PacketStamp packet = default,
        GapReason reason = default)
    {
        (_messages, _kind, _from, _reason) = (messages, kind, from, reason);
        (_offset, _more, _packet) = (offset, more, packet);
    }

    private enum Kind : byte
    {
        Open,
        Bytes,
        Gap,
        Path,
        Acknowledgement,
        Retransmission,
        End,
        EndReply,
        Complete,
        Close,
    }

    /// <summary>When the packet was seen that it is about; null when it is about none.</summary>
    public Timestamp? At => _kind is Kind.Bytes or Kind.Gap or Kind.Acknowledgement or Kind.Retransmission ? _packet.At : null;

    /// <summary>Whether it says that some time has passed.</summary>
    public bool IsTick => _kind == Kind.EndReply;

    /// <summary>Whether no bytes come after it.</summary>
    public bool IsLast => _kind is Kind.Complete or Kind.Close;

    public static MessageStep Open(ConnectionMessages messages) => new(messages, Kind.Open);

    public static MessageStep Bytes(ConnectionMessages messages, Side from, long offset, PacketStamp packet) =>
        new(messages, Kind.Bytes, from, offset, packet: packet);

    public static MessageStep Gap(ConnectionMessages messages, Side from, long offset, long length, GapReason reason, PacketStamp packet) =>
        new(messages, Kind.Gap, from, offset, length, packet, reason);

    public static MessageStep Path(ConnectionMessages messages, Side to, long nanoseconds) =>
        new(messages, Kind.Path, to, more: nanoseconds);

    public static MessageStep Acknowledgement(ConnectionMessages messages, long offset, Timestamp at, long? rttNs) =>
        new(messages, Kind.Acknowledgement, offset: offset, more: rttNs ?? Unknown, packet: new PacketStamp(0, at));

    public static MessageStep Retransmission(ConnectionMessages messages, long start, long end, Timestamp at) =>
        new(messages, Kind.Retransmission, offset: start, more: end, packet: new PacketStamp(0, at));

    public static MessageStep End(ConnectionMessages messages, Side from) => new(messages, Kind.End, from);

    public static MessageStep EndReply(ConnectionMessages messages) => new(messages, Kind.EndReply);

    public static MessageStep Complete(ConnectionMessages messages) => new(messages, Kind.Complete);

    public static MessageStep Close(ConnectionMessages messages) => new(messages, Kind.Close);

    /// <summary>Tells the messages of it.</summary>
    /// <param name="bytes">The bytes of <see cref="Bytes"/>.</param>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        if (_messages.Holds(this, bytes)) return;
        switch (_kind)
        {
            case Kind.Bytes: _messages.Take(_from, _offset, bytes, _packet); break;
            case Kind.Acknowledgement: _messages.Acknowledge(_offset, _packet.At, _more == Unknown ? null : _more); break;
            case Kind.Gap: _messages.Skip(_from, _offset, _more, _reason, _packet); break;
            case Kind.Path: _messages.NotePath(_from, _more); break;
            case Kind.Retransmission: _messages.Retransmit(_offset, _more, _packet.At); break;
            case Kind.End: _messages.End(_from); break;
            case Kind.EndReply: _messages.EndReply(); break;
            case Kind.Complete: _messages.Complete(); break;
            case Kind.Open: _messages.Open(); break;
            default: _messages.Close(); break;
        }
    }
}
