using Trama.Packets.Decoding;

namespace Trama.Tracing.Joining;

/// <summary>
/// Keeps what one of two captures shows, to be joined with the other: give it to a <see cref="ConnectionTracker"/> that keeps
/// segments. Every call is passed on to the next sink.
/// </summary>
/// <param name="next">Hears of everything, too; where several threads follow the capture, an <see cref="IShardedSink"/>.</param>
public sealed class VantagePoint(ITraceSink? next = null) : IShardedSink
{
    /// <summary>How many connections are kept to be joined; later ones are only counted.</summary>
    public const int MaxConnections = 1 << 16;

    /// <summary>How many segments of all connections together are kept; connections that end beyond it are only counted.</summary>
    public const int MaxSegments = 1 << 21;

    private readonly Dictionary<Connection, StreamStart> _starts = [];
    private readonly List<Connection> _connections = [];
    private readonly VantagePart?[] _parts = new VantagePart?[ConnectionTracker.Shards];
    private long _segments;

    /// <summary>The connections, in the order in which they ended.</summary>
    public IReadOnlyList<Connection> Connections => _connections;

    /// <summary>How many connections were let go because of a limit.</summary>
    public long OmittedConnections { get; private set; }

    /// <summary>When the capture began and ended, as far as its packets show; of no meaning without packets.</summary>
    public CaptureTotals Totals { get; set; } = new();

    /// <inheritdoc/>
    public IShardPart OpenPart(int shard) => Part(shard);

    /// <inheritdoc/>
    public void ConnectionOpened(Connection connection) => next?.ConnectionOpened(connection);

    /// <inheritdoc/>
    public void ExchangeCompleted(Connection connection, Exchange exchange) => next?.ExchangeCompleted(connection, exchange);

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection)
    {
        next?.ConnectionEnded(connection);
        Keep(connection, PartOf(connection).TakeStart(connection));
    }

    void IShardedSink.ConnectionEnded(Connection connection, object? judged)
    {
        var ended = (VantagePart.Ended)judged!;
        if (next is IShardedSink sharded) sharded.ConnectionEnded(connection, ended.Judged);
        Keep(connection, ended.Start);
    }

    // Its part has heard of it, and so has the next one's.
    void IShardedSink.ExchangePassedOn(Connection connection, Exchange exchange) =>
        (next as IShardedSink)?.ExchangePassedOn(connection, exchange);

    void IShardedSink.ExchangeTold(Connection connection, ReadOnlySpan<byte> text) =>
        (next as IShardedSink)?.ExchangeTold(connection, text);

    private void Keep(Connection connection, StreamStart? start)
    {
        if (_connections.Count >= MaxConnections || _segments + connection.Segments.Count > MaxSegments)
        {
            OmittedConnections++;
            return;
        }

        if (start is not null) _starts[connection] = start;
        _segments += connection.Segments.Count;
        _connections.Add(connection);
    }

    /// <inheritdoc/>
    public void StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet)
    {
        next?.StreamBytes(connection, from, offset, bytes, packet);
        PartOf(connection).Note(connection, from, offset, bytes);
    }

    /// <inheritdoc/>
    public void CarriedBytes(Connection connection, Side from, in CarriedPiece piece, ReadOnlySpan<byte> bytes) =>
        next?.CarriedBytes(connection, from, piece, bytes);

    /// <inheritdoc/>
    public void ContentBytes(Connection connection, Side from, in ContentPiece piece, ReadOnlySpan<byte> bytes) =>
        next?.ContentBytes(connection, from, piece, bytes);

    /// <inheritdoc/>
    public void StreamGap(Connection connection, Side from, long offset, long length, GapReason reason) =>
        next?.StreamGap(connection, from, offset, length, reason);

    /// <inheritdoc/>
    public void SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload) =>
        next?.SegmentTaken(connection, segment, payload);

    /// <inheritdoc/>
    public void ErrorReported(Connection connection, long packet, in QuotedSegment error) => next?.ErrorReported(connection, packet, error);

    /// <summary>The first bytes of both streams; null when nothing was said.</summary>
    internal StreamStart? StartOf(Connection connection) => _starts.GetValueOrDefault(connection);

    private VantagePart PartOf(Connection connection) => Part((int)(connection.Id % ConnectionTracker.Shards));

    private VantagePart Part(int shard) => _parts[shard] ??= new VantagePart((next as IShardedSink)?.OpenPart(shard));
}
