namespace Trama.Scrubbing.Fields;

/// <summary>What proves to a broker of MQTT who connects (MQTT 3.1.1 and 5.0, section 3.1).</summary>
internal static class MqttFields
{
    private const byte Connect = 1, Version5 = 5;
    private const byte WillFlag = 0x04, PasswordFlag = 0x40, UserFlag = 0x80;

    /// <summary>Notes the fields of each packet.</summary>
    public static void Read(MessageFields message)
    {
        var packets = new FieldCursor(message.Bytes);
        while (packets.Left > 1)
        {
            long first = packets.Big(1);
            (int from, int length) = packets.Take(packets.Varint());
            if (first >> 4 == Connect) ReadConnect(message.Part(from, length));
        }
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
            fields.Take(fields.Big(2));
        }

        if ((flags & UserFlag) != 0) fields.Take(fields.Big(2));
        if ((flags & PasswordFlag) == 0) return;
        (int from, int length) = fields.Take(fields.Big(2));
        body.Secret(from, length);
    }

    private static void Skip(ref FieldCursor fields) => fields.Take(fields.Varint());
}
