namespace Trama.Framing.Commands;

/// <summary>The replies of POP3 (RFC 1939 section 3): <c>+OK</c> or <c>-ERR</c>, after some commands lines up to a single dot.</summary>
internal sealed class PopReplyStream(CommandDialogue dialogue) : StreamFraming
{
    private LineCollector _line;
    private bool _inLines;
    private ShortText _words;
    private bool? _failed;
    private MessageTraits _traits;

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes)
    {
        dialogue.Hear();
        // Whether lines follow, only the command tells.
        return dialogue.IsAnsweredNext && Begins(bytes) == Likeness.Yes ? 0 : -1;
    }

    /// <summary>Whether bytes begin as a reply does, as far as they go.</summary>
    public static Likeness Begins(ReadOnlySpan<byte> bytes) =>
        Recognition.Begins(bytes, "+OK"u8).Or(Recognition.Begins(bytes, "-ERR"u8)).Or(Recognition.Begins(bytes, "+ "u8));

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        end.Traits = _traits;
        end.Description = _words.Bytes;
        int space = _words.Bytes.IndexOf((byte)' ');
        end.Status = space < 0 ? _words.Bytes : _words.Bytes[..space];
        end.Failed = _failed;
    }

    /// <inheritdoc/>
    public override FramingRule Next => dialogue.Secured;

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        dialogue.Hear();
        if (!_inLines && dialogue.IsUnsure && !dialogue.IsAnsweredNext && !IsGreeting(bytes))
        {
            TryForget();
            return Lose(bytes.Length);
        }

        int at = 0;
        while (at < bytes.Length && _line.TryTake(bytes, ref at, out ReadOnlySpan<byte> line, out int start))
        {
            if (_inLines)
            {
                if (!line.SequenceEqual("."u8)) continue;
                _inLines = false;
                return FrameStep.Complete(at);
            }

            bool positive = line.StartsWith("+OK"u8);
            if (!positive && !line.StartsWith("-ERR"u8) && !line.StartsWith("+ "u8)) return Unfit(FramingFault.BadReply, start);
            bool asksForProof = line.StartsWith("+ "u8);
            dialogue.SecretExpected = asksForProof;
            _words.Clear();
            // What a server asks for in proof may hold what is secret.
            _words.Add(asksForProof ? "+"u8 : line);
            _failed = !positive && !asksForProof;
            bool asked = !dialogue.Pending.IsEmpty;
            var kind = (CommandKind)dialogue.Pending.PeekOr((int)CommandKind.Ordinary);
            dialogue.Answered();
            _traits = !asked ? MessageTraits.Unsolicited
                : positive && kind == CommandKind.StartTls ? MessageTraits.ProtocolChange : MessageTraits.None;
            if (!positive || kind != CommandKind.ReplyWithLines) return FrameStep.Complete(at);
            _inLines = true;
        }

        return FrameStep.NeedMore(bytes.Length);
    }

    // Servers greet with these words. Whether lines follow another reply, only its command tells.
    private bool IsGreeting(ReadOnlySpan<byte> bytes) =>
        !dialogue.Pending.Seen && bytes.StartsWith("+OK "u8) && bytes.IndexOf(" ready"u8) > 0
            && bytes.IndexOf((byte)'\n') == bytes.Length - 1;

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _line.Release();
        _words.Clear();
        (_inLines, _failed, _traits) = (false, null, MessageTraits.None);
        dialogue.Lose(ofClient: false);
        return true;
    }
}
