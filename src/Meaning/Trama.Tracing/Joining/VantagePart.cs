using System.Buffers;
using Trama.Packets.Decoding;

namespace Trama.Tracing.Joining;

/// <summary>What a <see cref="VantagePoint"/> notes of the connections of a shard while they are open.</summary>
/// <param name="next">The next sink's part; null for none.</param>
internal sealed class VantagePart(IShardPart? next) : IShardPart
{
    private readonly Dictionary<Connection, StreamStart> _starts = [];

    /// <summary>Keeps what belongs to the first bytes of a connection.</summary>
    public void Note(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes)
    {
        if (offset >= StreamStart.Length) return;
        if (!_starts.TryGetValue(connection, out StreamStart? start)) _starts[connection] = start = new StreamStart();
        start.Add(from, offset, bytes);
    }

    /// <summary>The first bytes of a connection, which is noted no longer; null when nothing was said.</summary>
    public StreamStart? TakeStart(Connection connection) => _starts.Remove(connection, out StreamStart? start) ? start : null;

    void IShardPart.StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes)
    {
        next?.StreamBytes(connection, from, offset, bytes);
        Note(connection, from, offset, bytes);
    }

    void IShardPart.SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload) =>
        next?.SegmentTaken(connection, segment, payload);

    void IShardPart.ErrorReported(Connection connection, long packet, in QuotedSegment error) =>
        next?.ErrorReported(connection, packet, error);

    bool IShardPart.ExchangeCompleted(Connection connection, Exchange exchange, IBufferWriter<byte> text) =>
        next is not null && next.ExchangeCompleted(connection, exchange, text);

    object IShardPart.ConnectionEnded(Connection connection) => new Ended(TakeStart(connection), next?.ConnectionEnded(connection));

    void IShardPart.Release(object judged)
    {
        if (judged is Ended { Judged: { } known }) next!.Release(known);
    }

    /// <summary>A connection that ended.</summary>
    /// <param name="Start">Its first bytes; null when nothing was said.</param>
    /// <param name="Judged">What the next part made of it; null when it made nothing.</param>
    internal sealed record Ended(StreamStart? Start, object? Judged);
}
