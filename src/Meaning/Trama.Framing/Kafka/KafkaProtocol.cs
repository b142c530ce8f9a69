namespace Trama.Framing.Kafka;

/// <summary>Apache Kafka's protocol (Kafka documentation, "Kafka protocol guide"): requests with a number that their replies
/// repeat.</summary>
internal sealed class KafkaProtocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "kafka";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [9092, 9093, 9094];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) =>
        speaker == Direction.ToServer ? KafkaHead.Resembles(first, isHinted) : Likeness.No;

    // Where the opening was not seen, the sides may have changed places.
    /// <inheritdoc/>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes) => KafkaHead.Resembles(bytes, isHinted: false);

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var session = new KafkaSession();
        return new(Name, new KafkaStream(session, Direction.ToServer), new KafkaStream(session, Direction.ToClient));
    }
}
