namespace Trama.Scrubbing.Fields;

/// <summary>
/// What proves to PostgreSQL who logs in, parameters, and fields of rows (PostgreSQL, message formats: PasswordMessage and those of SASL,
/// Bind, DataRow, CopyData, FunctionCall).
/// </summary>
internal static class PostgresqlFields
{
    private const byte Password = (byte)'p', Bind = (byte)'B', DataRow = (byte)'D', CopyData = (byte)'d';
    private const byte Call = (byte)'F', Result = (byte)'V';

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
            ReadBody(message.Part(from, length), type);
        }
    }

    private static void ReadBody(MessageFields body, byte type)
    {
        var fields = new FieldCursor(body.Bytes);
        switch (type)
        {
            case Password when !body.IsReply:
                ReadPassword(body);
                break;
            // A portal and a statement; which parameters are binary.
            case Bind when !body.IsReply:
                fields.TakeText();
                fields.TakeText();
                fields.Take(2 * fields.Big(2));
                ReadValues(body, ref fields, fields.Big(2));
                break;
            case Call when !body.IsReply:
                fields.Take(4);
                fields.Take(2 * fields.Big(2));
                ReadValues(body, ref fields, fields.Big(2));
                break;
            case DataRow when body.IsReply:
                ReadValues(body, ref fields, fields.Big(2));
                break;
            case Result when body.IsReply:
                ReadValues(body, ref fields, 1);
                break;
            case CopyData:
                body.Value(0, body.Bytes.Length);
                break;
        }
    }

    // Each behind its length, which is below zero for none.
    private static void ReadValues(MessageFields body, ref FieldCursor fields, long count)
    {
        for (; count > 0 && fields.Left > 0; count--)
        {
            (int from, int length) = fields.Take(Math.Max(0, fields.Big(4)));
            body.Value(from, length);
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
