using System.Buffers;
using System.Text;

namespace Trama.Framing.Http;

/// <summary>Makes an HTTP/1.1 reply of a text that is none yet: status 200 with the text as its body.</summary>
internal sealed class HttpEnvelope : Envelope
{
    /// <inheritdoc/>
    public override Range Words(ReadOnlySpan<byte> message) => Range.All;

    /// <inheritdoc/>
    public override bool TryWrite(IBufferWriter<byte> output, ReadOnlySpan<byte> words, Direction direction)
    {
        if (direction == Direction.ToClient && !words.StartsWith("HTTP/"u8))
        {
            string type = VisibleText.IsText(words) ? "text/plain; charset=utf-8" : "application/octet-stream";
            output.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {words.Length}\r\n\r\n"));
        }

        output.Write(words);
        return true;
    }
}
