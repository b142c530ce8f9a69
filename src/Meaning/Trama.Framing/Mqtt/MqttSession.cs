namespace Trama.Framing.Mqtt;

/// <summary>What the two directions of a connection know of each other.</summary>
internal sealed class MqttSession
{
    /// <summary>The version that is spoken from here on has properties.</summary>
    public const byte Version5 = 5;

    /// <summary>The level of the protocol: 3 (MQTT 3.1), 4 (3.1.1) or 5; 0 as long as nobody knows.</summary>
    public byte Version { get; set; }

    /// <summary>Packet identifiers are used again.</summary>
    public ReusedKeys Keys { get; } = new();
}
