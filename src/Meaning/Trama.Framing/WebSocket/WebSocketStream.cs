using Trama.Framing.Bodies;

namespace Trama.Framing.WebSocket;

/// <summary>
/// One direction of WebSocket: messages of one frame or more, between whose frames pings, pongs and the close may come (RFC 6455 section
/// 5.4). Either side may speak at any time, and nothing but a ping or a close is answered.
/// </summary>
/// <param name="direction">The direction.</param>
/// <param name="closing">What both know of the end.</param>
/// <param name="deflate">How messages are compressed; null when they are not.</param>
/// <param name="carries">Whether messages carry the bytes of another protocol.</param>
/// <param name="readsBodies">Whether what messages say is read: then a step takes bytes of a header or of a payload.</param>
internal sealed class WebSocketStream(
    Direction direction, WebSocketClosing closing, WebSocketDeflate? deflate, bool carries = false, bool readsBodies = false)
    : StreamFraming
{
    private const long Data = 0;
    private const long Control = 1;
    private const int PlainSize = 1024;

    private readonly byte[] _head = new byte[WebSocketHeader.MaxSize];
    private int _headLength;
    private WebSocketHeader _header;
    private bool _inFrame;
    private long _left;
    private uint _mask;
    private WebSocketOpcode _opcode;
    private bool _inMessage;
    private bool _isCompressed;
    private ShortText _words = new(ShortText.Capacity);
    private readonly WebSocketControl _control = new(direction, closing);
    private ShortText _description = new(ShortText.Capacity);
    private byte[]? _plain;
    private MessageInflater? _inflater;
    private int _carried;
    private long _carriedMissing;
    private bool _isCut;
    private BodyFields? _fields;
    private int _piece;
    private long _missing;
    private bool _begins;

    /// <inheritdoc/>
    internal override long BodyMissing => _missing;

    /// <inheritdoc/>
    internal override BodyFields? BodyFields => _isCompressed
        ? _fields ??= BodyFields.OfMessages("permessage-deflate"u8, new MessageDecoder(Forgets)) : null;

    /// <inheritdoc/>
    public override bool LossIsMessage => false;

    /// <inheritdoc/>
    public override bool Carries => carries;

    /// <inheritdoc/>
    public override long CarriedMissing => _carriedMissing;

    private long Message => _header.IsControl ? Control : Data;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Carried(ReadOnlySpan<byte> taken) =>
        _header.IsMasked ? _plain.AsSpan(0, _carried) : taken[(taken.Length - _carried)..];

    /// <inheritdoc/>
    internal override ReadOnlySpan<byte> BodyPiece(ReadOnlySpan<byte> taken) =>
        _header.IsMasked ? _plain.AsSpan(0, _piece) : taken[(taken.Length - _piece)..];

    /// <inheritdoc/>
    internal override ReadOnlySpan<byte> HeadPiece(ReadOnlySpan<byte> taken, out ContentKind kind)
    {
        kind = ContentKind.Words;
        if (_header.IsControl) return _inFrame || _headLength > 0 ? default : _control.Words(_header.Opcode);
        bool begins = _begins;
        _begins = false;
        return begins ? Kind : default;
    }

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        end.ReplyDue = false;
        if (end.Message == Control)
        {
            _control.Describe(ref end, _header.Opcode);
            return;
        }

        end.Traits = MessageTraits.Asks | MessageTraits.NoReply;
        end.Operation = Kind;
        _description.Clear();
        _description.Add(end.Operation);
        if (!_words.IsEmpty) _description.Add(" "u8);
        _description.Add(_words.Bytes);
        end.Description = _description.Bytes;
    }

    /// <summary>After missing bytes: a piece that is a number of whole frames, or begins with one whose length needs eight bytes, most of
    /// them zero.</summary>
    public override int Boundary(ReadOnlySpan<byte> bytes)
    {
        bool isFirst = true;
        while (bytes.Length >= WebSocketHeader.SizeOf(bytes))
        {
            if (!WebSocketHeader.TryRead(bytes, out WebSocketHeader header) || !Fits(header)) return -1;
            if (header.Length > bytes.Length - header.Size) return isFirst && header.Length is > ushort.MaxValue and <= int.MaxValue
                ? 0 : -1;
            isFirst = false;
            bytes = bytes[(header.Size + (int)header.Length)..];
            if (bytes.IsEmpty) return 0;
        }

        return -1;
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        (_headLength, _inFrame, _inMessage, _isCut) = (0, false, false, true);
        LoseText();
        closing.Note(direction, mayBe: true);
        return true;
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        (_piece, _missing) = (0, 0);
        while (!_inFrame)
        {
            int size = WebSocketHeader.SizeOf(_head.AsSpan(0, _headLength));
            int taken = Math.Min(size - _headLength, bytes.Length - at);
            bytes.Slice(at, taken).CopyTo(_head.AsSpan(_headLength));
            _headLength += taken;
            at += taken;
            if (_headLength < size) return Begins(at, (_head[0] & 0xf) >= (int)WebSocketOpcode.Close ? Control : Data);
            if (_headLength < WebSocketHeader.SizeOf(_head.AsSpan(0, _headLength))) continue;
            if (!WebSocketHeader.TryRead(_head, out _header) || !Fits(_header) || !TryBegin()) return Unfit(
                FramingFault.BadFrame, at - _headLength);
        }

        ReadOnlySpan<byte> payload = bytes.Slice(at, (int)Math.Min(_left, bytes.Length - at));
        if (carries && !_header.IsControl) return Carry(at, payload);
        // Of a message whose beginning is missing, nobody knows how to read the rest.
        if (readsBodies && !_header.IsControl && _opcode != WebSocketOpcode.Continuation)
        {
            if (at > 0 && !payload.IsEmpty) return FrameStep.Piece(at, Message);
            if (_header.IsMasked) payload = payload[..Math.Min(payload.Length, PlainSize)];
            _piece = payload.Length;
        }

        _left -= payload.Length;
        Read(payload);
        return Step(at + payload.Length);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        (_piece, _missing) = (0, 0);
        if (!_inFrame) return base.Pass(count);
        int taken = (int)Math.Min(_left, count);
        _left -= taken;
        _mask = uint.RotateLeft(_mask, 8 * (taken & 3));
        if (_isCompressed && Message == Data) LoseText();
        if (readsBodies && !carries && Message == Data && _opcode != WebSocketOpcode.Continuation) _missing = taken;
        if (!carries || _header.IsControl) return Step(taken);
        return Yields(taken, carried: 0, missing: taken);
    }

    private FrameStep Begins(int taken, long message) =>
        carries && message == Data ? FrameStep.Between(taken) : FrameStep.Piece(taken, message);

    // What a message says is bytes of the protocol that both sides agreed upon.
    private FrameStep Carry(int before, ReadOnlySpan<byte> payload)
    {
        if (_header.IsMasked) payload = payload[..Math.Min(payload.Length, PlainSize)];
        Unmask(payload);
        _mask = uint.RotateLeft(_mask, 8 * (payload.Length & 3));
        _left -= payload.Length;
        return Yields(before + payload.Length, payload.Length, missing: 0);
    }

    private FrameStep Yields(int taken, int carried, long missing)
    {
        (_carried, _carriedMissing, _isCut) = (carried, _isCut ? UnknownCount : missing, false);
        _inFrame = _left > 0;
        if (!_inFrame && _header.IsLast) _inMessage = false;
        return FrameStep.Carry(taken);
    }

    // A client masks what it says and a server does not (RFC 6455 section 5.1).
    private bool Fits(WebSocketHeader header) => header.IsMasked == (direction == Direction.ToServer)
        && (deflate is not null || !header.IsCompressed);

    private bool TryBegin()
    {
        (_inFrame, _headLength) = (true, 0);
        closing.Note(direction, mayBe: false);
        (_left, _mask) = (_header.Length, _header.Mask);
        if (_header.IsControl)
        {
            _control.Begin();
            return true;
        }

        // After missing bytes, a message may go on whose beginning was not seen.
        if (_header.Opcode != WebSocketOpcode.Continuation)
        {
            if (_inMessage) return false;
            _words.Clear();
            (_opcode, _isCompressed, _begins) = (_header.Opcode, _header.IsCompressed, true);
        }
        else if (!_inMessage)
        {
            _words.Clear();
            (_opcode, _isCompressed) = (WebSocketOpcode.Continuation, false);
        }

        _inMessage = true;
        return true;
    }

    private void Read(ReadOnlySpan<byte> payload)
    {
        bool isCompressed = _isCompressed && !_header.IsControl;
        // Of a message that is not compressed, its beginning says enough.
        int length = isCompressed ? payload.Length : Math.Min(payload.Length, PlainSize);
        for (int at = 0; at < length; at += PlainSize)
        {
            ReadOnlySpan<byte> piece = Unmask(payload[at..Math.Min(length, at + PlainSize)]);
            if (_header.IsControl) _control.Take(piece);
            else if (isCompressed) Inflater().Take(piece, ref _words);
            else if (_opcode != WebSocketOpcode.Continuation) _words.Add(piece);
        }

        _mask = uint.RotateLeft(_mask, 8 * (payload.Length & 3));
    }

    private ReadOnlySpan<byte> Unmask(ReadOnlySpan<byte> piece)
    {
        if (!_header.IsMasked) return piece;
        _plain ??= new byte[PlainSize];
        for (int i = 0; i < piece.Length; i++) _plain[i] = (byte)(piece[i] ^ (_mask >> (24 - 8 * (i & 3))));
        return _plain.AsSpan(0, piece.Length);
    }

    private FrameStep Step(int taken)
    {
        _inFrame = _left > 0;
        if (_inFrame || !_header.IsLast) return FrameStep.Piece(taken, Message);
        if (Message == Data)
        {
            if (_isCompressed) Inflater().End(ref _words);
            _inMessage = false;
        }

        return new FrameStep(FrameStatus.Complete, taken, Message);
    }

    private ReadOnlySpan<byte> Kind => _opcode switch
    {
        WebSocketOpcode.Text => "text"u8,
        WebSocketOpcode.Binary => "binary"u8,
        _ => default,
    };

    private bool Forgets => direction == Direction.ToServer ? deflate!.ClientForgets : deflate!.ServerForgets;

    private MessageInflater Inflater() => _inflater ??= new MessageInflater(Forgets);

    // Later messages may refer to what is missing.
    private void LoseText()
    {
        _inflater?.Lose();
        _fields?.Decoder!.Lose();
    }
}
