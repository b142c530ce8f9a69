namespace Trama.Scrubbing.Fields;

/// <summary>
/// Bodies of messages, and what proves to a broker of AMQP who connects (AMQP 0-9-1, class connection: start-ok and secure-ok).
/// </summary>
internal static class AmqpFields
{
    private const byte Method = 1, Body = 3;
    private const int FrameHeader = 7;
    private const long Connection = 10, StartOk = 11, SecureOk = 21;

    private static ReadOnlySpan<byte> Header => "AMQP"u8;

    /// <summary>Notes the fields of each frame.</summary>
    public static void Read(MessageFields message)
    {
        var frames = new FieldCursor(message.Bytes);
        if (message.Bytes.StartsWith(Header)) frames.Take(2 * Header.Length);
        while (frames.Left > FrameHeader)
        {
            long type = frames.Big(1);
            frames.Take(2);
            (int from, int length) = frames.Take(frames.Big(4));
            frames.Take(1);
            if (type == Method) ReadMethod(message.Part(from, length));
            else if (type == Body) message.Value(from, length);
        }
    }

    private static void ReadMethod(MessageFields body)
    {
        var fields = new FieldCursor(body.Bytes);
        (long from, long method) = (fields.Big(2), fields.Big(2));
        if (from != Connection || method is not (StartOk or SecureOk)) return;
        if (method == StartOk)
        {
            fields.Take(fields.Big(4));
            fields.Take(fields.Big(1));
        }

        (int at, int length) = fields.Take(fields.Big(4));
        MessageFields response = body.Part(at, length);
        if (!TryTable(response)) body.Sasl(at, length);
    }

    // The mechanism AMQPLAIN says a table of long strings: LOGIN and PASSWORD.
    private static bool TryTable(MessageFields response)
    {
        if (response.Bytes is not [5 or 8, (byte)'L' or (byte)'P', ..]) return false;
        var fields = new FieldCursor(response.Bytes);
        while (fields.Left > 0)
        {
            fields.Take(fields.Big(1));
            if (fields.Big(1) != 'S') return false;
            (int from, int length) = fields.Take(fields.Big(4));
            response.Secret(from, length);
        }

        return true;
    }
}
