namespace Trama.Framing.Mongodb;

/// <summary>MongoDB's wire protocol: OP_MSG, OP_COMPRESSED, and the opcodes before them.</summary>
internal sealed class MongodbProtocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "mongodb";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [27017, 27018, 27019];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) =>
        MongodbHeader.IsBoundary(speaker, first) ? Likeness.Yes : Likeness.No;

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var session = new MongodbSession();
        return new(Name, new MongodbStream(session, Direction.ToServer), new MongodbStream(session, Direction.ToClient));
    }
}
