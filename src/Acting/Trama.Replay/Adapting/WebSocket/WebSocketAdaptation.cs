using System.Buffers.Binary;
using Trama.Tracing;

namespace Trama.Replay.Adapting.WebSocket;

/// <summary>WebSocket: what a client says is masked anew each time (RFC 6455 section 5.3); content is what was meant.</summary>
internal sealed class WebSocketAdaptation : Adaptation
{
    private const byte Masked = 0x80, Ping = 9, Pong = 0x8a;
    private const int MostOfControl = 126;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Content(ReadOnlyMemory<byte> message, Side from)
    {
        byte[] content = message.ToArray();
        int written = 0;
        for (int at = 0; TryReadHeader(content, at, out int header, out long length);)
        {
            Span<byte> payload = content.AsSpan(at + header, (int)Math.Min(length, content.Length - at - header));
            if ((content[at + 1] & Masked) != 0) Unmask(payload, content.AsSpan(at + header - 4, 4));
            // The opcode tells text from the rest; how the message was cut into frames tells nothing.
            if ((content[at] & 0x0f) != 0) content[written++] = (byte)(content[at] & 0x0f);
            payload.CopyTo(content.AsSpan(written));
            written += payload.Length;
            at += header + payload.Length;
        }

        return content.AsMemory(0, written);
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte>? UnknownReply(LiveMessage asked, Occasion occasion)
    {
        // A pong says what its ping said (RFC 6455 section 5.5.3).
        ReadOnlySpan<byte> content = Content(asked.Bytes, Side.Client).Span;
        return content is [Ping, ..] and { Length: <= MostOfControl } ? (byte[])[Pong, (byte)(content.Length - 1), .. content[1..]] : null;
    }

    private static bool TryReadHeader(ReadOnlySpan<byte> bytes, int at, out int header, out long length)
    {
        (header, length) = (2, 0);
        if (bytes.Length - at < 2) return false;
        int code = bytes[at + 1] & 0x7f;
        if (code == 126) header += 2;
        if (code == 127) header += 8;
        if (bytes.Length - at < header) return false;
        length = code switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]),
            127 => BinaryPrimitives.ReadInt64BigEndian(bytes[(at + 2)..]),
            _ => code,
        };
        if ((bytes[at + 1] & Masked) != 0) header += 4;
        return length >= 0 && bytes.Length - at >= header;
    }

    private static void Unmask(Span<byte> payload, ReadOnlySpan<byte> mask)
    {
        Span<byte> key = stackalloc byte[4];
        mask.CopyTo(key);
        for (int i = 0; i < payload.Length; i++) payload[i] ^= key[i & 3];
    }
}
