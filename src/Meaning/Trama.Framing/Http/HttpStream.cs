using Trama.Framing.Bodies;

namespace Trama.Framing.Http;

/// <summary>
/// One direction of HTTP/1.x: a start line, header fields, and a body whose length the fields tell (RFC 9112 section 6.3).
/// What a start line and the end of the fields mean is left to the two directions.
/// </summary>
/// <param name="readsBodies">Whether bodies are read: then a step takes bytes of the head, of the body or of what cuts it into chunks,
/// never of several.</param>
internal abstract class HttpStream(bool readsBodies) : StreamFraming
{
    private enum State : byte
    {
        StartLine,
        Fields,
        Body,
        ChunkSize,
        ChunkBody,
        ChunkEnd,
        Trailers,
        UntilClose,
    }

    private enum Part : byte
    {
        Head,
        Body,
        Cut,
    }

    private readonly BodyFields? _fields = readsBodies ? new BodyFields() : null;
    private State _state;
    private Part _part;
    private long _missing;
    private LineCollector _line;
    private long _left;
    private long _contentLength;
    private bool _codedOtherwise;
    private bool _chunked;

    /// <inheritdoc/>
    public override bool EndsAtClose => _state == State.UntilClose;

    /// <inheritdoc/>
    internal sealed override BodyFields? BodyFields => _fields;

    /// <inheritdoc/>
    internal sealed override long BodyMissing => _missing;

    /// <inheritdoc/>
    internal sealed override ReadOnlySpan<byte> BodyPiece(ReadOnlySpan<byte> taken) => _part == Part.Body ? taken : default;

    /// <inheritdoc/>
    internal sealed override ReadOnlySpan<byte> HeadPiece(ReadOnlySpan<byte> taken, out ContentKind kind)
    {
        kind = ContentKind.Head;
        return _part == Part.Head ? taken : default;
    }

    /// <summary>How a body's end is told when no field tells its length.</summary>
    protected enum Body : byte
    {
        /// <summary>There is no body, whatever the fields say.</summary>
        None,

        /// <summary>The fields tell; without them there is none.</summary>
        AsTold,

        /// <summary>The fields tell; without them it lasts until the stream closes.</summary>
        AsToldOrUntilClose,
    }

    /// <summary>A message begins: nothing is known of it yet.</summary>
    protected abstract void Begin();

    /// <summary>Reads the start line; false when it is none.</summary>
    protected abstract bool TryStart(ReadOnlySpan<byte> line);

    /// <summary>A header field that says nothing of the message's length.</summary>
    protected virtual void Field(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
    }

    /// <summary>Whether the beginning of a line can still become a start line.</summary>
    protected abstract bool MayStart(ReadOnlySpan<byte> beginning);

    /// <summary>The fields are over: what body follows; false when the message cannot be accepted.</summary>
    protected abstract bool TryBody(out Body body);

    /// <summary>The fields, or some of them, are missing; false when the message cannot be accepted.</summary>
    protected abstract bool TryLost();

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        _part = PartOf(_state);
        while (at < bytes.Length)
        {
            if (readsBodies && PartOf(_state) != _part) return FrameStep.Piece(at, 0);
            if (_state is State.Body or State.ChunkBody)
            {
                int taken = (int)Math.Min(_left, bytes.Length - at);
                at += taken;
                _left -= taken;
                if (_left > 0) break;
                if (_state == State.Body) return End(at);
                _state = State.ChunkEnd;
                continue;
            }

            if (_state == State.UntilClose) break;
            if (!_line.TryTake(bytes, ref at, out ReadOnlySpan<byte> line, out int start))
                return _state == State.StartLine && !MayStart(_line.Partial) ? Unfit(FramingFault.BadStartLine, start)
                    : FrameStep.NeedMore(bytes.Length);
            FramingFault fault = Line(line, out bool ends);
            if (fault != FramingFault.None) return Unfit(fault, start);
            if (ends) return End(at);
        }

