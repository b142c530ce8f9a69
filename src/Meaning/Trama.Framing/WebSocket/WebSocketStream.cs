using System.Buffers.Binary;

namespace Trama.Framing.WebSocket;

/// <summary>
/// One direction of WebSocket: messages of one frame or more, between whose frames pings, pongs and the close may come (RFC 6455 section
/// 5.4). Either side may speak at any time, and nothing but a ping or a close is answered.
/// </summary>
internal sealed class WebSocketStream(Direction direction, WebSocketClosing closing, WebSocketDeflate? deflate, bool carries = false)
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
    private ShortText _control = new(ShortText.Capacity);
    private ShortText _description = new(ShortText.Capacity);
    private byte[]? _plain;
    private MessageInflater? _inflater;
    private int _carried;
    private long _carriedMissing;
    private bool _isCut;

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
    public override void Describe(ref MessageEnd end)
    {
        end.ReplyDue = false;
        _description.Clear();
        if (end.Message == Control) DescribeControl(ref end);
        else
        {
            end.Traits = MessageTraits.Asks | MessageTraits.NoReply;
            end.Operation = _opcode == WebSocketOpcode.Text ? "text"u8 : "binary"u8;
            _description.Add(end.Operation);
            if (!_words.IsEmpty) _description.Add(" "u8);
            _description.Add(_words.Bytes);
        }

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
        _inflater?.Lose();
        closing.Note(direction, mayBe: true);
        return true;
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
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
        _left -= payload.Length;
        Read(payload);
        return Step(at + payload.Length);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        if (!_inFrame) return base.Pass(count);
        int taken = (int)Math.Min(_left, count);
        _left -= taken;
        _mask = uint.RotateLeft(_mask, 8 * (taken & 3));
        if (_isCompressed && Message == Data) _inflater?.Lose();
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
            _control.Clear();
            return true;
        }

        // After missing bytes, a message may go on whose beginning was not seen.
        if (_header.Opcode != WebSocketOpcode.Continuation)
        {
            if (_inMessage) return false;
            _words.Clear();
            (_opcode, _isCompressed) = (_header.Opcode, _header.IsCompressed);
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
            if (_header.IsControl) _control.Add(piece);
            else if (isCompressed) Inflater().Take(piece);
            else _words.Add(piece);
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

    private MessageInflater Inflater() =>
        _inflater ??= new MessageInflater(direction == Direction.ToServer ? deflate!.ClientForgets : deflate!.ServerForgets);

    private void DescribeControl(ref MessageEnd end)
    {
        if (_header.Opcode == WebSocketOpcode.Pong)
        {
            end.Traits = MessageTraits.Answers;
            end.Status = "pong"u8;
            _description.Add("pong"u8);
            return;
        }

        if (_header.Opcode == WebSocketOpcode.Ping)
        {
            end.Traits = MessageTraits.Asks;
            end.Operation = "ping"u8;
            _description.Add("ping"u8);
            return;
        }

        bool isUncertain = closing.By is null && (direction == Direction.ToServer ? closing.MayBeByServer : closing.MayBeByClient);
        closing.By ??= direction;
        bool asks = closing.By == direction;
        ReadOnlySpan<byte> content = _control.Bytes;
        int code = content.Length >= CloseCode.Size ? BinaryPrimitives.ReadUInt16BigEndian(content) : CloseCode.None;
        if (asks) _description.Add("close "u8);
        int from = _description.Bytes.Length;
        _description.Add(code);
        int to = _description.Bytes.Length;
        if (content.Length > CloseCode.Size) _description.Add(" "u8);
        if (content.Length > CloseCode.Size) _description.Add(content[CloseCode.Size..]);
        if (isUncertain)
        {
            end.Traits = MessageTraits.Unsolicited | MessageTraits.Goodbye;
            return;
        }

        end.Traits = (asks ? MessageTraits.Asks : MessageTraits.Answers) | MessageTraits.Goodbye;
        if (asks) end.Operation = _description.Bytes[..to];
        else end.Status = _description.Bytes[from..to];
        if (!asks) end.Failed = CloseCode.IsFailure(code);
    }
}
