namespace Trama.Framing.Commands;

/// <summary>
/// What the client says in SMTP, FTP and POP3: a command a line; after DATA, when the server asks for it, the lines up to a
/// single dot (RFC 5321 section 4.1.1.4); after BDAT, as many bytes as it says (RFC 3030 section 2).
/// </summary>
internal sealed class CommandStream(CommandDialogue dialogue) : StreamFraming
{
    private const byte TlsHandshake = 0x16;

    private readonly CommandWords _words = new();
    private LineCollector _line;
    private bool _content;
    private bool _secret;
    private bool _begun;
    private long _chunk;

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes) =>
        dialogue.ContentExpected || dialogue.SecretExpected || dialogue.Verbs.AreAllOf(bytes) ? 0 : -1;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        end.Description = end.Operation = _words.Text;
        end.Group = _words.Verb;
        end.ReplyDue = true;
        if (_words.IsQuit) end.Traits = MessageTraits.Goodbye;
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        if (!_begun)
        {
            // The next thing that a client says may be a handshake.
            if (bytes[0] == TlsHandshake) return Unfit(FramingFault.BadType, 0);
            if (dialogue.IsUnsure && !dialogue.ContentExpected && !dialogue.SecretExpected && dialogue.Verbs.Of(bytes) == Likeness.No)
                return LoseFrom(bytes.Length);
            _begun = true;
            _content = dialogue.ContentExpected;
            dialogue.ContentExpected = false;
            _secret = dialogue.SecretExpected;
            dialogue.SecretExpected = false;
            _words.Set(_content ? "content"u8 : default);
        }

        int at = 0;
        while (at < bytes.Length)
        {
            if (_chunk > 0) return Chunk(at, bytes.Length);
            if (!_line.TryTake(bytes, ref at, out ReadOnlySpan<byte> line, out int start)) break;
            if (_content && !line.SequenceEqual("."u8)) continue;
            if (_secret) _words.Set("AUTH ***"u8);
            else if (!_content) _words.Take(line);
            CommandKind kind = _content || _secret ? CommandKind.Ordinary : Kind(line);
            if (!dialogue.TryAsk(kind)) return Unfit(FramingFault.TooManyPending, start);
            if (_chunk == 0) return End(at);
        }

        return FrameStep.NeedMore(bytes.Length);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count) => _chunk > 0 ? Chunk(0, count) : base.Pass(count);

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _line.Release();
        _words.Clear();
        (_begun, _content, _secret, _chunk) = (false, false, false, 0);
        dialogue.Lose(ofClient: true);
        return true;
    }

    // What nobody asked for, as far as is known, and is no command: content, or a proof.
    private FrameStep LoseFrom(int count)
    {
        TryForget();
        return Lose(count);
    }

    private FrameStep Chunk(int from, int length)
    {
        int taken = (int)Math.Min(_chunk, length - from);
        _chunk -= taken;
        return _chunk > 0 ? FrameStep.NeedMore(length) : End(from + taken);
    }

    private FrameStep End(int taken)
    {
        _begun = false;
        return FrameStep.Complete(taken);
    }

    private CommandKind Kind(ReadOnlySpan<byte> line)
    {
        if (Is(line, "STARTTLS"u8) || Is(line, "STLS"u8) || Is(line, "AUTH TLS"u8) || Is(line, "AUTH SSL"u8)) return CommandKind.StartTls;
        if (StartsWith(line, "BDAT "u8))
        {
            ReadOnlySpan<byte> size = line[5..].Trim((byte)' ');
            int end = size.IndexOf((byte)' ');
            if (long.TryParse(end < 0 ? size : size[..end], out long bytes) && bytes > 0) _chunk = bytes;
        }

        // POP3 commands whose positive reply has lines of its own (RFC 1939, RFC 2449); LIST and UIDL only without a message number.
        return Is(line, "LIST"u8) || Is(line, "UIDL"u8) || Is(line, "CAPA"u8) || StartsWith(line, "RETR "u8) || StartsWith(line, "TOP "u8)
            ? CommandKind.ReplyWithLines : CommandKind.Ordinary;
    }

    private static bool Is(ReadOnlySpan<byte> line, ReadOnlySpan<byte> command) =>
        System.Text.Ascii.EqualsIgnoreCase(line.TrimEnd((byte)' '), command);

    private static bool StartsWith(ReadOnlySpan<byte> line, ReadOnlySpan<byte> command) =>
        line.Length >= command.Length && System.Text.Ascii.EqualsIgnoreCase(line[..command.Length], command);
}
