using System.Buffers;
using System.Buffers.Text;

namespace Trama.Replay.Adapting.Http1;

/// <summary>A body in chunks (RFC 9112 section 7.1).</summary>
internal static class ChunkedBody
{
    /// <summary>What the chunks hold, as far as they are sound.</summary>
    public static ReadOnlyMemory<byte> Join(ReadOnlySpan<byte> chunks)
    {
        var body = new ArrayBufferWriter<byte>();
        while (true)
        {
            int end = chunks.IndexOf("\r\n"u8);
            if (end <= 0 || !Utf8Parser.TryParse(chunks[..end], out int length, out int digits, 'x') || digits == 0 || length <= 0) break;
            chunks = chunks[(end + 2)..];
            body.Write(chunks[..Math.Min(length, chunks.Length)]);
            if (chunks.Length < length + 2) break;
            chunks = chunks[(length + 2)..];
        }

        return body.WrittenMemory;
    }
}
