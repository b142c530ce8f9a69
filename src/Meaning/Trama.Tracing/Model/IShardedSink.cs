namespace Trama.Tracing;

/// <summary>
/// A sink whose work is done in part where connections are followed, by several threads (<see cref="TracingOptions.Threads"/>): a
/// <see cref="IShardPart"/> for each shard, and the rest in the order of the capture, one call at a time.
/// </summary>
public interface IShardedSink : ITraceSink
{
    /// <summary>Makes the part that hears of the connections of a shard; null when there is nothing to do there but to pass exchanges
    /// on.</summary>
    /// <param name="shard">The number of the shard, below <see cref="ConnectionTracker.Shards"/>.</param>
    IShardPart? OpenPart(int shard);

    /// <summary>In the order of the capture: an exchange that its part has heard of, too.</summary>
    /// <param name="connection">The connection, of which only what never changes may be looked at.</param>
    /// <param name="exchange">The exchange; reused after the call as <see cref="ITraceSink.ExchangeCompleted"/> says.</param>
    void ExchangePassedOn(Connection connection, Exchange exchange) => ExchangeCompleted(connection, exchange);

    /// <summary>In the order of the capture: what a part wrote of an exchange.</summary>
    /// <param name="connection">The connection, of which only what never changes may be looked at.</param>
    /// <param name="text">What was written; valid during the call.</param>
    void ExchangeTold(Connection connection, ReadOnlySpan<byte> text)
    {
    }

    /// <summary>In the order of the capture: the tracker lets go of a connection.</summary>
    /// <param name="connection">The connection; it changes no more.</param>
    /// <param name="judged">What its part made of it; null when it made nothing.</param>
    void ConnectionEnded(Connection connection, object? judged) => ConnectionEnded(connection);
}
