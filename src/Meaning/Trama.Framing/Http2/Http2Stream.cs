using System.Buffers.Binary;
using Trama.Framing.Bodies;

namespace Trama.Framing.Http2;

/// <summary>
/// One direction of HTTP/2 as messages, several at a time: each is the frames of a stream from its HEADERS to the one that ends the stream
/// (RFC 9113 section 8.1). Frames that manage the connection belong to none.
/// </summary>
internal abstract class Http2Stream(Http2Exchanges exchanges, Direction direction) : FrameStream
{
    private const int LastStreamSize = 4;
    private const int SettingSize = 6;
    private const int MaxFrameSetting = 5;

    private readonly HeaderFields _fields = new(exchanges.ReadsBodies);
    private readonly HeaderBlock _block = new();
    private readonly FrameBoundary _boundary = new(exchanges, direction);
    private FrameHeader _blockFrame;
    private uint _promised;
    private Http2Exchange? _exchange;
    private Http2Exchange? _over;
    private DataPayload _data;
    private uint _goAway;
    private bool _isReset;
    private bool _isPromise;
    private bool _hasBegun;
    private ShortText _words;
    private int _bodyStart;
    private int _bodyLength;
    private long _bodyMissing;
    private bool _endsHead;

    /// <summary>The connection's exchanges.</summary>
    protected Http2Exchanges Exchanges => exchanges;

    /// <summary>Composes operations.</summary>
    protected HttpOperation Operation { get; } = new();

    /// <inheritdoc/>
    internal sealed override ReadOnlySpan<byte> BodyPiece(ReadOnlySpan<byte> taken) => taken.Slice(_bodyStart, _bodyLength);

    /// <inheritdoc/>
    internal sealed override long BodyMissing => _bodyMissing;

    /// <inheritdoc/>
    internal sealed override BodyFields? BodyFields => _exchange is null ? null : Half(_exchange).Body;

