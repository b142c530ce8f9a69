namespace Trama.Scrubbing.Fields;

/// <summary>
/// What frames of Cassandra carry: what proves who connects, values, and addresses (CQL binary protocol, native_protocol_v4.spec
/// sections 4.1 and 4.2).
/// </summary>
internal static class CassandraFields
{
    private const byte FromServer = 0x80, FirstVersion = 3, LastVersion = 5;
    private const byte IsCompressed = 1, HasTrace = 2, HasPayload = 4, HasWarnings = 8;
    private const byte Query = 7, Result = 8, Execute = 10, Event = 12, Batch = 13, Challenge = 14, Response = 15, Success = 16;
    private const int TraceLength = 16;

    /// <summary>Notes the fields of each frame; those of segments (version 5) are not told apart here.</summary>
    public static void Read(MessageFields message)
    {
        var frames = new FieldCursor(message.Bytes);
        while (frames.Left > 0)
        {
            int version = (int)frames.Big(1) & ~FromServer;
            if (version is < FirstVersion or > LastVersion) return;
            byte flags = (byte)frames.Big(1);
            frames.Take(2);
            byte opcode = (byte)frames.Big(1);
            (int from, int length) = frames.Take(frames.Big(4));
            if ((flags & IsCompressed) == 0) ReadBody(message.Part(from, length), version, flags, opcode);
        }
    }

    private static void ReadBody(MessageFields body, int version, byte flags, byte opcode)
    {
        var fields = new FieldCursor(body.Bytes);
        if (body.IsReply && (flags & HasTrace) != 0) fields.Take(TraceLength);
        if ((flags & HasWarnings) != 0) SkipTexts(ref fields);
        if ((flags & HasPayload) != 0) SkipPayload(ref fields);
        switch (opcode)
        {
            case Challenge or Response or Success:
                (int from, int length) = fields.Take(fields.Big(4));
                body.Sasl(from, length);
                break;
            case Event:
                fields.Take(fields.Big(2));
                fields.Take(fields.Big(2));
                (from, length) = fields.Take(fields.Big(1));
                body.Address(from, length);
                break;
            case Result:
                CassandraRows.Read(body, ref fields, version);
                break;
            case Query:
                fields.Take(fields.Big(4));
                ReadValues(body, ref fields, version);
                break;
            case Execute:
                fields.Take(fields.Big(2));
                if (version == LastVersion) fields.Take(fields.Big(2));
                ReadValues(body, ref fields, version);
                break;
            case Batch:
                ReadBatch(body, ref fields);
                break;
        }
    }

    private static void ReadBatch(MessageFields body, ref FieldCursor fields)
    {
        fields.Take(1);
        for (long left = fields.Big(2); left > 0 && fields.Left > 0; left--)
        {
            bool isPrepared = fields.Big(1) == 1;
            fields.Take(isPrepared ? fields.Big(2) : fields.Big(4));
            for (long values = fields.Big(2); values > 0 && fields.Left > 0; values--) CassandraRows.ReadUntyped(body, ref fields);
        }
    }

    // Behind how consistent it is to be, and flags: whether there are values, and whether they have names.
    private static void ReadValues(MessageFields body, ref FieldCursor fields, int version)
    {
        const int HasValues = 1, HasNames = 0x40;
        fields.Take(2);
        long flags = fields.Big(version == LastVersion ? 4 : 1);
        if ((flags & HasValues) == 0) return;
        for (long left = fields.Big(2); left > 0 && fields.Left > 0; left--)
        {
            if ((flags & HasNames) != 0) fields.Take(fields.Big(2));
            CassandraRows.ReadUntyped(body, ref fields);
        }
    }

    private static void SkipTexts(ref FieldCursor fields)
    {
        for (long left = fields.Big(2); left > 0 && fields.Left > 0; left--) fields.Take(fields.Big(2));
    }

    private static void SkipPayload(ref FieldCursor fields)
    {
        for (long left = fields.Big(2); left > 0 && fields.Left > 0; left--)
        {
            fields.Take(fields.Big(2));
            fields.Take(fields.Big(4));
        }
    }
}
