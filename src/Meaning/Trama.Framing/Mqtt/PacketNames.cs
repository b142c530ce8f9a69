namespace Trama.Framing.Mqtt;

/// <summary>The names of packets and reasons (MQTT 5.0 sections 2.1.2, 2.4; MQTT 3.1.1 section 3.2.2.3).</summary>
internal static class PacketNames
{
    /// <summary>The first reason that is a failure.</summary>
    public const byte FirstFailure = 0x80;

    /// <summary>The name of a packet.</summary>
    public static ReadOnlySpan<byte> Of(PacketType type) => type switch
    {
        PacketType.Connect => "CONNECT"u8,
        PacketType.ConnAck => "CONNACK"u8,
        PacketType.Publish => "PUBLISH"u8,
        PacketType.PubAck => "PUBACK"u8,
        PacketType.PubRec => "PUBREC"u8,
        PacketType.PubRel => "PUBREL"u8,
        PacketType.PubComp => "PUBCOMP"u8,
        PacketType.Subscribe => "SUBSCRIBE"u8,
        PacketType.SubAck => "SUBACK"u8,
        PacketType.Unsubscribe => "UNSUBSCRIBE"u8,
        PacketType.UnsubAck => "UNSUBACK"u8,
        PacketType.PingReq => "PINGREQ"u8,
        PacketType.PingResp => "PINGRESP"u8,
        PacketType.Disconnect => "DISCONNECT"u8,
        PacketType.Auth => "AUTH"u8,
        _ => default,
    };

    /// <summary>The name of a reason in a packet; empty when it has none.</summary>
    public static ReadOnlySpan<byte> Reason(PacketType type, byte reason) => type switch
    {
        PacketType.ConnAck when reason is > 0 and < FirstFailure => OfVersion3(reason),
        PacketType.SubAck when reason <= 2 => default,
        PacketType.Disconnect when reason == 0 => "Normal disconnection"u8,
        _ => Of(reason),
    };

    private static ReadOnlySpan<byte> OfVersion3(byte code) => code switch
    {
        1 => "unacceptable protocol version"u8,
        2 => "identifier rejected"u8,
        3 => "server unavailable"u8,
        4 => "bad user name or password"u8,
        5 => "not authorized"u8,
        _ => default,
    };

    private static ReadOnlySpan<byte> Of(byte reason) => reason switch
    {
        0 => "Success"u8,
        4 => "Disconnect with Will Message"u8,
        16 => "No matching subscribers"u8,
        17 => "No subscription existed"u8,
        24 => "Continue authentication"u8,
        25 => "Re-authenticate"u8,
        128 => "Unspecified error"u8,
        129 => "Malformed Packet"u8,
        130 => "Protocol Error"u8,
        131 => "Implementation specific error"u8,
        132 => "Unsupported Protocol Version"u8,
        133 => "Client Identifier not valid"u8,
        134 => "Bad User Name or Password"u8,
        135 => "Not authorized"u8,
        136 => "Server unavailable"u8,
        137 => "Server busy"u8,
        138 => "Banned"u8,
        139 => "Server shutting down"u8,
        140 => "Bad authentication method"u8,
        141 => "Keep Alive timeout"u8,
        142 => "Session taken over"u8,
        143 => "Topic Filter invalid"u8,
        144 => "Topic Name invalid"u8,
        145 => "Packet Identifier in use"u8,
        146 => "Packet Identifier not found"u8,
        147 => "Receive Maximum exceeded"u8,
        148 => "Topic Alias invalid"u8,
        149 => "Packet too large"u8,
        150 => "Message rate too high"u8,
        151 => "Quota exceeded"u8,
        152 => "Administrative action"u8,
        153 => "Payload format invalid"u8,
        154 => "Retain not supported"u8,
        155 => "QoS not supported"u8,
        156 => "Use another server"u8,
        157 => "Server moved"u8,
        158 => "Shared Subscriptions not supported"u8,
        159 => "Connection rate exceeded"u8,
        160 => "Maximum connect time"u8,
        161 => "Subscription Identifiers not supported"u8,
        162 => "Wildcard Subscriptions not supported"u8,
        _ => default,
    };
}
