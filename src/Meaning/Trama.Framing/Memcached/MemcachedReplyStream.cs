namespace Trama.Framing.Memcached;

/// <summary>What the server says: replies.</summary>
internal sealed class MemcachedReplyStream(MemcachedSession session) : MemcachedStream(session, MemcachedHeader.Reply)
{
    private readonly Queue<long> _quiet = new();
    private LineCollector _line;
    private ShortText _status;
    private long _data;
    private int _values;
    private bool _hasLines;
    private bool _isLine;
    private long? _key;
    private bool? _failed;
    private bool _isQuiet;
    private MessageTraits _traits;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        if (HasBegun && !_isQuiet) return;
        (end.Traits, end.Key, end.Failed) = (_traits, _key, _failed);
        end.Description = end.Status = _status.Bytes;
        // That nothing was said is what these requests hope for.
        if (!_isQuiet) return;
        end.Traits = MessageTraits.Answers;
        (end.Key, end.Failed) = (_quiet.Dequeue(), null);
        end.Description = end.Status = "quiet"u8;
    }

    /// <inheritdoc/>
    protected override void Understand(ReadOnlySpan<byte> key, bool isWhole)
    {
        _status.Clear();
        MemcachedStatus.Write(Header.Status, ref _status);
        _failed = MemcachedStatus.IsFailure(Header.Status);
        // Statistics end with a packet that has no name.
        bool isLast = Header.Opcode != MemcachedOpcode.Stat || Header.KeyLength == 0 || Header.Status != 0;
        _key = Session.Answer(Header, isLast, _quiet) ?? Session.NewKey();
        _traits = isLast ? MessageTraits.Answers : MessageTraits.Answers | MessageTraits.Interim;
    }

    /// <inheritdoc/>
    protected override bool TryNext() => _isQuiet = _quiet.Count > 0;

    /// <inheritdoc/>
    protected override FrameStep Text(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            if (_data > 0)
            {
                int taken = (int)Math.Min(_data, bytes.Length - at);
                (_data, at) = (_data - taken, at + taken);
                if (_data == 0 && !_hasLines) return End(at);
                continue;
            }

            if (!_line.TryTake(bytes, ref at, out ReadOnlySpan<byte> line, out int start)) break;
            if (!_isLine && !MemcachedReply.IsOne(line)) return Unfit(FramingFault.BadReply, start);
            if (!TryTake(line)) return Unfit(FramingFault.BadReply, start);
            if (_data == 0 && !_hasLines) return End(at);
        }

        return FrameStep.NeedMore(at);
    }

    /// <inheritdoc/>
    protected override bool TryPassText(int count, out FrameStep step)
    {
        step = default;
        if (count > _data) return false;
        _data -= count;
        step = _data > 0 || _hasLines ? FrameStep.NeedMore(count) : End(count);
        return true;
    }

    /// <inheritdoc/>
    protected override bool BeginsText(ReadOnlySpan<byte> bytes)
    {
        // Before the client asks anew, what looks like a reply may be a part of the one that was lost.
        int end = bytes.IndexOf("\r\n"u8);
        return Session.Lines.IsAskedAnew && end > 0 && MemcachedReply.IsOne(bytes[..end]);
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _line.Release();
        (_data, _hasLines, _isLine) = (0, false, false);
        return base.TryForget();
    }

    private bool TryTake(ReadOnlySpan<byte> line)
    {
        if (!_isLine) (_values, _hasLines, _isLine) = (0, MemcachedReply.HasLines(line), true);
        bool isEnd = line.SequenceEqual("END"u8), isError = MemcachedReply.IsError(line);
        if (isEnd || isError) _hasLines = false;
        if (!_hasLines)
        {
            Status(line, isEnd);
            _failed = isError;
        }

        long data = MemcachedReply.DataLength(line);
        if (line.StartsWith("VALUE "u8)) _values++;
        if (line.StartsWith("VALUE "u8) && data < 0) return false;
        // A line end follows the data.
        if (data >= 0) _data = data + 2;
        return true;
    }

    private void Status(ReadOnlySpan<byte> line, bool isEnd)
    {
        _status.Clear();
        _status.Add(isEnd && _values > 0 ? "VALUE"u8 : line.StartsWith("VA "u8) ? "VA"u8 : line);
        if (!isEnd || _values < 2) return;
        _status.Add(" +"u8);
        _status.Add(_values - 1);
    }

    private FrameStep End(int taken)
    {
        int kind = Session.Lines.PeekOr(0);
        bool isMark = _status.Bytes.SequenceEqual("MN"u8), isForMark = (kind & MemcachedRequestStream.Mark) != 0;
        (HasBegun, _isLine, _key, _isQuiet) = (false, false, null, false);
        bool isOfQuiet = (kind & MemcachedRequestStream.BehindQuiet) != 0 && !isMark;
        bool isUnasked = Session.Lines.IsUnasked || isOfQuiet;
        _traits = isUnasked ? MessageTraits.Unsolicited : MessageTraits.None;
        if (!isUnasked) Session.Lines.Answered();
        // Which of both it answers, the quiet request or the one behind it, cannot be told.
        if (isOfQuiet && !isForMark) Session.Lines.Lose(ofClient: false);
        return FrameStep.Complete(taken);
    }
}
