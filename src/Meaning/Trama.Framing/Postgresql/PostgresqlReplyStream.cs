using System.Buffers.Binary;

namespace Trama.Framing.Postgresql;

/// <summary>
/// What the server says: replies, up to ReadyForQuery or to the completions that a request of the extended query brings, and what it tells
/// unasked.
/// </summary>
internal sealed class PostgresqlReplyStream(PostgresqlSession session) : StreamFraming
{
    private static ReadOnlySpan<byte> ReadyForQuery => [(byte)'Z', 0, 0, 0, 5];

    private const int AuthenticationOk = 0;
    private const int AuthenticationSaslFinal = 12;

    private PostgresqlFrame _frame;
    private ShortText _status;
    private ShortText _operation;
    private PostgresqlRequest _request;
    private MessageTraits _traits;
    private FramingRule _next = FramingRule.Turns;
    private bool _begun;
    private bool _isAnswer;
    private bool _isAside;
    private bool _wasReady;
    private bool? _failed;
    private int _completions;

    /// <inheritdoc/>
    public override FramingRule Next => _next;

    /// <inheritdoc/>
    public override bool EndsAtClose => !_frame.HasBegun;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Description => _operation.IsEmpty ? _status.Bytes : _operation.Bytes;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        end.Description = Description;
        end.Status = _status.Bytes;
        end.Operation = _operation.Bytes;
        end.Failed = _failed;
        end.Traits = _traits;
        if (_isAside || !(_isAnswer || session.IsUnsure)) end.Traits |= MessageTraits.Unsolicited;
    }

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes)
    {
        bool follows = _wasReady || session.IsOpening;
        int ready = bytes.LastIndexOf(ReadyForQuery);
        bool isReady = ready >= 0 && ready + ReadyForQuery.Length < bytes.Length
            && bytes[ready + ReadyForQuery.Length] is (byte)'I' or (byte)'T' or (byte)'E';
        int behind = ready + ReadyForQuery.Length + 1;
        _wasReady = isReady && behind == bytes.Length;
        // A reply begins behind ReadyForQuery, or with what stands at the beginning of one only.
        if (follows || (bytes[0] is (byte)'1' or (byte)'2' or (byte)'t' or (byte)'T' or (byte)'R'
            && PostgresqlFrame.IsBoundary(Direction.ToClient, bytes))) return 0;
        return isReady && !_wasReady ? behind : -1;
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            if (!_begun)
            {
                Begin();
                if (_isAnswer && session.IsSkipping && !_request.HasSync) return Skipped();
                if (_isAnswer && _request.Kind == PostgresqlRequestKind.Encryption && bytes[at] != 'E') return Encryption(bytes[at]);
            }

            FrameStatus status = _frame.Take(Direction.ToClient, isTyped: true, bytes, ref at, out ReadOnlySpan<byte> body);
            if (status == FrameStatus.Unfit) return Unfit(FramingFault.BadType, at);
            if (status == FrameStatus.NeedMore) break;
            if (Ends(body)) return End(at);
        }

        return FrameStep.NeedMore(at);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        if (_frame.TryPass(count)) return FrameStep.NeedMore(count);
        // No other message of a server is as long as ReadyForQuery.
        if (_begun && !_frame.HasBegun && !_status.IsEmpty && count == ReadyForQuery.Length + 1)
        {
            session.Ready();
            return End(count);
        }

        return base.Pass(count);
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _frame.Clear();
        (_begun, _isAnswer, _wasReady) = (false, false, false);
        session.Lose();
        return true;
    }

    private void Begin()
    {
        (_isAnswer, _isAside) = (session.TryPeek(out _request), false);
        (_begun, _traits, _failed, _completions, _next) = (true, MessageTraits.None, null, 0, FramingRule.Turns);
        _status.Clear();
        _operation.Clear();
    }

    private FrameStep End(int taken)
    {
        _begun = false;
        if (_isAnswer && !_isAside) session.Answered();
        return FrameStep.Complete(taken);
    }

    // The server answers nothing between an error and the next Sync: the request ends with what came before it.
    private FrameStep Skipped()
    {
        (_failed, _traits) = (true, MessageTraits.Answers);
        _status.Add("skipped after an error"u8);
        return End(0);
    }

    private FrameStep Encryption(byte answer)
    {
        if (answer is not ((byte)'S' or (byte)'N' or (byte)'G')) return Unfit(FramingFault.BadReply, 0);
        _status.Add([answer]);
        _failed = false;
        if (answer != 'N') (_traits, _next) = (MessageTraits.ProtocolChange, answer == 'S' ? FramingRule.Tls : FramingRule.Turns);
        return End(1);
    }

    // Whether a message of the server ends what it says.
    private bool Ends(ReadOnlySpan<byte> body)
    {
        switch (_frame.Type)
        {
            case (byte)'A':
                return IsAside(body);
            case (byte)'N' or (byte)'S' when !_isAnswer && !session.IsUnsure:
                return true;
            case (byte)'R':
                return IsQuestion(body);
            case (byte)'C':
                Succeed(PostgresqlText.Take(ref body));
                break;
            case (byte)'I':
                Succeed("empty query"u8);
                break;
            case (byte)'s':
                Succeed("PortalSuspended"u8);
                break;
            case (byte)'G':
                Succeed("COPY IN"u8);
                return true;
            case (byte)'E':
                return Fail(body);
            case (byte)'Z':
                // After a loss it may be the end of a reply of which nothing else was seen.
                if (_status.IsEmpty && (_isAnswer || !session.IsUnsure)) Succeed(
                    session.IsSkipping ? "skipped after an error"u8 : "ReadyForQuery"u8);
                if (session.IsSkipping && _request.Awaits > 0) _failed = true;
                session.Ready();
                return true;
        }

        if (_frame.Type is (byte)'1' or (byte)'2' or (byte)'3' or (byte)'T' or (byte)'n' or (byte)'C' or (byte)'I'
            or (byte)'s') _completions++;
        return _isAnswer && _request is { Kind: PostgresqlRequestKind.Extended, HasSync: false } && _completions >= _request.Awaits;
    }

    // A notification comes between other messages; before any of a reply it is a message of its own.
    private bool IsAside(ReadOnlySpan<byte> body)
    {
        if (_completions > 0 || !_status.IsEmpty) return false;
        _isAside = true;
        _operation.Add("NOTIFY "u8);
        body = body[Math.Min(4, body.Length)..];
        _operation.Add(PostgresqlText.Take(ref body));
        return true;
    }

    // The server asks for a password, or for the next step of an exchange of them.
    private bool IsQuestion(ReadOnlySpan<byte> body)
    {
        int code = body.Length < 4 ? AuthenticationOk : BinaryPrimitives.ReadInt32BigEndian(body);
        if (code is AuthenticationOk or AuthenticationSaslFinal) return false;
        Succeed(code switch
        {
            2 => "AuthenticationKerberosV5"u8,
            3 => "AuthenticationCleartextPassword"u8,
            5 => "AuthenticationMD5Password"u8,
            7 => "AuthenticationGSS"u8,
            8 => "AuthenticationGSSContinue"u8,
            9 => "AuthenticationSSPI"u8,
            10 => "AuthenticationSASL"u8,
            11 => "AuthenticationSASLContinue"u8,
            _ => "Authentication"u8,
        });
        return true;
    }

    private void Succeed(ReadOnlySpan<byte> status)
    {
        if (_failed == true) return;
        _failed = false;
        _status.Clear();
        _status.Add(status);
    }

    private bool Fail(ReadOnlySpan<byte> body)
    {
        _failed = true;
        _status.Clear();
        _status.Add(PostgresqlText.Field(body, (byte)'C'));
        _status.Add(" "u8);
        _status.Add(PostgresqlText.Field(body, (byte)'M'));
        ReadOnlySpan<byte> severity = PostgresqlText.Field(body, (byte)'V');
        if (severity.IsEmpty) severity = PostgresqlText.Field(body, (byte)'S');
        if (severity.SequenceEqual("FATAL"u8) || severity.SequenceEqual("PANIC"u8))
        {
            _traits = MessageTraits.Goodbye;
            return true;
        }

        if (!_isAnswer || _request.Kind != PostgresqlRequestKind.Extended || _request.HasSync) return !_isAnswer && !session.IsUnsure;
        session.SkipToSync();
        return true;
    }
}
