namespace Trama.Framing.Imap;

/// <summary>
/// What the server says in IMAP. The lines without a tag that come while a command waits belong to its reply, which a line with its tag
/// ends; others, and those during IDLE, are news that nobody asked for (RFC 9051 section 7).
/// </summary>
internal sealed class ImapReplyStream(ImapDialogue dialogue) : StreamFraming
{
    private LineCollector _line;
    private ShortText _words;
    private int _statusLength;
    private long _literal;
    private long? _tag;
    private bool? _failed;
    private MessageTraits _traits;
    private bool _inLine;
    private bool _goesOn;

    /// <inheritdoc/>
    public override FramingRule Next => FramingRule.TlsWith("imap");

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes)
    {
        dialogue.Hear();
        // Before the client asks anew, a line may be a part of the reply that was lost, or of a literal in it.
        bool begins = dialogue.IsAnsweredNext && (bytes[0] is (byte)'*' or (byte)'+' || ImapBeginning.Outcome(bytes) == Likeness.Yes);
        return begins ? 0 : -1;
    }

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        end.Key = _tag;
        end.Traits = _traits;
        end.Failed = _failed;
        end.Description = _words.Bytes;
        end.Status = _words.Bytes[..Math.Min(_statusLength, _words.Bytes.Length)];
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        dialogue.Hear();
        if (dialogue.IsUnsure && !dialogue.IsAnsweredNext)
        {
            TryForget();
            return Lose(bytes.Length);
        }

        int at = 0;
        while (at < bytes.Length)
        {
            if (_literal > 0)
            {
                int taken = (int)Math.Min(_literal, bytes.Length - at);
                _literal -= taken;
                at += taken;
                continue;
            }

            bool isWhole = at == 0 && _line.IsEmpty && !_inLine && !_goesOn;
            if (!_line.TryTake(bytes, ref at, out ReadOnlySpan<byte> line, out int start)) break;
            // That a literal may come is no reply: the command goes on.
            if (isWhole && dialogue.IsLiteralComing && line.StartsWith("+"u8)) return FrameStep.Between(at);
            bool isRest = _inLine;
            _inLine = ImapLiteral.Length(line) >= 0;
            _literal = Math.Max(0, ImapLiteral.Length(line));
            if (!isRest && !TryBegin(line)) return Unfit(FramingFault.BadReply, start);
            if (!_inLine && !_goesOn) return FrameStep.Complete(at);
        }

        return FrameStep.NeedMore(bytes.Length);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        if (count > _literal) return base.Pass(count);
        _literal -= count;
        return FrameStep.NeedMore(count);
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _line.Release();
        _words.Clear();
        (_literal, _inLine, _goesOn, _tag, _failed, _traits, _statusLength) = (0, false, false, null, null, MessageTraits.None, 0);
        dialogue.Lose(ofClient: false);
        return true;
    }

    private bool TryBegin(ReadOnlySpan<byte> line)
    {
        int space = line.IndexOf((byte)' ');
        if (space < 0) space = line.Length;
        _goesOn = false;
        if (line.StartsWith("+"u8))
        {
            bool isProof = dialogue.Oldest is { Verb: ImapVerb.Authenticate };
            dialogue.SecretExpected = isProof;
            // What a server asks for in proof may hold what is secret.
            Set(dialogue.Oldest?.Tag, isProof ? "+"u8 : line, 0, MessageTraits.Interim, null);
            return true;
        }

        ReadOnlySpan<byte> rest = line[Math.Min(space + 1, line.Length)..];
        if (line.StartsWith("* "u8))
        {
            bool isBye = rest.StartsWith("BYE"u8);
            bool isNews = isBye || dialogue.Oldest is null or { Verb: ImapVerb.Idle };
            _goesOn = !isNews;
            Set(null, line, 0, isBye ? MessageTraits.Unsolicited | MessageTraits.Goodbye : isNews
                ? MessageTraits.Unsolicited : MessageTraits.None, null);
            return true;
        }

        bool isGood = rest.StartsWith("OK"u8);
        if (space == 0 || !(isGood || rest.StartsWith("NO"u8) || rest.StartsWith("BAD"u8))) return false;
        long tag = ImapDialogue.Key(line[..space]);
        bool startsTls = dialogue.Answer(tag) == ImapVerb.StartTls && isGood;
        dialogue.SecretExpected = false;
        int end = rest.IndexOf((byte)' ');
        Set(tag, rest, end < 0 ? rest.Length : end, startsTls ? MessageTraits.ProtocolChange : MessageTraits.None, !isGood);
        return true;
    }

    private void Set(long? tag, ReadOnlySpan<byte> words, int statusLength, MessageTraits traits, bool? failed)
    {
        _words.Clear();
        _words.Add(words);
        (_tag, _statusLength, _traits, _failed) = (tag, statusLength, traits, failed);
    }
}
