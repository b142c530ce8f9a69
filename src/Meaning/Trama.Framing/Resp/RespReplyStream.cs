namespace Trama.Framing.Resp;

/// <summary>The replies of the Redis protocol, and what the server says unasked.</summary>
internal sealed class RespReplyStream(PendingRequests pending) : StreamFraming
{
    private readonly RespWords _words = new();
    private RespValue _value;
    private ShortText _summary;
    private MessageTraits _traits;
    private int _answered;
    private bool _begun;
    private bool _isAggregate;

    /// <inheritdoc/>
    public override MessageTraits Traits => _traits;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Description => _begun || !_isAggregate ? _words.Text : _summary.Bytes;

    /// <inheritdoc/>
    public override bool MayBegin(ReadOnlySpan<byte> bytes) => RespValue.MayBegin(bytes);

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        if (!_begun) _words.Clear();
        _begun = true;
        int at = 0;
        if (_value.TryTake(bytes, ref at, _words, out FramingFault fault))
        {
            return End(at);
        }

        return fault == FramingFault.None ? FrameStep.NeedMore(at) : Unfit(fault, at);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        if (_value.TryPass(ref count, _words, out bool ended)) return ended ? End(count) : FrameStep.NeedMore(count);
        TryForget();
        Classify(isPush: false);
        return Lose(count);
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _words.Clear();
        (_begun, _isAggregate, _value) = (false, false, default);
        return true;
    }

    private FrameStep End(int taken)
    {
        _begun = false;
        Classify(isPush: _value.Outermost == '>');
        Summarise();
        return FrameStep.Complete(taken);
    }

    private void Classify(bool isPush)
    {
        if (isPush || (pending.IsEmpty && pending.Seen))
        {
            _traits = MessageTraits.Unsolicited;
            return;
        }

        bool last = ++_answered >= pending.PeekOr(1);
        _traits = last ? MessageTraits.None : MessageTraits.Interim;
        if (!last) return;
        pending.Answered();
        _answered = 0;
    }

    private void Summarise()
    {
        _isAggregate = _value.Outermost is (byte)'*' or (byte)'~' or (byte)'>' or (byte)'%' or (byte)'|';
        if (!_isAggregate) return;
        _summary.Clear();
        _summary.Add([_value.Outermost]);
        _summary.Add(_value.Count);
        if (_words.Text.IsEmpty) return;
        _summary.Add(" "u8);
        _summary.Add(_words.Text);
    }
}
