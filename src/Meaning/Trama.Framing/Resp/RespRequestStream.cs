namespace Trama.Framing.Resp;

/// <summary>The commands of the Redis protocol: arrays of strings, or a line typed by hand. The operation is the command and its first
/// argument.</summary>
internal sealed class RespRequestStream(PendingRequests pending) : StreamFraming
{
    private readonly RespWords _words = new();
    private RespValue _value;
    private LineCollector _line;
    private ShortText _inline;
    private ShortText _group;
    private bool _begun;
    private bool _isInline;
    private bool _isMuted;
    private bool _isSkipped;
    private bool _skipsNext;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Description => _isInline ? _inline.Bytes : _words.Text;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        ReadOnlySpan<byte> words = Description, name = RespCommand.Name(words);
        end.Description = end.Operation = words;
        RespCommand.WriteGroup(name, words[name.Length..], ref _group);
        end.Group = _group.IsEmpty ? words : _group.Bytes;
        end.ReplyDue = !_isSkipped && !RespCommand.Waits(name);
        if (_isSkipped) end.Traits |= MessageTraits.NoReply;
        if (RespCommand.IsGoodbye(name)) end.Traits |= MessageTraits.Goodbye;
    }

    /// <inheritdoc/>
    public override bool MayBegin(ReadOnlySpan<byte> bytes) => RespProtocol.Command(bytes) != Likeness.No;

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes) => RespBoundary.Find(bytes, commandsOnly: true);

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            if (!_begun && !TryBegin(bytes[at])) return Unfit(FramingFault.BadType, at);
            if (!_isInline)
            {
                if (_value.TryTake(bytes, ref at, _words, out FramingFault fault)) return End(at, Replies());
                return fault == FramingFault.None ? FrameStep.NeedMore(at) : Unfit(fault, at);
            }

            if (TryTakeLine(bytes, ref at)) return End(at, 1);
        }

        return FrameStep.NeedMore(at);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        if (_value.TryPass(ref count, _words, out bool ended))
            return ended ? End(count, Replies()) : FrameStep.NeedMore(count);
        return base.Pass(count);
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _words.Clear();
        _line.Release();
        (_begun, _isInline, _value) = (false, false, default);
        pending.Lose(ofClient: true);
        return true;
    }

    private bool TryBegin(byte first)
    {
        if (first is < 0x20 and not ((byte)'\r' or (byte)'\n') or > 0x7e) return false;
        (_begun, _isInline) = (true, first != '*');
        _words.Clear();
        return true;
    }

    private bool TryTakeLine(ReadOnlySpan<byte> bytes, ref int at)
    {
        if (!_line.TryTake(bytes, ref at, out ReadOnlySpan<byte> line, out _)) return false;
        _inline.Clear();
        _inline.Add(RespCommand.IsSecret(RespCommand.Name(line)) ? RespCommand.Name(line) : line);
        // An empty line is no command; it belongs to the next one.
        _begun = !line.IsEmpty;
        return _begun;
    }

    private FrameStep End(int taken, int replies)
    {
        _begun = false;
        NoteMuting();
        return _isSkipped || pending.TryAdd(replies) ? FrameStep.Complete(taken) : Unfit(FramingFault.TooManyPending, taken - 1);
    }

    // CLIENT REPLY OFF, ON and SKIP say which commands are answered.
    private void NoteMuting()
    {
        bool chooses = !_isInline && RespCommand.Is(_words.Text, "client reply"u8),
            skips = chooses && RespCommand.Is(_words.Third, "skip"u8);
        if (chooses) _isMuted = RespCommand.Is(_words.Third, "off"u8) || (_isMuted && !RespCommand.Is(_words.Third, "on"u8));
        (_isSkipped, _skipsNext) = (_isMuted || _skipsNext || skips, skips);
    }

    // A subscription is confirmed channel by channel; a number below zero says that it is one.
    private int Replies()
    {
        ReadOnlySpan<byte> name = RespCommand.Name(_words.Text);
        if (RespCommand.Subscribes(name)) return -(int)Math.Clamp(_value.Count - 1, 1, PendingRequests.Limit);
        return RespCommand.Replicates(name) ? RespReplyStream.Replication : 1;
    }
}
