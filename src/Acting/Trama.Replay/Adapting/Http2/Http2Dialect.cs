using System.Buffers;
using System.Buffers.Binary;
using Trama.Framing;
using Trama.Framing.Http2;
using Trama.Replay.Recording;
using Trama.Tracing;

namespace Trama.Replay.Adapting.Http2;

/// <summary>HTTP/2 on a live connection: its own streams, table of fields, settings and windows.</summary>
internal sealed class Http2Dialect : Dialect, IMessageSink
{
    // Streams of one connection at a time, as many programs have it.
    private const int MaxStreams = 1000;

    // Room for the other side beyond the usual 64 KiB: it is given back as it is used, and a long way takes longer.
    private const int ExtraWindow = 1 << 20;

    private static ReadOnlySpan<byte> RefusedStream => [0, 0, 0, 7];

    private readonly Occasion _occasion;
    private readonly StreamReader _reader;
    private readonly OutgoingStreams _outgoing = new();
    private readonly Conversation _words;
    private readonly ArrayBufferWriter<byte> _owed = new();
    private readonly Dictionary<uint, long> _began = [];
    private uint _lastStream;

    /// <summary>Begins.</summary>
    /// <param name="occasion">Where it is spoken.</param>
    public Http2Dialect(Occasion occasion)
    {
        _occasion = occasion;
        _reader = new StreamReader(speaksPreface: occasion.Self == Side.Server);
        _words = new Conversation(FramingRule.OfProtocol("http2"), this);
        if (occasion.Self == Side.Client) _owed.Write(Preface);
        // MAX_CONCURRENT_STREAMS of a server; a client wants nothing pushed (RFC 9113 section 6.5.2).
        ReadOnlySpan<byte> settings = occasion.Self == Side.Server ? [0, 3, 0, 0, MaxStreams >> 8, MaxStreams & 0xff] : [0, 2, 0, 0, 0, 0];
        Http2Frame.Write(_owed, FrameType.Settings, 0, 0, settings);
        Update(0, ExtraWindow);
        _words.Take(Own, _owed.WrittenSpan);
    }

    /// <summary>What a client begins with (RFC 9113 section 3.4).</summary>
    public static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <inheritdoc/>
    public override long HeldBytes => _reader.HeldBytes + _owed.WrittenCount;

    /// <inheritdoc/>
    public override bool IsHeldUp => _outgoing.Count > 0;

    /// <inheritdoc/>
    public override bool IsOwing => _owed.WrittenCount > 0 || _outgoing.Count > 0;

    private Direction Own => _occasion.Self == Side.Server ? Direction.ToClient : Direction.ToServer;

    private Direction Other => _occasion.Self == Side.Server ? Direction.ToServer : Direction.ToClient;

    /// <inheritdoc/>
    public override void Hear(ReadOnlySpan<byte> bytes)
    {
        _reader.Take(bytes, Note);
        _words.Take(Other, bytes);
    }

    /// <inheritdoc/>
    public override void HearEnd() => _words.End(Other);

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> TakeOwed()
    {
        int before = _owed.WrittenCount;
        _outgoing.Write(_owed);
        _words.Take(Own, _owed.WrittenSpan[before..]);
        ReadOnlyMemory<byte> owed = _owed.WrittenSpan.ToArray();
        _owed.ResetWrittenCount();
        return owed;
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Say(RecordedMessage message, RecordedMessage? askedThen, LiveMessage? asked)
    {
        uint stream = asked?.Key is { } key ? (uint)key : NextStream();
        _outgoing.Add(stream, Adaptations.Of(message.Protocol).Write(new Saying(message, message.Bytes, askedThen, asked, _occasion)));
        return TakeOwed();
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte>? Refuse(LiveMessage asked)
    {
        if (asked.Key is not { } stream || Adaptations.Of(asked.Protocol).Refusal(asked) is not { } frames) return null;
        _outgoing.Add((uint)stream, frames);
        return TakeOwed();
    }

    /// <inheritdoc/>
    public override void SayOwn(ReadOnlySpan<byte> bytes) => _words.Take(Own, bytes);

    private uint NextStream()
    {
        _lastStream = _lastStream == 0 ? 1 : _lastStream + 2;
        SaidKey = _lastStream;
        return _lastStream;
    }

    private void Note(Http2Frame frame)
    {
        FrameHeader header = frame.Header;
        _outgoing.Hear(frame);
        switch (header.Type)
        {
            case FrameType.Headers when _began.Count < 2 * MaxStreams:
                _began.TryAdd(header.Stream, _occasion.Time.GetTimestamp());
                break;
            case FrameType.Data when header.Length > 0:
                Update(0, header.Length);
                if (!header.EndsStream) Update(header.Stream, header.Length);
                break;
            case FrameType.Settings or FrameType.Ping when !header.Acknowledges:
                ReadOnlySpan<byte> echoed = header.Type == FrameType.Ping ? frame.Payload.Span : default;
                Http2Frame.Write(_owed, header.Type, Http2Frame.EndStream, 0, echoed);
                break;
        }
    }

    private void Update(uint stream, int more)
    {
        Span<byte> payload = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(payload, more);
        Http2Frame.Write(_owed, FrameType.WindowUpdate, 0, stream, payload);
    }

    void IMessageSink.OnBytes(in MessageId message, Origin origin, ReadOnlySpan<byte> bytes)
    {
        // The reader keeps them.
    }

    void IMessageSink.OnMissing(in MessageId message, Origin origin, long count)
    {
        // Nothing of a live connection is missing.
    }

    void IMessageSink.OnMessageEnd(in MessageId message, in MessageEnd end)
    {
        if (message.Direction != Other || message.Number == 0) return;
        uint stream = (uint)message.Number;
        _began.Remove(stream, out long beganAt);
        ReadOnlyMemory<byte> bytes = _reader.Complete.Remove(stream, out StreamMessage? whole) ? whole.Frames : _reader.Unfinished(stream);
        if (_occasion.Self == Side.Server && _outgoing.Count >= MaxStreams)
        {
            // More than it was told that it may have open, which nobody would take (RFC 9113 section 5.1.2).
            Http2Frame.Write(_owed, FrameType.ResetStream, 0, stream, RefusedStream);
            return;
        }

        var heard = new LiveMessage
        {
            Bytes = bytes,
            Protocol = end.Protocol,
            Operation = end.Operation.ToArray(),
            Group = end.Group.ToArray(),
            Status = end.Status.ToArray(),
            Failed = end.Failed,
            Key = stream,
            Traits = end.Traits,
            BeganAt = beganAt > 0 ? beganAt : _occasion.Time.GetTimestamp(),
            HeardAt = _occasion.Time.GetTimestamp(),
        };
        Heard.Enqueue(heard);
    }

    void IMessageSink.OnLost(Direction direction, int layer)
    {
        // Nothing of a live connection is missing.
    }

    void IMessageSink.OnUnfit(Direction direction, string framing, FramingFailure failure)
    {
        // The other side breaks the protocol; it hears nothing more.
    }
}
