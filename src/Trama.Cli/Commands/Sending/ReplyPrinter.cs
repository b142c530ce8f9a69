using System.Buffers;
using System.Text;
using Trama.Framing;
using Trama.Reports;

namespace Trama.Cli.Commands.Sending;

/// <summary>Shows replies: the bytes alone as they come, or a line in the lesson's words once a reply is complete. What is small is held back
/// until <see cref="Flush"/>.</summary>
internal sealed class ReplyPrinter(Stream output, bool raw, Language language)
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
            _held.Write(_words);
            VisibleText.Write(_held, _reply.WrittenSpan);
            if (Received > _reply.WrittenCount) _held.Write(Encoding.UTF8.GetBytes($"… ({Received} bytes, --raw)"));
            _held.Write("\n"u8);
            if (_held.WrittenCount > MostHeld) Flush();
        }

        _reply.ResetWrittenCount();
        Received = 0;
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
