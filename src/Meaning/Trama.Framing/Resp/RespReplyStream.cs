namespace Trama.Framing.Resp;

/// <summary>The replies of the Redis protocol, and what the server says unasked.</summary>
internal sealed class RespReplyStream(PendingRequests pending) : StreamFraming
{
    /// <summary>What is remembered of a request after which replication's own protocol follows; of a subscription it is the number of
    /// channels, below zero.</summary>
    public const int Replication = int.MaxValue;

    private readonly RespWords _words = new();
    private RespValue _value;
    private ShortText _summary;
    private MessageTraits _traits;
    private int _answered;
    private bool _begun;
    private bool _subscribed;
    private bool _isAggregate;

    /// <inheritdoc/>
    public override MessageTraits Traits => _traits;

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes)
    {
        // Before the client asks anew, what looks like a reply may be a part of the one that was lost.
        bool mayBegin = pending.IsAskedAnew || bytes[0] == '>';
        return mayBegin ? RespBoundary.Find(bytes, commandsOnly: false) : -1;
    }

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        ReadOnlySpan<byte> text = _words.Text;
        bool isLine = text.Length > 1 && text[0] == _value.Outermost && _value.Outermost is (byte)'+' or (byte)'-' or (byte)':' or (byte)','
            or (byte)'#' or (byte)'(';
        end.Traits = _traits;
        end.Description = Description;
        end.Failed = _value.Outermost is (byte)'-' or (byte)'!';
        end.Status = isLine ? text[1..] : _value.Outermost is (byte)'$' or (byte)'=' && !_words.IsNil ? "string"u8 : Description;
    }

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
        return base.Pass(count);
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _words.Clear();
        (_begun, _isAggregate, _value, _answered) = (false, false, default, 0);
        pending.Lose(ofClient: false);
        return true;
    }

    private FrameStep End(int taken)
    {
        _begun = false;
        Classify();
        Summarise();
        return FrameStep.Complete(taken);
    }

    private void Classify()
    {
        ReadOnlySpan<byte> name = _value.Outermost is (byte)'*' or (byte)'>' ? RespCommand.Name(_words.Text) : default;
        bool confirms = RespCommand.Subscribes(name);
        int awaited = pending.PeekOr(1);
        _subscribed |= confirms;
        if (confirms ? awaited >= 0 && !pending.IsLost : _value.Outermost == '>' || (_subscribed && RespCommand.IsMessage(name))
            || pending.IsUnasked)
        {
            _traits = MessageTraits.Unsolicited;
            return;
        }

        bool last = !confirms || ++_answered >= -awaited;
        _traits = !last ? MessageTraits.Interim : awaited == Replication && _value.Outermost == '+'
            ? MessageTraits.ProtocolChange : MessageTraits.None;
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
