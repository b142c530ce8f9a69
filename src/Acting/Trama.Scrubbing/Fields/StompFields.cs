namespace Trama.Scrubbing.Fields;

/// <summary>Bodies of frames of STOMP, and what proves who connects (STOMP 1.2).</summary>
internal static class StompFields
{
    /// <summary>Notes them: a frame is a command, headers, an empty line, and a body to the zero.</summary>
    public static void Read(MessageFields message)
    {
        LineFields.Read(message);
        int head = message.Bytes.IndexOf("\n\n"u8), size = 2;
        if (message.Bytes.IndexOf("\r\n\r\n"u8) is >= 0 and var other && (head < 0 || other < head)) (head, size) = (other, 4);
        if (head < 0) return;
        ReadOnlySpan<byte> body = message.Bytes[(head + size)..];
        // Marks of a heart that beats may follow the zero.
        int length = body.TrimEnd("\r\n"u8).Length;
        if (length > 0 && body[length - 1] == 0) length--;
        message.Value(head + size, length);
    }
}
