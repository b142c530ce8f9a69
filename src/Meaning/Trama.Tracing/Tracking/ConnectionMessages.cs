using Trama.Packets;

namespace Trama.Tracing.Tracking;

/// <summary>What a connection's two sides say: tells the sink of its bytes, and builds its messages and exchanges.</summary>
internal sealed class ConnectionMessages(Connection connection, TrackerContext context)
{
    private ExchangeBuilder? _exchanges;
    private long? _pathNs;

    public void Open() => context.Sink.ConnectionOpened(connection);

    public void Close() => context.Sink.ConnectionEnded(connection);

    public void Take(Side from, long offset, ReadOnlySpan<byte> bytes, long packet, Timestamp at)
    {
        context.Sink.StreamBytes(connection, from, offset, bytes, packet, at);
        Exchanges()?.Take(from, bytes, packet, at);
    }

    public void Skip(Side from, long offset, long length, GapReason reason, long packet, Timestamp at)
    {
        context.Sink.StreamGap(connection, from, offset, length, reason);
        Exchanges()?.Skip(from, length, packet, at);
    }

    /// <summary>How long the path from the vantage point to the server and back takes at least, in nanoseconds.</summary>
    public void NotePath(long nanoseconds)
    {
        _pathNs = nanoseconds;
        if (_exchanges is not null) _exchanges.PathNs = nanoseconds;
    }

    public void Acknowledge(long offset, Timestamp at, long? rttNs) => _exchanges?.Acknowledge(offset, at, rttNs);

    public void Retransmit(long start, long end, Timestamp at) => _exchanges?.Retransmit(start, end, at);

    public void End(Side from) => _exchanges?.End(from);

    public void EndReply() => _exchanges?.EndReply();

    public void Complete() => _exchanges?.Complete();

    private ExchangeBuilder? Exchanges() => _exchanges ??= context.Options.ExchangesOf?.Contains(connection.Id) == false ? null
        : new ExchangeBuilder(connection, context.Options, context.Sink, context.Pool) { PathNs = _pathNs };
}
