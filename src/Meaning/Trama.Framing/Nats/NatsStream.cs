namespace Trama.Framing.Nats;

/// <summary>
/// One direction of NATS: lines, some with headers and content behind them. An answer to a message that names a subject for it is a message
/// to that subject. In verbose mode each message of a client is answered, in order, by +OK or -ERR, and nothing else.
/// </summary>
internal sealed class NatsStream(Direction direction, NatsSession session) : StreamFraming
{
    private const byte TlsHandshake = 0x16;
    private const int MaxSubject = 512;
    private const int MaxStatus = 64;
    private const int FirstFailure = 400;

    // No inbox has it.
    private const long DoubtfulKey = 0;

    private LineCollector _line;
    private KeptBytes _headers = new(MaxStatus);
    private long _left;
    private bool _begun;
    private NatsVerb _verb;
    private int _headerLength;
    private ShortText _operation = new(MaxSubject);
    private ShortText _group = new(MaxSubject);
    private ShortText _more;
    private MessageTraits _traits;
    private long? _key;
    private bool? _isDue;
    private bool _isUnknown;
    private ulong _answered;

    private static ReadOnlySpan<byte> StatusLine => "NATS/1.0 "u8;

    private bool IsClient => direction == Direction.ToServer;

    /// <inheritdoc/>
    public override bool LossIsMessage => false;

