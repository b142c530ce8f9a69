namespace Trama.Scrubbing.Fields;

/// <summary>What proves to Cassandra who connects (CQL binary protocol, native_protocol_v4.spec sections 4.1.2 and 4.2.7).</summary>
internal static class CassandraFields
{
    private const byte Compressed = 1, FromServer = 0x80, FirstVersion = 3, LastVersion = 5;
    private const byte Challenge = 0x0e, Response = 0x0f, Success = 0x10;

    /// <summary>Notes the fields of each frame; those of segments (version 5) are not told apart here.</summary>
    public static void Read(MessageFields message)
    {
        var frames = new FieldCursor(message.Bytes);
        while (frames.Left > 0)
        {
            int version = (int)frames.Big(1) & ~FromServer;
            if (version is < FirstVersion or > LastVersion) return;
            long flags = frames.Big(1);
            frames.Take(2);
            byte opcode = (byte)frames.Big(1);
            (int from, int length) = frames.Take(frames.Big(4));
            if ((flags & Compressed) == 0) ReadBody(message.Part(from, length), opcode);
        }
    }

    private static void ReadBody(MessageFields body, byte opcode)
    {
        if (opcode is not (Challenge or Response or Success)) return;
        var fields = new FieldCursor(body.Bytes);
        (int from, int length) = fields.Take(fields.Big(4));
        body.Sasl(from, length);
    }
}
