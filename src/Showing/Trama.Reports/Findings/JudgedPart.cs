using System.Buffers;
using Trama.Packets.Decoding;
using Trama.Tracing;

namespace Trama.Reports.Findings;

/// <summary>Gives everything of a shard first to the diagnoser's part and then to the report's.</summary>
/// <param name="diagnoser">The diagnoser's part.</param>
/// <param name="report">The report's; null when it takes the exchanges as they are.</param>
internal sealed class JudgedPart(IShardPart diagnoser, IShardPart? report) : IShardPart
{
    /// <inheritdoc/>
    public void SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload)
    {
        diagnoser.SegmentTaken(connection, segment, payload);
        report?.SegmentTaken(connection, segment, payload);
    }

    /// <inheritdoc/>
    public void ErrorReported(Connection connection, long packet, in QuotedSegment error)
    {
        diagnoser.ErrorReported(connection, packet, error);
        report?.ErrorReported(connection, packet, error);
    }

    /// <inheritdoc/>
    public void StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes)
    {
        diagnoser.StreamBytes(connection, from, offset, bytes);
        report?.StreamBytes(connection, from, offset, bytes);
    }

    /// <inheritdoc/>
    public bool ExchangeCompleted(Connection connection, Exchange exchange, IBufferWriter<byte> text)
    {
        diagnoser.ExchangeCompleted(connection, exchange, text);
        return report is null || report.ExchangeCompleted(connection, exchange, text);
    }

    /// <inheritdoc/>
    public object? ConnectionEnded(Connection connection) => diagnoser.ConnectionEnded(connection);

    /// <inheritdoc/>
    public void Release(object judged) => diagnoser.Release(judged);
}
