namespace Trama.Framing.Cassandra;

/// <summary>The layer of segments that carries frames of version 5 (native_protocol_v5.spec section 2).</summary>
/// <param name="isCompressed">Whether they are compressed with LZ4.</param>
internal sealed class CassandraSegments(bool isCompressed) : Protocol
{
    /// <inheritdoc/>
    public override string Name => "cassandra-segments";

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) => Likeness.No;

    /// <inheritdoc/>
    public override ConnectionFraming Create() => new(Name, new SegmentStream(isCompressed), new SegmentStream(isCompressed))
    {
        MayCarry = true,
        Carried = FramingRule.Of(new CassandraProtocol()),
    };
}
