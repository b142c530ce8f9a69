namespace Trama.Scrubbing.Fields;

/// <summary>Records, and what proves to a broker of Kafka who connects (Kafka protocol guide, SaslAuthenticate).</summary>
internal static class KafkaFields
{
    private const int SaslAuthenticate = 36, FlexibleSince = 2;

    /// <summary>Notes the fields of each request or reply.</summary>
    public static void Read(MessageFields message)
    {
        var frames = new FieldCursor(message.Bytes);
        while (frames.Left > sizeof(int))
        {
            (int from, int length) = frames.Take(frames.Big(4));
            if (!message.IsReply) ReadRequest(message.Part(from, length));
            KafkaRecords.Read(message.Part(from, length));
        }
    }

    private static void ReadRequest(MessageFields request)
    {
        var fields = new FieldCursor(request.Bytes);
        (long api, long version) = (fields.Big(2), fields.Big(2));
        if (api != SaslAuthenticate) return;
        fields.Take(4);
        // None has a length below zero.
        fields.Take(Math.Max(0, (int)(short)fields.Big(2)));
        // Tags, and lengths of as many bytes as they need, with one added.
        if (version >= FlexibleSince) fields.Take(1);
        (int from, int length) = fields.Take(version >= FlexibleSince ? fields.Varint() - 1 : fields.Big(4));
        request.Sasl(from, length);
    }
}
