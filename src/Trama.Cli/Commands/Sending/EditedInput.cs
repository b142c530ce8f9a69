using System.Buffers;
using System.Text;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Reports.Text;

namespace Trama.Cli.Commands.Sending;

/// <summary>
/// Lines that a person writes on the terminal, as messages to send; what comes meanwhile is shown above the line being
/// written. Ctrl-D ends them, Ctrl-C the process.
/// </summary>
internal sealed class EditedInput : Stream
{
    private const string Prompt = "> ";
    private const int Interrupted = 130;

    private readonly RawTerminal _terminal = new();
    // The console's own stream edits lines itself.
    private readonly FileStream _keys = StandardInput.Open();
    private readonly Stream _screen = StandardOutput.Open();
    private readonly LineEditor _editor = new();
    private readonly object _gate = new();
    private readonly byte[] _read = new byte[1024];
    private readonly FramingRule? _framing;
    private ReadOnlyMemory<byte> _typed;
    private ReadOnlyMemory<byte> _message;
    private bool _isOver;

    /// <summary>Takes the terminal.</summary>
    /// <param name="framing">How a line is marked; null ends it with LF.</param>
    public EditedInput(FramingRule? framing)
    {
        _framing = framing;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
    }

    /// <summary>Whether the person has ended it.</summary>
    public bool IsEnded { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_message.IsEmpty) _message = Next();
        int taken = Math.Min(count, _message.Length);
        _message[..taken].CopyTo(buffer.AsMemory(offset));
        _message = _message[taken..];
        return taken;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private ReadOnlyMemory<byte> Next()
    {
        Draw();
        while (true)
        {
            if (_typed.IsEmpty) _typed = _read.AsMemory(0, _keys.Read(_read));
            if (_typed.IsEmpty) return End();
            byte key = _typed.Span[0];
            _typed = _typed[1..];
            switch (Take(key, out string line))
            {
                case EditorStep.Line when Message(line) is { IsEmpty: false } message:
                    return message;
                case EditorStep.End:
                    return End();
                case EditorStep.Interrupt:
                    Environment.Exit(Interrupted);
                    break;
            }
        }
    }

    /// <summary>Shows bytes of the reply, control characters made visible.</summary>
    public void Show(ReadOnlySpan<byte> reply)
    {
        var text = new StringBuilder(Ansi.ClearLine);
        while (!reply.IsEmpty)
        {
            int end = reply.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = (end < 0 ? reply : reply[..end]).TrimEnd((byte)'\r');
            text.Append(VisibleText.Of(line)).Append("\r\n");
            reply = end < 0 ? default : reply[(end + 1)..];
        }

        lock (_gate)
        {
            Write(text.ToString());
            Draw();
        }
    }

    /// <summary>Gives the terminal back as it was.</summary>
    protected override void Dispose(bool disposing)
    {
        lock (_gate)
        {
            if (!_isOver) Write(Ansi.ClearLine);
            _isOver = true;
        }

        _terminal.Dispose();
        base.Dispose(disposing);
    }

    private ReadOnlyMemory<byte> End()
    {
        IsEnded = true;
        return default;
    }

    private EditorStep Take(byte key, out string line)
    {
        lock (_gate)
        {
            EditorStep step = _editor.Take(key, out line);
            if (step == EditorStep.Line) Write($"{Ansi.ClearLine}{Prompt}{line}\r\n");
            else if (step == EditorStep.Changed) Draw();
            return step;
        }
    }

    private ReadOnlyMemory<byte> Message(string line)
    {
        var message = new ArrayBufferWriter<byte>();
        byte[] words = Encoding.UTF8.GetBytes(_framing is null ? line + "\n" : line);
        if (_framing is null || !_framing.Envelope.TryWrite(message, words, Direction.ToServer)) message.Write(words);
        return message.WrittenMemory;
    }

    private void Draw()
    {
        lock (_gate)
        {
            (string text, int before) = _editor.Visible(Math.Max(Terminal.Width - Prompt.Length, 2));
            Write($"{Ansi.ClearLine}{Prompt}{text}{Ansi.Column(Prompt.Length + before)}");
        }
    }

    private void Write(string text) => _screen.Write(Encoding.UTF8.GetBytes(text));
}
