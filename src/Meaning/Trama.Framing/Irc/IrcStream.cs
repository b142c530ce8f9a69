using System.Text;

namespace Trama.Framing.Irc;

/// <summary>One direction of IRC: a line a message, with a command and, from a server, the name of who says it (RFC 2812 section
/// 2.3).</summary>
internal sealed class IrcStream : StreamFraming
{
    private const int MaxCommand = 16;

    private readonly byte[] _command = new byte[MaxCommand];
    private LineCollector _line;
    private int _commandLength;
    private ShortText _words;

    private ReadOnlySpan<byte> Command => _command.AsSpan(0, _commandLength);

    /// <inheritdoc/>
    public override bool LossIsMessage => false;

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes)
    {
        if (IrcBeginning.Of(bytes) == Likeness.Yes) return 0;
        // Behind a line's end another one begins.
        int end = bytes.IndexOf((byte)'\n');
        return end < 0 || end + 1 == bytes.Length ? -1 : end + 1;
    }

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        bool answers = Command.SequenceEqual("PONG"u8), asks = Command.SequenceEqual("PING"u8);
        end.Traits = answers ? MessageTraits.Answers : asks ? MessageTraits.Asks : MessageTraits.Asks | MessageTraits.NoReply;
        if (Command.SequenceEqual("QUIT"u8) || Command.SequenceEqual("ERROR"u8)) end.Traits |= MessageTraits.Goodbye;
        end.Description = _words.Bytes;
        if (answers)
        {
            end.Status = Command;
            return;
        }

        end.ReplyDue = asks;
        end.Operation = _words.Bytes;
        if (Command.Length < _words.Bytes.Length) end.Group = Command;
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        if (!_line.TryTake(bytes, ref at, out ReadOnlySpan<byte> line, out _)) return FrameStep.NeedMore(bytes.Length);
        Read(line);
        return FrameStep.Complete(at);
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _line.Release();
        _words.Clear();
        _commandLength = 0;
        return true;
    }

    private void Read(ReadOnlySpan<byte> line)
    {
        // Tags and the name of who speaks come first.
        while (!line.IsEmpty && line[0] is (byte)'@' or (byte)':')
        {
            int next = line.IndexOf((byte)' ');
            line = next < 0 ? default : line[(next + 1)..].TrimStart((byte)' ');
        }

        int end = line.IndexOf((byte)' ');
        ReadOnlySpan<byte> command = end < 0 ? line : line[..end];
        Ascii.ToUpper(command[..Math.Min(command.Length, MaxCommand)], _command, out _commandLength);
        _words.Clear();
        _words.Add(Command);
        if (end < 0) return;
        bool isSecret = Command.SequenceEqual("PASS"u8) || Command.SequenceEqual("OPER"u8) || Command.SequenceEqual("AUTHENTICATE"u8)
            || (Command.SequenceEqual("PRIVMSG"u8) && IsToService(line[(end + 1)..])) || Command.SequenceEqual("NICKSERV"u8)
                || Command.SequenceEqual("NS"u8);
        _words.Add(isSecret ? " ***"u8 : line[end..]);
    }

    // Passwords are told to services by name.
    private static bool IsToService(ReadOnlySpan<byte> arguments)
    {
        int space = arguments.IndexOf((byte)' ');
        ReadOnlySpan<byte> target = space < 0 ? arguments : arguments[..space];
        return target.Length >= 4 && Ascii.EqualsIgnoreCase(target[^4..], "serv"u8);
    }
}
