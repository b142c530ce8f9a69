using Trama.Packets;
using Trama.Tracing;

namespace Trama.Reports.Browsing;

/// <summary>A connection in a list: what is known of it, and what was counted of its exchanges so far.</summary>
/// <param name="connection">The connection; live, it may still change.</param>
public sealed class BrowsedConnection(Connection connection)
{
    // While it is open the connection itself does not tell.
    private Timestamp _lastAt = connection.OpenedAt;

    /// <summary>The connection, without its exchanges and segments: these are read again when they are asked for.</summary>
    public Connection Connection { get; } = connection;

    /// <summary>Its exchanges so far.</summary>
    public long Exchanges { get; private set; }

    /// <summary>Those that the protocol calls failed, and those without the reply that was due.</summary>
    public long Faulty { get; private set; }

    /// <summary>The longest time of the server, in nanoseconds; 0 when none is known.</summary>
    public long LongestServerNs { get; private set; }

    /// <summary>Segments of both sides that were sent again.</summary>
    public long Retransmissions => Connection.ToServer.Retransmissions + Connection.ToClient.Retransmissions;

    /// <summary>Bytes of both streams.</summary>
    public long Bytes => Connection.ToServer.StreamBytes + Connection.ToClient.StreamBytes;

    /// <summary>The number of its first packet; 0 when none was seen.</summary>
    public long FirstPacket { get; private set; }

    /// <summary>The number of its last packet so far.</summary>
    public long LastPacket { get; private set; }

    /// <summary>When its last packet so far was seen.</summary>
    public Timestamp LastAt => _lastAt > Connection.LastAt ? _lastAt : Connection.LastAt;

    internal void Add(bool faulty, long? serverNs)
    {
        Exchanges++;
        if (faulty) Faulty++;
        LongestServerNs = Math.Max(LongestServerNs, serverNs ?? 0);
    }

    internal void Note(long packet, Timestamp at)
    {
        Note(packet);
        if (at > _lastAt) _lastAt = at;
    }

    internal void Note(long packet)
    {
        if (FirstPacket == 0 || packet < FirstPacket) FirstPacket = packet;
        LastPacket = Math.Max(LastPacket, packet);
    }
}
