namespace Trama.Framing.Commands;

/// <summary>
/// Replies that begin with three digits, as in SMTP (RFC 5321 section 4.2) and FTP (RFC 959 section 4.2): a hyphen after
/// the digits means that lines follow, up to one with the same digits and a space.
/// </summary>
internal sealed class CodeReplyStream(CommandDialogue dialogue) : StreamFraming
{
    private const int GoAhead = 354;
    private const int ProveYourself = 334;
    private const int Closing = 421;
    private const int FirstFailure = 400;
    private const int CodeLength = 3;
    private LineCollector _line;
    private int _code;
    private bool _begun;
    private ShortText _words;
    private MessageTraits _traits;

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes)
    {
        dialogue.Hear();
        // Before the client asks anew, what looks like a reply may be a part of the one that was lost.
        return dialogue.IsAnsweredNext && Begins(bytes) == Likeness.Yes ? 0 : -1;
    }

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        end.Traits = _traits;
        end.Description = _words.Bytes;
        if (_words.IsEmpty) return;
        end.Status = _words.Bytes[..CodeLength];
        end.Failed = _code >= FirstFailure;
    }

    /// <inheritdoc/>
    public override FramingRule Next => dialogue.Secured;

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        dialogue.Hear();
        int at = 0;
        while (at < bytes.Length && _line.TryTake(bytes, ref at, out ReadOnlySpan<byte> line, out int start))
        {
            int code = Code(line);
            bool last = code >= 0 && (line.Length == 3 || line[3] == ' ');
            if (!_begun)
            {
                if (code < 0 || !(last || line[3] == '-'))
                    return dialogue.IsUnsure ? LoseFrom(bytes.Length) : Unfit(FramingFault.BadReply, start);
                _code = code;
                _words.Clear();
                // What a server asks for in proof may hold what is secret.
                _words.Add(code == ProveYourself ? line[..CodeLength] : line);
                _begun = true;
            }

            if (!last || code != _code) continue;
            _begun = false;
            Classify();
            return FrameStep.Complete(at);
        }

        return FrameStep.NeedMore(bytes.Length);
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _line.Release();
        _words.Clear();
        (_begun, _traits) = (false, MessageTraits.None);
        dialogue.Lose(ofClient: false);
        return true;
    }

    /// <summary>Whether bytes begin as a reply does, as far as they go.</summary>
    public static Likeness Begins(ReadOnlySpan<byte> bytes)
    {
        int digits = bytes.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits < 0) return bytes.Length < CodeLength ? Likeness.Open : Likeness.No;
        bool isCode = digits == CodeLength && bytes[digits] is (byte)' ' or (byte)'-' or (byte)'\r' && Code(bytes) > 0;
        return isCode ? Likeness.Yes : Likeness.No;
    }

    private FrameStep LoseFrom(int count)
    {
        TryForget();
        return Lose(count);
    }

    private void Classify()
    {
        if (_code < 200) _traits = MessageTraits.Interim;
        else if (dialogue.Pending.IsEmpty && !dialogue.IsUnsure)
        {
            _traits = _code == Closing ? MessageTraits.Unsolicited | MessageTraits.Goodbye : MessageTraits.Unsolicited;
        }
        else
        {
            bool startsTls = dialogue.Pending.PeekOr(0) == (int)CommandKind.StartTls && _code < 300;
            dialogue.Answered();
            dialogue.ContentExpected = _code == GoAhead;
            dialogue.SecretExpected = _code == ProveYourself;
            _traits = startsTls ? MessageTraits.ProtocolChange : MessageTraits.None;
        }
    }

    private static int Code(ReadOnlySpan<byte> line) =>
        line.Length >= 3 && line[0] is >= (byte)'1' and <= (byte)'6' && char.IsAsciiDigit((char)line[1]) && char.IsAsciiDigit((char)line[2])
            ? (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0' : -1;
}
