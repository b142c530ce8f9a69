using System.Buffers;
using System.Text;
using Trama.Framing;
using Trama.Reports;

namespace Trama.Cli.Sending;

/// <summary>Shows replies: the bytes alone as they come, or a line in the lesson's words once a reply is complete.</summary>
internal sealed class ReplyPrinter(Stream output, bool raw, Language language)
{
    // Enough for a person; more is for --raw.
    private const int MostShown = 64 << 10;

    private readonly ArrayBufferWriter<byte> _shown = new();

    /// <summary>Bytes of the reply in progress.</summary>
    public long Received { get; private set; }

    /// <summary>Takes the next bytes of the reply.</summary>
    /// <exception cref="IOException">Standard output is closed or full.</exception>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        Received += bytes.Length;
        if (raw) output.Write(bytes);
        else _shown.Write(bytes[..Math.Min(bytes.Length, MostShown - _shown.WrittenCount)]);
    }

    /// <summary>The reply, or what there is of it, is complete.</summary>
    /// <exception cref="IOException">Standard output is closed or full.</exception>
    public void End()
    {
        if (!raw && Received > 0)
        {
            string more = Received > _shown.WrittenCount ? $"… ({Received} bytes, --raw)" : "";
            string text = VisibleText.Of(_shown.WrittenSpan);
            output.Write(Encoding.UTF8.GetBytes(language.Pick($"Server reply: {text}{more}\n", $"Resposta do servidor: {text}{more}\n")));
        }

        _shown.ResetWrittenCount();
        Received = 0;
    }
}
