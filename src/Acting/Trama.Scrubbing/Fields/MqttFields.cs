namespace Trama.Scrubbing.Fields;

/// <summary>What is published, and what proves to a broker of MQTT who connects (MQTT 3.1.1 and 5.0, sections 3.1 and 3.3).</summary>
internal static class MqttFields
{
    private const byte Connect = 1, Publish = 3, QualityBits = 6, Version5 = 5;
    private const byte WillFlag = 0x04, PasswordFlag = 0x40, UserFlag = 0x80;

    // MQTT 5.0, section 3.3.2.3.
    private static ReadOnlySpan<byte> PublishProperties => [1, 2, 3, 8, 9, 0x0b, 0x23, 0x26];

    /// <summary>Notes the fields of each packet.</summary>
    public static void Read(MessageFields message)
    {
        var packets = new FieldCursor(message.Bytes);
        while (packets.Left > 1)
        {
            long first = packets.Big(1);
            (int from, int length) = packets.Take(packets.Varint());
            if (first >> 4 == Connect) ReadConnect(message.Part(from, length));
            else if (first >> 4 == Publish) ReadPublish(message.Part(from, length), hasId: (first & QualityBits) != 0);
        }
    }

    private static void ReadPublish(MessageFields body, bool hasId)
    {
        var fields = new FieldCursor(body.Bytes);
        fields.Take(fields.Big(2));
        if (hasId) fields.Take(2);
        // Only what connected says whether there are properties: where they may be, the first is one that a message may have.
        FieldCursor properties = fields;
        long length = properties.Varint();
        if (length <= properties.Left && (length == 0 || PublishProperties.Contains(properties.Peek)))
        {
            properties.Take(length);
            fields = properties;
        }

        body.Value(fields.At, fields.Left);
    }

    private static void ReadConnect(MessageFields body)
    {
        var fields = new FieldCursor(body.Bytes);
        fields.Take(fields.Big(2));
        long version = fields.Big(1), flags = fields.Big(1);
        fields.Take(2);
        if (version == Version5) Skip(ref fields);
        fields.Take(fields.Big(2));
        if ((flags & WillFlag) != 0)
        {
            if (version == Version5) Skip(ref fields);
            fields.Take(fields.Big(2));
            (int will, int willLength) = fields.Take(fields.Big(2));
            body.Value(will, willLength);
        }

        if ((flags & UserFlag) != 0) fields.Take(fields.Big(2));
        if ((flags & PasswordFlag) == 0) return;
        (int from, int length) = fields.Take(fields.Big(2));
        body.Secret(from, length);
    }

    private static void Skip(ref FieldCursor fields) => fields.Take(fields.Varint());
}
