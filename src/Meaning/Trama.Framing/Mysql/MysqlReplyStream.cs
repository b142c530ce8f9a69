namespace Trama.Framing.Mysql;

/// <summary>What the server says: its greeting, replies of one packet or of many, and errors that nobody asked for.</summary>
internal sealed class MysqlReplyStream(MysqlSession session) : StreamFraming
{
    private readonly MysqlPacket _packet = new();
    private readonly MysqlReply _reply = new(session);
    private ShortText _greeting;
    private FramingRule _next = FramingRule.Turns;
    private bool _begun;
    private bool _isAnswer;
    private bool _isUnsolicited;
    private bool _isDoubtful;
    private bool _hasPacket;
    private byte _sequence;

    /// <inheritdoc/>
    public override FramingRule Next => _next;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Description => _greeting.IsEmpty ? _reply.Status : _greeting.Bytes;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        end.Description = Description;
        end.Status = _reply.Status;
        end.Failed = _reply.Failed;
        if (_isUnsolicited) end.Traits |= MessageTraits.Unsolicited;
        if (_reply.IsGoodbye || (_isUnsolicited && _reply.Failed == true)) end.Traits |= MessageTraits.Goodbye;
        if (_next != FramingRule.Turns) end.Traits |= MessageTraits.ProtocolChange;
    }

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes)
    {
        session.HearServer();
        bool isOwn = MysqlShape.IsGreeting(bytes) == Likeness.Yes || MysqlShape.IsError(bytes);
        return isOwn || MysqlShape.IsReply(bytes, session.PeekLast()) ? 0 : -1;
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            if (!_begun) Begin();
            if (IsOver(bytes[at..])) return Break(at);
            if (!_packet.TryTake(bytes, ref at, out ReadOnlySpan<byte> payload)) break;
            switch (Understand(payload, bytes[at..]))
            {
                case FrameStatus.Between: return FrameStep.Between(at);
                case FrameStatus.Complete: return End(at);
                case FrameStatus.Unfit: return Unfit(FramingFault.BadReply, at - 1);
            }
        }

        return FrameStep.NeedMore(at);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        int passed = Math.Min(count, _packet.Left);
        if (passed == 0) return base.Pass(count);
        if (!_packet.TryPass(passed, out ReadOnlySpan<byte> payload)) return FrameStep.NeedMore(passed);
        return Understand(payload, default) switch
        {
            FrameStatus.Complete => End(passed),
            FrameStatus.NeedMore => FrameStep.NeedMore(passed),
            _ => base.Pass(count),
        };
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _packet.Clear();
        (_begun, _hasPacket, _isAnswer, _isUnsolicited, _next) = (false, false, false, false, FramingRule.Turns);
        _reply.Begin(default);
        _greeting.Clear();
        session.LoseReplies();
        return true;
    }

    private void Begin()
    {
        _isDoubtful = session.IsUnsure;
        session.FindReply();
        MysqlRequest request = session.Peek();
        _isAnswer = request.Kind != MysqlRequestKind.Unknown;
        _isUnsolicited = !_isAnswer && !_isDoubtful;
        (_begun, _hasPacket, _next) = (true, false, FramingRule.Turns);
        _greeting.Clear();
        _reply.Begin(request);
    }

    // Packets of one reply are numbered one after the other. Where requests are missing, nothing else may tell that another one began.
    private bool IsOver(ReadOnlySpan<byte> rest) =>
        _isDoubtful && _hasPacket && !_packet.HasBegun && rest.Length >= MysqlPacket.HeaderSize
        && rest[MysqlPacket.HeaderSize - 1] != _sequence;

    private FrameStep Break(int taken)
    {
        _reply.Begin(default);
        return End(taken);
    }

    private FrameStatus Understand(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> rest)
    {
        if (_isDoubtful && !_hasPacket) Doubt();
        (_hasPacket, _sequence) = (true, _packet.NextSequence);
        if (!_isAnswer && _packet.Sequence == 0 && payload is [MysqlHandshake.Version, ..]) return Greet(payload);
        if (_isUnsolicited && MysqlReply.IsEnd(_packet, payload)) return FrameStatus.Between;
        FrameStatus status = _reply.Take(_packet, payload, rest);
        return _isUnsolicited ? FrameStatus.Complete : status;
    }

    // The first number tells whether it is the reply to what is known to wait.
    private void Doubt()
    {
        if (!_isAnswer || _packet.Sequence == session.Peek().Sequence) return;
        (_isAnswer, _isUnsolicited) = (false, true);
        _reply.Begin(default);
    }

    private FrameStatus Greet(ReadOnlySpan<byte> payload)
    {
        session.Server = MysqlHandshake.ReadGreeting(payload, out ReadOnlySpan<byte> version);
        _isUnsolicited = true;
        _greeting.Add("MySQL "u8);
        _greeting.Add(version);
        return FrameStatus.Complete;
    }

    private FrameStep End(int taken)
    {
        _begun = false;
        if (_isAnswer) session.Answered();
        if (_reply.IsLoggedIn && session.Agreed is { } agreed && MysqlCompression.IsAgreed(agreed))
            _next = FramingRule.Of(new MysqlCompression(agreed));
        return FrameStep.Complete(taken);
    }
}
