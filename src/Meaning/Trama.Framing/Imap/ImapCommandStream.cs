using System.Text;

namespace Trama.Framing.Imap;

/// <summary>What the client says in IMAP: a tag, a command and its arguments, some of them as literals; or a line that goes on with
/// one.</summary>
internal sealed class ImapCommandStream(ImapDialogue dialogue) : StreamFraming
{
    private const byte TlsHandshake = 0x16;

    private LineCollector _line;
    private ShortText _words;
    private long _literal;
    private long? _tag;
    private int _verbLength;
    private ImapVerb _verb;
    private bool _inCommand;

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes) =>
        dialogue.SecretExpected || ImapBeginning.Command(bytes) == Likeness.Yes ? 0 : -1;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        end.Key = _tag;
        end.Description = end.Operation = _words.Bytes;
        if (_verbLength < _words.Bytes.Length) end.Group = _words.Bytes[.._verbLength];
        // A line that only goes on with a command is answered when that is.
        if (_tag is null) end.Traits = MessageTraits.NoReply;
        else end.ReplyDue = true;
        if (_verb == ImapVerb.Logout) end.Traits = MessageTraits.Goodbye;
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        if (_literal == 0 && !_inCommand && _line.IsEmpty)
        {
            // The next thing that a client says may be a handshake.
            if (bytes[0] == TlsHandshake) return Unfit(FramingFault.BadType, 0);
            if (dialogue.IsUnsure && !dialogue.SecretExpected && Beginning(bytes) == Likeness.No) return LoseFrom(bytes.Length);
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

            if (!_line.TryTake(bytes, ref at, out ReadOnlySpan<byte> line, out _)) break;
            if (!_inCommand) Begin(line);
            _inCommand = true;
            _literal = Math.Max(0, ImapLiteral.Length(line));
            dialogue.IsLiteralComing = ImapLiteral.Length(line) >= 0;
            if (dialogue.IsLiteralComing) continue;
            _inCommand = false;
            if (_tag is { } tag) dialogue.Ask(tag, _verb);
            return FrameStep.Complete(at);
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
        (_literal, _inCommand, _tag, _verb, _verbLength) = (0, false, null, ImapVerb.Other, 0);
        dialogue.IsLiteralComing = false;
        dialogue.Lose(ofClient: true);
        return true;
    }

    private static Likeness Beginning(ReadOnlySpan<byte> bytes) =>
        ImapBeginning.Command(bytes).Or(Recognition.Begins(bytes, "DONE\r\n"u8));

    // What nobody asked for, as far as is known, and is no command: what belongs to one, or a proof.
    private FrameStep LoseFrom(int count)
    {
        TryForget();
        return Lose(count);
    }

    private void Begin(ReadOnlySpan<byte> line)
    {
        _words.Clear();
        (_tag, _verb, _verbLength) = (null, ImapVerb.Other, 0);
        if (dialogue.SecretExpected || line.StartsWith("DONE"u8))
        {
            _words.Add(dialogue.SecretExpected ? "AUTHENTICATE ***"u8 : "DONE"u8);
            dialogue.SecretExpected = false;
            return;
        }

        int space = line.IndexOf((byte)' ');
        if (space <= 0) return;
        _tag = ImapDialogue.Key(line[..space]);
        ReadOnlySpan<byte> command = line[(space + 1)..];
        int end = command.IndexOf((byte)' ');
        Span<byte> verb = stackalloc byte[Math.Min(end < 0 ? command.Length : end, ShortText.Capacity)];
        Ascii.ToUpper(command[..verb.Length], verb, out _);
        _verb = Verb(verb);
        _words.Add(verb);
        if (verb.SequenceEqual("UID"u8) && end > 0) end = NextWord(command, end);
        ReadOnlySpan<byte> arguments = end < 0 ? default : command[end..];
        if (_verb is ImapVerb.Login or ImapVerb.Authenticate && arguments.Length > 1)
        {
            // The mechanism, or the name; nothing after it, and no name that comes as a literal.
            int next = arguments[1..].IndexOf((byte)' ');
            _words.Add(next < 0 ? _verb == ImapVerb.Login ? default : arguments : arguments[..(next + 1)]);
            if (next >= 0 || _verb == ImapVerb.Login) _words.Add(" ***"u8);
        }
        else _words.Add(arguments);
        _verbLength = Math.Min(_words.Bytes.Length, verb.Length);
    }

    // UID goes before the command that it concerns.
    private int NextWord(ReadOnlySpan<byte> command, int at)
    {
        int next = command[(at + 1)..].IndexOf((byte)' ');
        int end = next < 0 ? command.Length : at + 1 + next;
        _words.Add(command[at..end]);
        return end;
    }

    private static ImapVerb Verb(ReadOnlySpan<byte> verb) =>
        verb.SequenceEqual("LOGIN"u8) ? ImapVerb.Login
        : verb.SequenceEqual("AUTHENTICATE"u8) ? ImapVerb.Authenticate
        : verb.SequenceEqual("STARTTLS"u8) ? ImapVerb.StartTls
        : verb.SequenceEqual("IDLE"u8) ? ImapVerb.Idle
        : verb.SequenceEqual("LOGOUT"u8) ? ImapVerb.Logout : ImapVerb.Other;
}
