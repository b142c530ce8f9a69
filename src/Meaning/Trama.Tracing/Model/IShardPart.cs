using System.Buffers;
using Trama.Packets.Decoding;

namespace Trama.Tracing;

/// <summary>What hears of the connections of one shard, on any thread, one call at a time.</summary>
public interface IShardPart
{
    /// <inheritdoc cref="ITraceSink.SegmentTaken"/>
    void SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload)
    {
    }

    /// <inheritdoc cref="ITraceSink.ErrorReported"/>
    void ErrorReported(Connection connection, long packet, in QuotedSegment error)
    {
    }

    /// <summary>Bytes of a stream, in order (<see cref="ITraceSink.StreamBytes"/>).</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="from">Who sent them.</param>
    /// <param name="offset">The place of the first in the stream, from 0.</param>
    /// <param name="bytes">The bytes; valid during the call.</param>
    void StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes)
    {
    }

    /// <summary>An exchange is complete.</summary>
    /// <param name="connection">Its connection.</param>
    /// <param name="exchange">The exchange.</param>
    /// <param name="text">Takes what <see cref="IShardedSink.ExchangeTold"/> is to be given; it is not called when that is nothing.</param>
    /// <returns>Whether the sink is told of the exchange itself, too.</returns>
    bool ExchangeCompleted(Connection connection, Exchange exchange, IBufferWriter<byte> text);

    /// <summary>The tracker lets go of a connection.</summary>
    /// <returns>What the sink is given with it; null for nothing.</returns>
    object? ConnectionEnded(Connection connection) => null;

    /// <summary>The sink was given what <see cref="ConnectionEnded"/> made, and needs it no longer.</summary>
    void Release(object judged)
    {
    }
}