    /// <inheritdoc/>
    public override FramingRule Next => FramingRule.Tls;

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes) => NatsBoundary.Find(direction, bytes);

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        (end.Traits, end.Key, end.ReplyDue) = (_traits, _key, _isDue);
        bool answers = (_traits & MessageTraits.Answers) != 0 || _verb is NatsVerb.Ok or NatsVerb.Err or NatsVerb.Pong;
        end.Description = _more.IsEmpty ? _operation.Bytes : _more.Bytes;
        if (_isUnknown) return;
        if (answers) DescribeAnswer(ref end);
        else
        {
            end.Operation = _operation.Bytes;
            if (!_group.Bytes.SequenceEqual(_operation.Bytes)) end.Group = _group.Bytes;
        }
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _line.Release();
        (_left, _begun) = (0, false);
        session.Lose();
        Clear();
        return true;
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        if (_left == 0)
        {
            if (!_begun) Clear();
            // The next thing that a client says may be a handshake.
            if (!_begun && IsClient && session.OffersTls && bytes[0] == TlsHandshake)
            {
                _traits = MessageTraits.ProtocolChange;
                return FrameStep.Complete(0);
            }

            if (!_begun && !IsBeginning(bytes[0])) return Unfit(FramingFault.BadType, 0);
            _begun = true;
            if (!_line.TryTake(bytes, ref at, out ReadOnlySpan<byte> text, out int start)) return FrameStep.NeedMore(bytes.Length);
            if (!NatsLine.TryRead(direction, text, out NatsLine line)) return Unfit(FramingFault.BadType, start);
            Understand(line);
            _left = line.Following;
        }

        int taken = (int)Math.Min(_left, bytes.Length - at);
        if (_headerLength > 0) _headers.Add(bytes.Slice(at, taken));
        return Step(at + taken, taken);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        if (_left == 0) return base.Pass(count);
        int taken = (int)Math.Min(count, _left);
        if (_headers.Length < MaxStatus) _headers.Clear();
        _headerLength = 0;
        return Step(taken, taken);
    }

    private FrameStep Step(int taken, int ofContent)
    {
        _left -= ofContent;
        if (_left > 0) return FrameStep.NeedMore(taken);
        _begun = false;
        CloseAnswered();
        return FrameStep.Complete(taken);
    }

    private static bool IsBeginning(byte first) => (first | 0x20) is >= (byte)'a' and <= (byte)'z' || first is (byte)'+' or (byte)'-';

    private void Clear()
    {
        _headers.Clear();
        _operation.Clear();
        _group.Clear();
        _more.Clear();
        (_traits, _key, _isDue, _isUnknown) = (MessageTraits.Unsolicited, null, null, false);
        (_verb, _headerLength, _answered) = (NatsVerb.None, 0, 0);
    }

    private void Understand(NatsLine line)
    {
        (_verb, _headerLength) = (line.Verb, line.Headers);
        _operation.Add(NatsVerbs.Name(_verb));
        switch (_verb)
        {
            case NatsVerb.Info: Introduce(line.Rest); break;
            case NatsVerb.Connect: Connect(line.Rest); break;
            case NatsVerb.Ok: session.IsVerbose = true; break;
            case NatsVerb.Err:
                _operation.Clear();
                _operation.Add(line.Rest.Trim((byte)'\''));
                break;
            case NatsVerb.Ping or NatsVerb.Pong: break;
            default: Name(line); break;
        }

        Place(line);
    }

    private void Introduce(ReadOnlySpan<byte> options)
    {
        session.OffersTls = NatsOptions.Flag(options, "tls_required"u8) == true || NatsOptions.Flag(options, "tls_available"u8) == true;
        _more.Add("INFO nats-server "u8);
        _more.Add(NatsOptions.Find(options, "version"u8));
    }

    // Nothing else of the options is shown: a user, passwords and tokens are among them.
    private void Connect(ReadOnlySpan<byte> options)
    {
        session.IsVerbose = NatsOptions.Flag(options, "verbose"u8) ?? true;
        _more.Add("CONNECT "u8);
        _more.Add(NatsOptions.Find(options, "lang"u8));
        _more.Add(" "u8);
        _more.Add(NatsOptions.Find(options, "version"u8));
        if (session.IsVerbose == true) _more.Add(" verbose"u8);
    }

    private void Name(NatsLine line)
    {
        _group.Add(_operation.Bytes);
        _operation.Add(" "u8);
        _operation.Add(line.Subject);
        _group.Add(" "u8);
        if (line.Subject.StartsWith("_INBOX."u8)) _group.Add("_INBOX.:id"u8);
        else TopicShape.Write(line.Subject, (byte)'.', ref _group);
        if (line.Rest.IsEmpty) return;
        _more.Add(_operation.Bytes);
        _more.Add(" group="u8);
        _more.Add(line.Rest);
    }

    // What the message is in an exchange.
    private void Place(NatsLine line)
    {
        switch (_verb)
        {
            case NatsVerb.Ping: Ask(isDue: true); break;
            case NatsVerb.Pong: _traits = MessageTraits.Answers; break;
            case NatsVerb.Ok: Confirm(); break;
            case NatsVerb.Err:
                _traits = session.IsVerbose == true && NatsVerbs.Answers(_operation.Bytes) ? MessageTraits.None : MessageTraits.Unsolicited;
                if (NatsVerbs.EndsConnection(_operation.Bytes)) _traits |= MessageTraits.Goodbye;
                break;
            case NatsVerb.Pub or NatsVerb.HPub or NatsVerb.Msg or NatsVerb.HMsg when !(IsClient && session.IsVerbose == true):
                Send(line);
                break;
            case NatsVerb.Connect or NatsVerb.Sub or NatsVerb.Unsub or NatsVerb.Pub or NatsVerb.HPub:
                if (session.IsVerbose == true) Ask(isDue: true);
                else Say();
                break;
        }

        // What is confirmed is confirmed before anything else is said.
        if (IsClient || session.Doubtful == 0 || session.IsVerbose == true) return;
        (session.Doubtful, session.IsVerbose) = (0, false);
    }

    // Nothing answers what a client says, where it does not want that.
    private void Say()
    {
        bool isDoubtful = session.IsVerbose is null;
        _traits = isDoubtful ? MessageTraits.Asks : MessageTraits.Asks | MessageTraits.NoReply;
        _isDue = isDoubtful ? null : false;
        if (!isDoubtful) return;
        session.IsOneDoubtful = ++session.Doubtful == 1;
        _key = DoubtfulKey;
    }

    private void Confirm()
    {
        if (session.Doubtful == 0)
        {
            _traits = MessageTraits.None;
            return;
        }

        // Of several that were said in doubt, nobody knows which one this confirms.
        if (session.Doubtful == 1 && session.IsOneDoubtful) (_traits, _key) = (MessageTraits.Answers, DoubtfulKey);
        session.Doubtful--;
    }

    private void Send(NatsLine line)
    {
        OpenKeys theirs = session.Of(direction.Other());
        ulong subject = TextHash.Of(line.Subject);
        bool isPaired = session.IsVerbose != true, isWaitedFor = theirs.IsOpen(subject);
        if (isPaired && (isWaitedFor || (NatsVerbs.IsMadeUp(line.Subject) && (IsClient || theirs.IsIncomplete))))
        {
            _traits = MessageTraits.Answers;
            // It may as well be one more answer.
            _isUnknown = !isWaitedFor && !IsClient;
            _answered = subject;
            _key = KeyOf(subject, direction.Other());
        }
        else if (isPaired && !line.Reply.IsEmpty)
        {
            // Somebody may answer; nobody has to.
            Ask(isDue: null);
            subject = TextHash.Of(line.Reply);
            session.Of(direction).Open(subject);
            _key = KeyOf(subject, direction);
        }
        else if (IsClient) Say();
        else _traits = MessageTraits.Unsolicited;
    }

    private void Ask(bool? isDue) => (_traits, _isDue) = (MessageTraits.Asks, isDue);

    private static long KeyOf(ulong inbox, Direction asked) => (long)(inbox & ~1UL) | (long)asked;

    // A status of 1xx says that the answer is still to come.
    private void CloseAnswered()
    {
        if (_answered == 0) return;
        if (Status() is [(byte)'1', ..]) _traits |= MessageTraits.Interim;
        else session.Of(direction.Other()).Close(_answered);
    }

    // Of a message that brings a status, its words; else empty.
    private ReadOnlySpan<byte> Status()
    {
        ReadOnlySpan<byte> status = _headers.Bytes[..Math.Min(_headers.Length, _headerLength)];
        if (!status.StartsWith(StatusLine)) return default;
        status = status[StatusLine.Length..];
        int end = status.IndexOf((byte)'\r');
        return status[..(end < 0 ? status.Length : end)].Trim((byte)' ');
    }

    private void DescribeAnswer(ref MessageEnd end)
    {
        ReadOnlySpan<byte> words = _operation.Bytes;
        end.Status = _verb is NatsVerb.Pub or NatsVerb.HPub or NatsVerb.Msg or NatsVerb.HMsg ? NatsVerbs.Name(_verb) : words;
        end.Failed = _verb == NatsVerb.Err;
        if (Status() is not { IsEmpty: false } status) return;
        end.Status = status;
        end.Failed = System.Buffers.Text.Utf8Parser.TryParse(status, out int code, out _) && code >= FirstFailure;
    }
}
