namespace Trama.Framing.Amqp;

/// <summary>AMQP 0-9-1 (its specification, and RabbitMQ's extensions of it): methods and content on channels, asked by either
/// side. AMQP 1.0 shares no more than the first four bytes, and is not read.</summary>
internal sealed class AmqpProtocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "amqp";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [5671, 5672];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Alpn => ["amqp"];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) =>
        speaker == Direction.ToServer ? Recognition.Begins(first, AmqpVersion.Header).Or(Recognition.Begins(first, AmqpVersion.Before))
            : Likeness.No;

    /// <inheritdoc/>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes) =>
        Resembles(speaker, bytes, isHinted: false).Or(AmqpFrame.Resembles(bytes));

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var session = new AmqpSession();
        return new(Name, new AmqpStream(session, Direction.ToServer), new AmqpStream(session, Direction.ToClient));
    }
}
