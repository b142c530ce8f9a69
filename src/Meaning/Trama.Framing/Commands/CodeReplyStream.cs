namespace Trama.Framing.Commands;

/// <summary>
/// Replies that begin with three digits, as in SMTP (RFC 5321 section 4.2) and FTP (RFC 959 section 4.2): a hyphen after
/// the digits means that lines follow, up to one with the same digits and a space.
/// </summary>
internal sealed class CodeReplyStream(CommandDialogue dialogue) : StreamFraming
{
    private const int GoAhead = 354;
    private LineCollector _line;
    private int _code;
    private bool _begun;
    private MessageTraits _traits;

    /// <inheritdoc/>
    public override MessageTraits Traits => _traits;

    /// <inheritdoc/>
    public override FramingRule Next => FramingRule.Tls;

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length && _line.TryTake(bytes, ref at, out ReadOnlySpan<byte> line, out int start))
        {
            int code = Code(line);
            bool last = code >= 0 && (line.Length == 3 || line[3] == ' ');
            if (!_begun)
            {
                if (code < 0 || !(last || line[3] == '-')) return Unfit(FramingFault.BadReply, start);
                _code = code;
                _begun = true;
            }

            if (!last || code != _code) continue;
            _begun = false;
            Classify();
            return FrameStep.Complete(at);
        }

        return FrameStep.NeedMore(bytes.Length);
    }

    private void Classify()
    {
        if (_code < 200) _traits = MessageTraits.Interim;
        else if (dialogue.Pending.IsEmpty) _traits = MessageTraits.Unsolicited;
        else
        {
            bool startsTls = dialogue.Pending.PeekOr(0) == (int)CommandKind.StartTls && _code < 300;
            dialogue.Pending.Answered();
            dialogue.ContentExpected = _code == GoAhead;
            _traits = startsTls ? MessageTraits.ProtocolChange : MessageTraits.None;
        }
    }

    private static int Code(ReadOnlySpan<byte> line) =>
        line.Length >= 3 && line[0] is >= (byte)'1' and <= (byte)'6' && char.IsAsciiDigit((char)line[1]) && char.IsAsciiDigit((char)line[2])
            ? (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0' : -1;
}
