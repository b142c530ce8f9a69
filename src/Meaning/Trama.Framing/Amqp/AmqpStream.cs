namespace Trama.Framing.Amqp;

/// <summary>
/// One direction of AMQP: messages are methods, some with the content that follows them in frames of their own (4.2.6), on several
/// channels at a time. Signs of life belong to no message.
/// </summary>
internal sealed class AmqpStream(AmqpSession session, Direction direction) : StreamFraming
{
    private const int MaxKept = 2048;

    private readonly AmqpTalk _talk = new(session, direction);
    private AmqpWords _words = new();
    private AmqpWords? _over;
    private KeptBytes _kept = new(MaxKept);
    private AmqpFrame _frame;
    private uint _left;
    private int _resumed;
    private bool _inFrame;
    private bool _hasBegun;
    private bool _inVersion;
    private bool _isHoled;
    private bool _isUnderstood;
    private bool _hasContent;

    /// <inheritdoc/>
    public override bool LossIsMessage => false;

    private AmqpContent Content => session.Channel(_frame.Channel)[direction].Content;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        // What has no end yet, and of which no method is known, is told by nobody.
        AmqpWords? known = _over;
        if (known is null && session.Channel((int)end.Message)[direction].Content is { IsOpen: true } content) known = content.Words;

        if (known is null) end.Traits = MessageTraits.Unsolicited;
        else known.Describe(ref end);
        _over = null;
    }

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes) => AmqpFrame.Find(bytes);

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        (_inFrame, _inVersion, _isUnderstood, _resumed, _hasBegun, _over) = (false, false, false, 0, true, null);
        _kept.Clear();
        session.Lose(direction);
        return true;
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = _resumed;
        if (!_inFrame)
        {
            if (_inVersion || (!_hasBegun && bytes[0] == AmqpVersion.Header[0])) return Version(bytes);
            if (!TryHeader(bytes, ref at)) return FrameStep.Between(at);
            if (!_frame.IsValid) return Unfit(FramingFault.BadFrame, at - AmqpFrame.Size);
            (_inFrame, _hasBegun, _isHoled, _isUnderstood, _left) = (true, true, false, false, _frame.Length + 1);
            // A message that another one interrupts, or whose end is missing, ends before it.
            if (Content.IsAbandoned || (Content.IsOpen && _frame.Type == AmqpFrame.Method)) return Interrupted(at);
        }

        int end = (int)Math.Min(bytes.Length, at + (long)_left);
        bool isOver = end - at == _left;
        ReadOnlySpan<byte> piece = bytes[at..end];
        if (isOver && piece[^1] != AmqpFrame.End) return Unfit(FramingFault.BadFrame, end - 1);
        if (isOver && _kept.Length == 0 && !_isHoled) return Ends(piece[..^1], at, end);
        if (!_isUnderstood && !_isHoled && _frame.Type is AmqpFrame.Method or AmqpFrame.Header) _kept.Add(isOver ? piece[..^1] : piece);
        if (isOver) return Ends(_kept.Bytes, at, end);
        _left -= (uint)(end - at);
        _resumed = 0;
        return Goes(end);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        if (!_inFrame) return base.Pass(count);
        int taken = (int)Math.Min(_left, count);
        _isHoled = true;
        if (taken == _left) return Ends(_kept.Bytes, 0, taken);
        _left -= (uint)taken;
        return Goes(taken);
    }

    private FrameStep Version(ReadOnlySpan<byte> bytes)
    {
        int taken = Math.Min(AmqpVersion.Size - _kept.Length, bytes.Length);
        _kept.Add(bytes[..taken]);
        _inVersion = _kept.Length < AmqpVersion.Size;
        if (!_kept.Bytes[..Math.Min(_kept.Length, 4)].SequenceEqual(AmqpVersion.Header[..Math.Min(_kept.Length, 4)]))
            return Unfit(FramingFault.BadFrame, taken - _kept.Length);
        if (_inVersion) return FrameStep.NeedMore(taken);
        _talk.Understand(_kept.Bytes, _words);
        _kept.Clear();
        (_hasBegun, _over) = (true, _words);
        return FrameStep.Complete(taken);
    }

    private bool TryHeader(ReadOnlySpan<byte> bytes, ref int at)
    {
        at = Math.Min(AmqpFrame.Size - _kept.Length, bytes.Length);
        if (_kept.Length == 0 && at == AmqpFrame.Size)
        {
            _frame = AmqpFrame.Read(bytes);
            return true;
        }

        _kept.Add(bytes[..at]);
        if (_kept.Length < AmqpFrame.Size) return false;
        _frame = AmqpFrame.Read(_kept.Bytes);
        _kept.Clear();
        return true;
    }

    // Bytes of a frame that goes on.
    private FrameStep Goes(int taken) =>
        _frame.Type == AmqpFrame.Method || (_frame.Type != AmqpFrame.Heartbeat && Content.IsOpen)
            ? FrameStep.Piece(taken, _frame.Channel) : FrameStep.Between(taken);

    private FrameStep Interrupted(int at)
    {
        _resumed = at;
        _over = Content.Words;
        _over.IsCut = true;
        Content.End();
        return Over(0);
    }

    // The frame ends: what it says beside its own comes first, and takes no bytes.
    private FrameStep Ends(ReadOnlySpan<byte> payload, int at, int end)
    {
        if (_frame.Type == AmqpFrame.Method)
        {
            if (!_isUnderstood) _hasContent = _talk.Understand(_frame.Channel, payload, isWhole: !_isHoled, _words);
            _isUnderstood = true;
            if (!_talk.Answers.IsEmpty)
            {
                _talk.Answers.Next();
                (_resumed, _over) = (at, _talk.Answers.Words);
                return Over(0);
            }
        }

        bool isOpen = Content.IsOpen, ends = isOpen && _frame.Type switch
        {
            AmqpFrame.Header => Content.TakeHeader(payload),
            AmqpFrame.Body => Content.TakeBody(_frame.Length),
            _ => false,
        };
        (_inFrame, _resumed) = (false, 0);
        _kept.Clear();
        if (_frame.Type == AmqpFrame.Method)
        {
            if (_hasContent) Content.Begin(ref _words);
            else _over = _words;
            return _hasContent ? FrameStep.Piece(end, _frame.Channel) : Over(end);
        }

        if (!ends) return Goes(end);
        _over = Content.Words;
        Content.End();
        return Over(end);
    }

    private FrameStep Over(int taken) => new(FrameStatus.Complete, taken, _frame.Channel);
}
