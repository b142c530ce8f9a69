using System.Buffers;
using System.Text;
using Trama.Framing;
using Trama.Reports;

namespace Trama.Cli.Commands.Sending;

/// <summary>Shows replies: the bytes alone as they come, or a line in the lesson's words once a reply is complete. What is small is held
/// back until <see cref="Flush"/>.</summary>
/// <param name="output">Where they go.</param>
/// <param name="raw">Whether the bytes alone are shown.</param>
/// <param name="oneLine">Whether each reply is one line, for programs; else one of several lines has as many, for people.</param>
/// <param name="language">The language.</param>
internal sealed class ReplyPrinter(Stream output, bool raw, bool oneLine, Language language)
{
    // Enough for a person; more is for --raw.
    private const int MostShown = 64 << 10;

    private const int MostHeld = 64 << 10;

    private readonly byte[] _words = Encoding.UTF8.GetBytes(language.Pick("Server reply: ", "Resposta do servidor: "));
    private readonly ArrayBufferWriter<byte> _reply = new();
    private readonly ArrayBufferWriter<byte> _held = new();

    /// <summary>Bytes of the reply in progress.</summary>
    public long Received { get; private set; }

    /// <summary>Takes the next bytes of the reply.</summary>
    /// <exception cref="IOException">Standard output is closed or full.</exception>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        Received += bytes.Length;
        if (!raw)
        {
            _reply.Write(bytes[..Math.Min(bytes.Length, MostShown - _reply.WrittenCount)]);
            return;
        }

        if (_held.WrittenCount + bytes.Length > MostHeld) Flush();
        if (bytes.Length > MostHeld) output.Write(bytes);
        else _held.Write(bytes);
    }

    /// <summary>The reply, or what there is of it, is complete.</summary>
    /// <exception cref="IOException">Standard output is closed or full.</exception>
    public void End()
    {
        if (!raw && Received > 0)
        {
            if (oneLine) ShowLine(_reply.WrittenSpan);
            else if (VisibleText.IsBinary(_reply.WrittenSpan)) ShowRows(_reply.WrittenSpan);
            else if (!HasLines(_reply.WrittenSpan)) ShowLine(_reply.WrittenSpan);
            else ShowLines(_reply.WrittenSpan);
            if (Received > _reply.WrittenCount) _held.Write(Encoding.UTF8.GetBytes($"… ({Received} bytes, --raw)"));
            _held.Write("\n"u8);
            if (_held.WrittenCount > MostHeld) Flush();
        }

        _reply.ResetWrittenCount();
        Received = 0;
    }

    private static bool HasLines(ReadOnlySpan<byte> reply) => reply.TrimEnd("\r\n"u8).Contains((byte)'\n') && VisibleText.IsText(reply);

    private void ShowLine(ReadOnlySpan<byte> reply)
    {
        _held.Write(_words);
        VisibleText.Write(_held, reply);
    }

    private void ShowRows(ReadOnlySpan<byte> reply)
    {
        _held.Write(_words.AsSpan().TrimEnd((byte)' '));
        var rows = new StringBuilder("\n");
        HexText.AppendRows(rows, reply);
        _held.Write(Encoding.ASCII.GetBytes(rows.Replace("\n", "\n  ").ToString()));
    }

    // Set in, so that no line of a reply can pass for one of ours.
    private void ShowLines(ReadOnlySpan<byte> reply)
    {
        _held.Write(_words.AsSpan().TrimEnd((byte)' '));
        reply = reply.TrimEnd("\r\n"u8);
        foreach (Range line in reply.Split((byte)'\n'))
        {
            _held.Write("\n  "u8);
            VisibleText.Write(_held, reply[line].TrimEnd((byte)'\r'));
        }
    }

    /// <summary>Holds nothing back any more.</summary>
    /// <exception cref="IOException">Standard output is closed or full.</exception>
    public void Flush()
    {
        if (_held.WrittenCount == 0) return;
        output.Write(_held.WrittenSpan);
        _held.ResetWrittenCount();
    }
}
