using Trama.Tracing;

namespace Trama.Rows.Spans;

/// <summary>Sends exchanges to a collector as spans, as they are complete.</summary>
public sealed class SpanSink : IShardedSink, IDisposable
{
    private const int BatchExchanges = 512;
    private const int BatchBytes = 1 << 20;

    private readonly SpanExporter _exporter;
    private readonly SpanBatch _batch = new();

    /// <summary>Begins to send.</summary>
    /// <param name="address">Where the collector takes traces, over HTTP.</param>
    /// <param name="headers">What it wants to be told with each request.</param>
    /// <param name="waits">Whether more than can wait is waited for, and not dropped.</param>
    public SpanSink(Uri address, IReadOnlyDictionary<string, string> headers, bool waits) =>
        _exporter = new SpanExporter(address, headers, waits);

    /// <summary>What became of the exchanges so far.</summary>
    public SpanDelivery Delivery => _exporter.Delivery;

    /// <inheritdoc/>
    public IShardPart? OpenPart(int shard) => null;

    /// <inheritdoc/>
    public void ExchangeCompleted(Connection connection, Exchange exchange)
    {
        _batch.Add(connection, exchange);
        if (_batch.Exchanges >= BatchExchanges || _batch.Bytes >= BatchBytes) Flush();
    }

    /// <summary>Sends what was held back.</summary>
    public void Flush()
    {
        int exchanges = _batch.Exchanges;
        if (exchanges > 0) _exporter.Send(_batch.Take(), exchanges);
    }

    /// <summary>Sends the rest, and waits for that a while.</summary>
    public void Complete()
    {
        Flush();
        _exporter.Complete();
    }

    /// <inheritdoc/>
    public void Dispose() => _exporter.Dispose();
}
