namespace Trama.Framing.Mqtt;

/// <summary>MQTT 3.1, 3.1.1 and 5 (OASIS Standard, MQTT Version 5.0).</summary>
internal sealed class MqttProtocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "mqtt";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [1883];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Alpn { get; } = ["mqtt"];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted)
    {
        Likeness likeness = speaker == Direction.ToServer ? MqttPackets.IsConnect(first) : Likeness.No;
        return isHinted ? likeness.Or(MqttPackets.Judge(speaker, first, out _)) : likeness;
    }

    /// <inheritdoc/>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes) =>
        Resembles(speaker, bytes, isHinted: false).Or(MqttPackets.IsPublish(speaker, bytes));

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var session = new MqttSession();
        return new(Name, new MqttStream(Direction.ToServer, session), new MqttStream(Direction.ToClient, session));
    }
}
