namespace Trama.Scrubbing.Fields;

/// <summary>What proves to PostgreSQL who logs in (PostgreSQL, message formats: PasswordMessage and those of SASL).</summary>
internal static class PostgresqlFields
{
    private const byte Password = (byte)'p';

    private static ReadOnlySpan<byte> Scram => "SCRAM-SHA-"u8;

    /// <summary>Notes the fields of each message.</summary>
    public static void Read(MessageFields message)
    {
        // The first of a client has no type.
        if (message.Bytes is [0, ..]) return;
        var frames = new FieldCursor(message.Bytes);
        while (frames.Left > 0)
        {
            byte type = (byte)frames.Big(1);
            (int from, int length) = frames.Take(frames.Big(4) - 4);
            if (type == Password && !message.IsReply) ReadPassword(message.Part(from, length));
        }
    }

    private static void ReadPassword(MessageFields body)
    {
        int from = 0, end = body.Bytes is [.., 0] ? body.Bytes.Length - 1 : body.Bytes.Length;
        // The mechanism, and how long is what it says first.
        if (body.Bytes.StartsWith(Scram))
        {
            var fields = new FieldCursor(body.Bytes);
            fields.TakeText();
            fields.Take(4);
            (from, end) = (fields.At, body.Bytes.Length);
        }

        body.Sasl(from, end - from);
    }
}
