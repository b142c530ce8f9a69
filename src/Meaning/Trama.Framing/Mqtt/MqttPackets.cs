namespace Trama.Framing.Mqtt;

/// <summary>What packets look like that can be told for certain.</summary>
internal static class MqttPackets
{
    // What is looked at of a topic.
    private const int MaxTopic = 256;

    /// <summary>Whether bytes begin with CONNECT, which opens every session: the protocol's name and version are in it.</summary>
    public static Likeness IsConnect(ReadOnlySpan<byte> bytes)
    {
        if (PacketHeader.Read(Direction.ToServer, bytes, out PacketHeader header) is var status && status != FrameStatus.Complete)
            return status == FrameStatus.NeedMore && bytes[0] == (byte)PacketType.Connect << 4 ? Likeness.Open : Likeness.No;
        if (header.Type != PacketType.Connect) return Likeness.No;
        ReadOnlySpan<byte> body = bytes[header.Size..];
        return Recognition.Begins(body, "\0\u0004MQTT\u0004"u8)
            .Or(Recognition.Begins(body, "\0\u0004MQTT\u0005"u8)).Or(Recognition.Begins(body, "\0\u0006MQIsdp\u0003"u8));
    }

    /// <summary>Whether bytes begin with a packet, as far as they go.</summary>
    public static Likeness Judge(Direction speaker, ReadOnlySpan<byte> bytes, out long length)
    {
        length = 0;
        FrameStatus status = PacketHeader.Read(speaker, bytes, out PacketHeader header);
        if (status != FrameStatus.Complete) return status == FrameStatus.NeedMore ? Likeness.Open : Likeness.No;
        length = header.Length;
        ReadOnlySpan<byte> body = bytes[header.Size..];
        bool isWhole = body.Length >= header.Remaining;
        if (isWhole) body = body[..header.Remaining];
        if (header.Type == PacketType.Connect) return IsConnect(bytes);
        if (header.Type is PacketType.PingReq or PacketType.PingResp) return Likeness.Yes;
        if (!isWhole && (header.Type != PacketType.Publish || body.Length < 2)) return Likeness.Open;
        return Fits(header, body) ? Likeness.Yes : Likeness.No;
    }

    /// <summary>Whether bytes begin with a PUBLISH that is no other protocol's.</summary>
    public static Likeness IsPublish(Direction speaker, ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] >> 4 != (int)PacketType.Publish) return Likeness.No;
        Likeness likeness = Judge(speaker, bytes, out long length);
        if (likeness != Likeness.Yes) return likeness;
        PacketHeader.Read(speaker, bytes, out PacketHeader header);
        ReadOnlySpan<byte> topic = new PacketFields(bytes[header.Size..]).Text();
        if (topic.Length < 3 || !topic.Contains((byte)'/')) return Likeness.No;
        return length >= bytes.Length ? Likeness.Yes : Judge(speaker, bytes[(int)length..], out _);
    }

    private static bool Fits(PacketHeader header, ReadOnlySpan<byte> body)
    {
        var fields = new PacketFields(body);
        switch (header.Type)
        {
            case PacketType.ConnAck:
                return body[0] <= 1 && (body[1] <= 5 || body[1] >= PacketNames.FirstFailure)
                    && (header.Remaining == 2 || HasProperties(body[2..]));
            case PacketType.Publish:
                int length = fields.Number();
                ReadOnlySpan<byte> topic = fields.Rest[..Math.Min(fields.Rest.Length, length)];
                if (length > header.Remaining - (header.Qos > 0 ? 4 : 2) || !IsTopic(topic)) return false;
                return header.Qos == 0 || fields.Rest.Length < length + 2 || fields.Rest[length] + fields.Rest[length + 1] > 0;
            case PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp:
                return fields.Number() > 0 && (body.Length == 2 || IsReason(header.Type, body[2]))
                    && (body.Length <= 3 || HasProperties(body[3..]));
            case PacketType.SubAck or PacketType.UnsubAck:
                return fields.Number() > 0;
            case PacketType.Subscribe or PacketType.Unsubscribe:
                return fields.Number() > 0 && SubscriptionList.TryVersion(header.Type, fields.Rest, out _);
            default:
                return body.IsEmpty || (IsReason(header.Type, body[0]) && (body.Length == 1 || HasProperties(body[1..])));
        }
    }

    private static bool IsReason(PacketType type, byte reason) => !PacketNames.Reason(type, reason).IsEmpty;

    private static bool HasProperties(ReadOnlySpan<byte> bytes)
    {
        var fields = new PacketFields(bytes);
        fields.Properties();
        return !fields.IsBroken && fields.Rest.IsEmpty;
    }

    private static bool IsTopic(ReadOnlySpan<byte> topic)
    {
        topic = topic[..Math.Min(topic.Length, MaxTopic)];
        return !topic.ContainsAnyInRange((byte)0, (byte)0x1f) && !topic.Contains((byte)0x7f) && !topic.ContainsAny((byte)'#', (byte)'+');
    }
}
