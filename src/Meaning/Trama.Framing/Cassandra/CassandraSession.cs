namespace Trama.Framing.Cassandra;

/// <summary>What the two directions of a connection know of each other: the STARTUP after which version 5 speaks in segments.</summary>
internal sealed class CassandraSession
{
    private const byte WithSegments = 5;

    private short? _started;

    /// <summary>Whether the segments are compressed with LZ4.</summary>
    public bool CompressesSegments { get; private set; }

    /// <summary>The client begins.</summary>
    public void Start(in CassandraHeader header, ReadOnlySpan<byte> body)
    {
        _started = header.Version == WithSegments ? header.Stream : null;
        CompressesSegments = body.IndexOf("lz4"u8) >= 0;
    }

    /// <summary>Whether segments begin behind a response (native_protocol_v5.spec section 2.3).</summary>
    public bool Accepts(in CassandraHeader header)
    {
        if (_started is not { } stream || stream != header.Stream) return false;
        _started = null;
        return header.Version == WithSegments && header.Opcode is 2 or 3;
    }
}
