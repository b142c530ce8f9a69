namespace Trama.Framing.Resp;

/// <summary>The commands of the Redis protocol: arrays of strings, or a line typed by hand.</summary>
internal sealed class RespRequestStream(PendingRequests pending) : StreamFraming
{
    private readonly RespWords _words = new();
    private RespValue _value;
    private LineCollector _line;
    private ShortText _inline;
    private bool _begun;
    private bool _isInline;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Description => _isInline ? _inline.Bytes : _words.Text;

    /// <inheritdoc/>
    public override bool MayBegin(ReadOnlySpan<byte> bytes) => RespProtocol.Command(bytes) != Likeness.No;

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            if (!_begun)
            {
                if (bytes[at] is < 0x20 and not ((byte)'\r' or (byte)'\n') or > 0x7e) return Unfit(FramingFault.BadType, at);
                _begun = true;
                _isInline = bytes[at] != '*';
                _words.Clear();
            }

            if (!_isInline)
            {
                if (_value.TryTake(bytes, ref at, _words, out FramingFault fault)) return End(at, Replies(_words.Text, _value.Count));
                return fault == FramingFault.None ? FrameStep.NeedMore(at) : Unfit(fault, at);
            }

            if (!_line.TryTake(bytes, ref at, out ReadOnlySpan<byte> line, out _)) break;
            _inline.Clear();
            _inline.Add(line);
            if (!line.IsEmpty) return End(at, 1);
            // An empty line is no command; it belongs to the next one.
            _begun = false;
        }

        return FrameStep.NeedMore(at);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        if (_value.TryPass(ref count, _words, out bool ended))
            return ended ? End(count, Replies(_words.Text, _value.Count)) : FrameStep.NeedMore(count);
        TryForget();
        return pending.TryAdd(1) ? Lose(count) : Unfit(FramingFault.TooManyPending, 0);
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _words.Clear();
        _line.Release();
        (_begun, _isInline, _value) = (false, false, default);
        return true;
    }

    private FrameStep End(int taken, int replies)
    {
        _begun = false;
        return pending.TryAdd(replies) ? FrameStep.Complete(taken) : Unfit(FramingFault.TooManyPending, taken - 1);
    }

    // A subscription is confirmed channel by channel.
    private static int Replies(ReadOnlySpan<byte> text, long words)
    {
        int space = text.IndexOf((byte)' ');
        ReadOnlySpan<byte> command = space < 0 ? text : text[..space];
        return command.Length >= 9 && System.Text.Ascii.EqualsIgnoreCase(command[^9..], "subscribe"u8)
            ? (int)Math.Clamp(words - 1, 1, PendingRequests.Limit) : 1;
    }
}