        return FrameStep.NeedMore(bytes.Length);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        _missing = 0;
        switch (_state)
        {
            case State.UntilClose:
                _missing = count;
                return FrameStep.NeedMore(count);
            case State.Body:
                int taken = (int)Math.Min(_left, count);
                _missing = taken;
                _left -= taken;
                return _left > 0 ? FrameStep.NeedMore(taken) : End(taken);
            case State.ChunkBody when count <= _left:
                _missing = count;
                _left -= count;
                if (_left == 0) _state = State.ChunkEnd;
                return FrameStep.NeedMore(count);
            case State.StartLine or State.Fields:
                if (_state == State.StartLine) Begin();
                return TryLost() ? LoseEnd(count) : Unfit(FramingFault.TooManyPending, 0);
            default:
                return LoseEnd(count);
        }
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _line.Release();
        if (_state == State.StartLine) Begin();
        _state = State.StartLine;
        return true;
    }

    private static Part PartOf(State state) => state switch
    {
        State.StartLine or State.Fields => Part.Head,
        State.Body or State.ChunkBody or State.UntilClose => Part.Body,
        _ => Part.Cut,
    };

    private FrameStep LoseEnd(int count)
    {
        TryForget();
        return Lose(count);
    }

    private FrameStep End(int taken)
    {
        _state = State.StartLine;
        return FrameStep.Complete(taken);
    }

    private FramingFault Line(ReadOnlySpan<byte> line, out bool ends)
    {
        ends = false;
        switch (_state)
        {
            case State.StartLine:
                // Empty lines before a start line are passed over (RFC 9112 section 2.2).
                if (line.IsEmpty) return MayStart("\r"u8) ? FramingFault.None : FramingFault.BadStartLine;
                (_contentLength, _chunked, _codedOtherwise) = (-1, false, false);
                _fields?.Clear();
                Begin();
                if (!TryStart(line)) return FramingFault.BadStartLine;
                _state = State.Fields;
                return FramingFault.None;
            case State.Fields:
                return line.IsEmpty ? EndFields(out ends) : Field(line);
            case State.ChunkSize:
                _left = HttpSyntax.ChunkSize(line);
                if (_left < 0) return FramingFault.BadChunk;
                _state = _left == 0 ? State.Trailers : State.ChunkBody;
                return FramingFault.None;
            case State.ChunkEnd:
                _state = State.ChunkSize;
                return line.IsEmpty ? FramingFault.None : FramingFault.BadChunk;
            default:
                ends = line.IsEmpty;
                return FramingFault.None;
        }
    }

    private FramingFault Field(ReadOnlySpan<byte> line)
    {
        // A folded line goes on with the field before it (RFC 9112 section 5.2), none of which is of interest here.
        if (line[0] is (byte)' ' or (byte)'\t') return FramingFault.None;
        int colon = line.IndexOf((byte)':');
        if (colon < 0 && line.Length == LineCollector.MaxKept) return FramingFault.None;
        if (colon < 0 || !HttpSyntax.IsToken(line[..colon])) return FramingFault.BadHeader;

        ReadOnlySpan<byte> value = line[(colon + 1)..].Trim(" \t"u8);
        if (Is(line[..colon], "content-length"u8))
        {
            long length = HttpSyntax.ContentLength(value);
            if (length < 0) return FramingFault.BadLength;
            if (_contentLength >= 0 && _contentLength != length) return FramingFault.ConflictingLengths;
            _contentLength = length;
        }
        else if (Is(line[..colon], "transfer-encoding"u8))
        {
            ReadOnlySpan<byte> last = value[(value.LastIndexOf((byte)',') + 1)..].Trim(" \t"u8);
            _chunked = Is(last, "chunked"u8);
            _codedOtherwise = !_chunked;
        }
        else
        {
            if (_fields is not null) NoteBody(line[..colon], value);
            Field(line[..colon], value);
        }

        return FramingFault.None;
    }

    private void NoteBody(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (Is(name, "content-type"u8)) _fields!.TakeType(value);
        else if (Is(name, "content-encoding"u8)) _fields!.TakeEncoding(value);
    }

    private FramingFault EndFields(out bool ends)
    {
        ends = false;
        if (!TryBody(out Body body)) return FramingFault.TooManyPending;
        if (body == Body.None) ends = true;
        else if (_chunked) _state = State.ChunkSize;
        else if (_codedOtherwise || (_contentLength < 0 && body == Body.AsToldOrUntilClose)) _state = State.UntilClose;
        else
        {
            _left = Math.Max(0, _contentLength);
            _state = State.Body;
            ends = _left == 0;
        }

        return FramingFault.None;
    }

    /// <summary>Whether a name or a token is another one, in whatever case.</summary>
    protected static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCase) =>
        System.Text.Ascii.EqualsIgnoreCase(text, lowerCase);
}
