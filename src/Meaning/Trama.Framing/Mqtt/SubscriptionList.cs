namespace Trama.Framing.Mqtt;

/// <summary>The topics of SUBSCRIBE and UNSUBSCRIBE, which tell the version too: properties come before them in version 5 only.</summary>
internal static class SubscriptionList
{
    /// <summary>The version whose rules the topics of a whole packet fit.</summary>
    /// <param name="type">The packet.</param>
    /// <param name="bytes">What follows its identifier.</param>
    /// <param name="isVersion5">Whether it is 5, or an earlier one.</param>
    public static bool TryVersion(PacketType type, ReadOnlySpan<byte> bytes, out bool isVersion5)
    {
        isVersion5 = false;
        if (Fits(type, bytes, isVersion5: false)) return true;
        return isVersion5 = Fits(type, bytes, isVersion5: true);
    }

    /// <summary>Appends the topics, each after a space.</summary>
    /// <param name="type">The packet.</param>
    /// <param name="bytes">What follows its identifier, as far as it is known.</param>
    /// <param name="isVersion5">Whether properties come first.</param>
    /// <param name="text">The text to append to.</param>
    /// <param name="asShape">Whether identifiers are left out.</param>
    public static void Write(PacketType type, ReadOnlySpan<byte> bytes, bool isVersion5, ref ShortText text, bool asShape)
    {
        var fields = new PacketFields(bytes);
        if (isVersion5) fields.Properties();
        while (!fields.IsBroken && !fields.Rest.IsEmpty)
        {
            ReadOnlySpan<byte> filter = fields.Text();
            if (type == PacketType.Subscribe) fields.Byte();
            if (filter.IsEmpty) continue;
            text.Add(" "u8);
            if (asShape) TopicShape.Write(filter, (byte)'/', ref text);
            else text.Add(filter);
        }
    }

    private static bool Fits(PacketType type, ReadOnlySpan<byte> bytes, bool isVersion5)
    {
        var fields = new PacketFields(bytes);
        if (isVersion5) fields.Properties();
        if (fields.Rest.IsEmpty) return false;
        while (!fields.IsBroken && !fields.Rest.IsEmpty)
        {
            if (fields.Text().IsEmpty) return false;
            // The bits above those of an option are zero (MQTT 5.0 section 3.8.3.1).
            if (type == PacketType.Subscribe && fields.Byte() > (isVersion5 ? 0x2e : 2)) return false;
        }

        return !fields.IsBroken;
    }
}