    /// <inheritdoc/>
    internal sealed override ReadOnlySpan<byte> HeadPiece(ReadOnlySpan<byte> taken, out ContentKind kind)
    {
        kind = ContentKind.Words;
        if (!_endsHead || _over is not { } exchange) return default;
        var end = new MessageEnd();
        if (_isPromise) DescribeRequest(ref end, exchange);
        else Describe(ref end, exchange);
        return end.Description;
    }

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes) => _boundary.Find(bytes, Position);

    /// <inheritdoc/>
    public sealed override void Describe(ref MessageEnd end)
    {
        uint stream = (uint)end.Message;
        if (stream == 0)
        {
            DescribeGoAway(ref end);
            return;
        }

        end.Key = stream;
        if ((_over?.Stream == stream ? _over : exchanges.Known(stream)) is not { } exchange) return;
        if (exchange.IsUpgraded) end.Key = null;
        if (exchange.IsGrpc) end.Protocol = "grpc";
        if (_isPromise) DescribeRequest(ref end, exchange);
        else Describe(ref end, exchange);
        if (_isPromise) end.Traits |= MessageTraits.Asks;
        if (!_isReset) return;
        end.Traits |= MessageTraits.Aborts;
        if (exchange.Error == ErrorCode.NoError) return;
        end.Failed = true;
        // What else was said of it may be among bytes that are missing.
        if (end.Status.IsEmpty && exchange.LossesBefore == exchanges.Losses) end.Status = ErrorCode.Words(exchange.Error);
    }

    /// <summary>Its half of an exchange.</summary>
    protected abstract ref Http2Exchange.Half Half(Http2Exchange exchange);

    /// <summary>The first fields of a message, or its trailers, are there.</summary>
    /// <returns>Whether a message ends with them although the stream goes on.</returns>
    protected abstract bool Take(Http2Exchange exchange, HeaderFields fields, bool isOver);

    /// <summary>Completes what is known of a message.</summary>
    protected abstract void Describe(ref MessageEnd end, Http2Exchange exchange);

    /// <summary>Completes what is known of a request.</summary>
    protected void DescribeRequest(ref MessageEnd end, Http2Exchange exchange)
    {
        end.ReplyDue = true;
        ReadOnlySpan<byte> operation = exchange.Operation;
        if (exchange.IsGrpc && !operation.IsEmpty) operation = operation[(operation.IndexOf((byte)' ') + 1)..];
        end.Operation = operation;
        end.Group = exchange.IsGrpc ? default : Operation.Group(operation);
        end.Description = Described(operation.IsEmpty ? "path unknown"u8 : operation, exchange);
    }

    /// <summary>Words about a message, with the number of gRPC's messages in it where there are several.</summary>
    protected ReadOnlySpan<byte> Described(ReadOnlySpan<byte> words, Http2Exchange exchange)
    {
        _words.Clear();
        _words.Add(words);
        if (!exchange.IsGrpc || Half(exchange).Messages.Count is not > 1) return _words.Bytes;
        _words.Add(" ("u8);
        _words.Add((long)Half(exchange).Messages.Count!);
        _words.Add(" messages)"u8);
        return _words.Bytes;
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        exchanges.Losses++;
        _block.Forget();
        return base.TryForget();
    }

    /// <inheritdoc/>
    protected override bool TryBegin()
    {
        if (!_hasBegun && !(Frame.IsUsual && Frame.Length <= exchanges.MaxFrame)) return false;
        _hasBegun = true;
        // Between the frames of a block, none other comes (RFC 9113 section 4.3).
        if (_block.IsOpen && (Frame.Type != FrameType.Continuation || Frame.Stream != _blockFrame.Stream)) return false;
        (_over, _isReset, _isPromise) = (null, false, false);
        (_bodyLength, _bodyMissing, _endsHead) = (0, 0, false);
        if (Frame.Type == FrameType.Data) _data = new DataPayload(Frame.Length, Frame.IsPadded);
        if (Frame.Type is FrameType.Data or FrameType.Headers) _exchange = exchanges.FindOrOpen(Frame.Stream);
        else if (Frame.Type != FrameType.Continuation || !_block.IsOpen) _exchange = null;
        if (_exchange is not null && Half(_exchange).IsOver) _exchange = null;
        _promised = Frame.Type == FrameType.PushPromise ? 0 : _promised;
        if (Frame.Type is not (FrameType.Headers or FrameType.PushPromise)) return true;
        _blockFrame = Frame;
        _block.Begin();
        return true;
    }

    /// <inheritdoc/>
    protected override FrameStep Goes(int taken) => _exchange is null ? FrameStep.Between(taken) : FrameStep.Piece(taken, _exchange.Stream);

    /// <inheritdoc/>
    protected override FrameStep Data(int taken, ReadOnlySpan<byte> payload, bool isOver)
    {
        if (_exchange is null) return FrameStep.Between(taken);
        ref Http2Exchange.Half half = ref Half(_exchange);
        half.HasUnknown |= !half.HasBegun;
        half.HasBegun = true;
        ReadOnlySpan<byte> body = _exchange.IsGrpc || exchanges.ReadsBodies ? _data.Body(payload) : default;
        if (_exchange.IsGrpc) half.Messages.Take(body);
        _bodyStart = payload.Overlaps(body, out int offset) ? taken - payload.Length + offset : 0;
        _bodyLength = body.Length;
        return isOver && Frame.EndsStream ? Complete(taken, _exchange) : Goes(taken);
    }

    /// <inheritdoc/>
    protected override FrameStep MissingData(int count, bool isOver)
    {
        if (_exchange is null) return FrameStep.Between(count);
        int body = _data.Missing(count);
        Half(_exchange).Messages.Pass(body);
        _bodyMissing = body;
        return isOver && Frame.EndsStream ? Complete(count, _exchange) : Goes(count);
    }

    /// <inheritdoc/>
    protected override FrameStep Ends(int taken, ReadOnlySpan<byte> payload, bool isWhole)
    {
        switch (Frame.Type)
        {
            case FrameType.Headers or FrameType.PushPromise or FrameType.Continuation:
                return Fields(taken, payload, isWhole);
            case FrameType.Settings when isWhole:
                Set(payload);
                return FrameStep.Between(taken);
            case FrameType.ResetStream:
                return Reset(taken, isWhole ? BinaryPrimitives.ReadUInt32BigEndian(payload) : ErrorCode.NoError);
            case FrameType.GoAway:
                _goAway = payload.Length >= 2 * LastStreamSize ? BinaryPrimitives.ReadUInt32BigEndian(payload[LastStreamSize..])
                    : ErrorCode.NoError;
                return Whole(taken, 0);
            default:
                return FrameStep.Between(taken);
        }
    }

    private void DescribeGoAway(ref MessageEnd end)
    {
        end.Traits = MessageTraits.Unsolicited | MessageTraits.Goodbye;
        _words.Clear();
        _words.Add("GOAWAY "u8);
        _words.Add(ErrorCode.Words(_goAway));
        end.Description = _words.Bytes;
    }

    private static FrameStep Whole(int taken, uint message) => new(FrameStatus.Complete, taken, message);

    private FrameStep Fields(int taken, ReadOnlySpan<byte> payload, bool isWhole)
    {
        bool isFragment = FieldsPayload.TryFragment(Frame, payload, out ReadOnlySpan<byte> fragment);
        // Of a block whose beginning was missed, nothing can be said.
        if (!_block.IsOpen || !isWhole || !isFragment) _block.Lose();
        else if (Frame.Type == FrameType.PushPromise) _promised = FieldsPayload.Promised(Frame, payload);
        if (!Frame.EndsHeaders)
        {
            _block.Add(fragment);
            return Goes(taken);
        }

        bool isOpen = _block.IsOpen;
        _block.End(fragment, _fields);
        if (!isOpen) return Goes(taken);
        if (_blockFrame.Type == FrameType.PushPromise) return Promise(taken);
        if (_exchange is null) return FrameStep.Between(taken);
        Half(_exchange).HasUnknown |= _fields.HasUnknown;
        _endsHead = !Half(_exchange).HasBegun;
        if (_endsHead) Half(_exchange).Body = _fields.Body;
        bool ends = Take(_exchange, _fields, _blockFrame.EndsStream);
        _over = _exchange;
        return _blockFrame.EndsStream ? Complete(taken, _exchange) : ends ? Whole(taken, _exchange.Stream) : Goes(taken);
    }

    // The server asks in the client's place, and will answer (RFC 9113 section 8.4).
    private FrameStep Promise(int taken)
    {
        if (_promised == 0 || exchanges.FindOrOpen(_promised) is not { } promised) return FrameStep.Between(taken);
        promised.Request.HasBegun = promised.Request.IsOver = true;
        if (!_fields.Target.IsEmpty && !_fields.Method.IsEmpty) promised.Operation = Operation.Of(_fields.Method, _fields.Target);
        (_over, _isPromise, _endsHead) = (promised, true, true);
        return Whole(taken, promised.Stream);
    }

    private FrameStep Complete(int taken, Http2Exchange exchange)
    {
        Half(exchange).IsOver = true;
        if (exchange.Reply.IsOver && (exchange.Request.IsOver || !exchange.Request.HasBegun)) exchanges.Close(exchange);
        _over = exchange;
        return Whole(taken, exchange.Stream);
    }

    private FrameStep Reset(int taken, uint error)
    {
        _over = exchanges.Find(Frame.Stream);
        if (_over is null) return FrameStep.Between(taken);
        _over.Error = error;
        _isReset = true;
        exchanges.Reset(_over);
        // What is on its way of a reply that had not begun may still come (RFC 9113 section 5.1); of other messages it says no more.
        _over.Request.IsOver = true;
        _over.Reply.IsOver |= _over.Reply.HasBegun || direction == Direction.ToClient;
        // A request that was not seen is none that could be given up.
        return direction == Direction.ToServer && !_over.Request.HasBegun ? FrameStep.Between(taken) : Whole(taken, Frame.Stream);
    }

    private void Set(ReadOnlySpan<byte> settings)
    {
        for (; settings.Length >= SettingSize; settings = settings[SettingSize..])
            if (BinaryPrimitives.ReadUInt16BigEndian(settings) == MaxFrameSetting)
                exchanges.MaxFrame = (int)Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(settings[2..]), (uint)exchanges.MaxFrame,
                    0xffffff);
    }
}
