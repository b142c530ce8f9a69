namespace Trama.Framing.Mqtt;

/// <summary>The fixed header of a packet: its type and flags, and how many bytes remain (MQTT 5.0 section 2.1).</summary>
/// <param name="Type">Its type.</param>
/// <param name="Flags">The flags of its first byte.</param>
/// <param name="Size">The bytes of the header.</param>
/// <param name="Remaining">The bytes that follow it.</param>
internal readonly record struct PacketHeader(PacketType Type, byte Flags, int Size, int Remaining)
{
    private const int MaxLengthBytes = 4;

    // Sent again; of MQTT 3.1 also those that are not PUBLISH.
    private const byte Dup = 8;

    /// <summary>The quality of service of a PUBLISH.</summary>
    public int Qos => Flags >> 1 & 3;

    /// <summary>The bytes of the packet.</summary>
    public int Length => Size + Remaining;

    /// <summary>Reads a header.</summary>
    /// <param name="speaker">Who says it.</param>
    /// <param name="bytes">Its bytes, at least one.</param>
    /// <param name="header">The header, where it is complete.</param>
    public static FrameStatus Read(Direction speaker, ReadOnlySpan<byte> bytes, out PacketHeader header)
    {
        var type = (PacketType)(bytes[0] >> 4);
        byte flags = (byte)(bytes[0] & 0xf);
        header = default;
        if (!IsOf(speaker, type) || !Fits(type, flags)) return FrameStatus.Unfit;
        int remaining = 0;
        for (int i = 0; i < MaxLengthBytes; i++)
        {
            if (1 + i == bytes.Length) return FrameStatus.NeedMore;
            byte value = bytes[1 + i];
            remaining |= (value & 0x7f) << (7 * i);
            if (value >= 0x80) continue;
            header = new PacketHeader(type, flags, 2 + i, remaining);
            return header.HasLength() ? FrameStatus.Complete : FrameStatus.Unfit;
        }

        return FrameStatus.Unfit;
    }

    private static bool IsOf(Direction speaker, PacketType type) => type switch
    {
        PacketType.Connect or PacketType.Subscribe or PacketType.Unsubscribe or PacketType.PingReq => speaker == Direction.ToServer,
        PacketType.ConnAck or PacketType.SubAck or PacketType.UnsubAck or PacketType.PingResp => speaker == Direction.ToClient,
        0 => false,
        _ => true,
    };

    private static bool Fits(PacketType type, byte flags) => type switch
    {
        PacketType.Publish => (flags >> 1 & 3) != 3,
        PacketType.PubRel or PacketType.Subscribe or PacketType.Unsubscribe => (flags & ~Dup) == 2,
        _ => flags == 0,
    };

    private bool HasLength() => Type switch
    {
        PacketType.PingReq or PacketType.PingResp => Remaining == 0,
        PacketType.Disconnect or PacketType.Auth => true,
        PacketType.Publish => Remaining >= (Qos > 0 ? 4 : 2),
        PacketType.SubAck => Remaining >= 3,
        PacketType.Subscribe or PacketType.Unsubscribe => Remaining >= 5,
        PacketType.Connect => Remaining >= 12,
        _ => Remaining >= 2,
    };
}
