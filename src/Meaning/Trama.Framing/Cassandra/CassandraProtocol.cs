namespace Trama.Framing.Cassandra;

/// <summary>CQL's binary protocol, versions 3 to 5, of Apache Cassandra and others.</summary>
internal sealed class CassandraProtocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "cassandra";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [9042];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted)
    {
        bool isResponse = speaker == Direction.ToClient;
        bool fits = isHinted ? CassandraHeader.IsBoundary(isResponse, first) : !isResponse && CassandraHeader.IsOwn(first);
        return fits ? Likeness.Yes : Likeness.No;
    }

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var session = new CassandraSession();
        return new(Name, new CassandraStream(session, isResponse: false), new CassandraStream(session, isResponse: true));
    }
}
