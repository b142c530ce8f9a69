namespace Trama.Framing.Stomp;

/// <summary>One direction of STOMP: frames of a verb, headers, an empty line and a body that NUL ends. Line ends between frames are signs
/// of life, and belong to none.</summary>
internal sealed class StompStream(StompSession session) : StreamFraming
{
    private enum Part : byte
    {
        Verb,
        Headers,
        Body,
        End,
    }

    private readonly StompHeaders _headers = new();
    private readonly StompTalk _talk = new(session);
    private LineCollector _line;
    private Part _part;
    private long _left;
    private int _resumed;
    private bool _isUnderstood;
    private bool _isOver;

    /// <inheritdoc/>
    public override bool LossIsMessage => false;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        // Before its headers are there, nothing is known of a frame.
        if (_isUnderstood) _talk.Describe(ref end);
        else end.Traits = MessageTraits.Unsolicited;
        if (_isOver) _isUnderstood = false;
    }

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes) => StompVerb.Find(bytes);

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        (_part, _isOver, _resumed) = (Part.Verb, false, 0);
        _line.Release();
        session.Lose();
        return true;
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = _resumed;
        _resumed = 0;
        if (_part == Part.Verb && _line.Length == 0)
        {
            _isUnderstood = false;
            int life = bytes.IndexOfAnyExcept((byte)'\r', (byte)'\n');
            if (life != 0) return FrameStep.Between(life < 0 ? bytes.Length : life);
        }

        while (at < bytes.Length)
        {
            switch (_part)
            {
                case Part.Verb or Part.Headers:
                    if (!_line.TryTake(bytes, ref at, out ReadOnlySpan<byte> line, out int start)) return FrameStep.NeedMore(at);
                    if (!TryTake(line)) return Unfit(_part == Part.Verb ? FramingFault.BadStartLine : FramingFault.BadHeader, start);
                    break;
                case Part.Body when _headers.ContentLength is null:
                    int end = bytes[at..].IndexOf((byte)0);
                    if (end < 0) return FrameStep.NeedMore(bytes.Length);
                    (at, _part) = (at + end, Part.End);
                    break;
                case Part.Body:
                    int taken = (int)Math.Min(_left, bytes.Length - at);
                    (at, _left) = (at + taken, _left - taken);
                    if (_left == 0) _part = Part.End;
                    break;
                default:
                    if (bytes[at] != 0) return Unfit(FramingFault.BadLength, at);
                    return Ends(at);
            }
        }

        return FrameStep.NeedMore(at);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        // The NUL behind a body of known length may be missing with it.
        if (_part != Part.Body || _headers.ContentLength is null || count > _left) return base.Pass(count);
        _left -= count;
        if (_left == 0) _part = Part.End;
        return FrameStep.NeedMore(count);
    }

    private bool TryTake(ReadOnlySpan<byte> line)
    {
        if (_part == Part.Verb)
        {
            if (!StompVerb.Is(line)) return false;
            _headers.Begin(line);
            (_part, _isOver) = (Part.Headers, false);
            return true;
        }

        if (!line.IsEmpty) return _headers.TryTake(line);
        (_part, _left) = (Part.Body, _headers.ContentLength ?? 0);
        if (_headers.ContentLength == 0) _part = Part.End;
        _talk.Understand(_headers);
        _isUnderstood = true;
        return true;
    }

    // What a frame ends beside its own comes first, and takes no bytes.
    private FrameStep Ends(int at)
    {
        bool isLast = !_talk.TryNext();
        _resumed = isLast ? 0 : at;
        if (!isLast) return FrameStep.Complete(0);
        (_part, _isOver) = (Part.Verb, true);
        _line.Release();
        return FrameStep.Complete(at + 1);
    }
}
