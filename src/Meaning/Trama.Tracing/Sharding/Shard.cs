using Trama.Packets.Decoding;
using Trama.Tracing.Tracking;

namespace Trama.Tracing.Sharding;

/// <summary>
/// A sixty-fourth of the connections: follows them, and notes what the sink is to be told. One thread at a time works for it, any of them.
/// </summary>
internal sealed class Shard : ITraceSink
{
    private readonly IShardedSink _sink;
    private readonly IShardPart? _part;
    private readonly CaptureTotals _totals;
    private ShardLog? _log;

    public Shard(int number, TracingOptions options, IShardedSink sink, CaptureTotals totals)
    {
        (Number, _sink, _totals, _part) = (number, sink, totals, sink.OpenPart(number));
        Context = new TrackerContext(options, this);
    }

    /// <summary>Its number.</summary>
    public int Number { get; }

    /// <summary>What its connections share.</summary>
    public TrackerContext Context { get; }

    /// <summary>The batches that wait for it, oldest first.</summary>
    public Queue<SegmentBatch> Waiting { get; } = new(Epochs.Lag);

    /// <summary>The thread that worked for it last, counted from 0: the one that reads.</summary>
    public int Thread { get; set; }

    /// <summary>Whether a thread works for it.</summary>
    public bool IsBusy { get; set; }

    /// <summary>By how much more was used of each limit after the last batch.</summary>
    public long[] Change { get; } = new long[Budgets.Count];

    /// <summary>Works on its steps of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="spares">The thread's own.</param>
    public void Take(SegmentBatch batch, SpareMessages spares)
    {
        Context.Use(spares);
        Budgets budgets = Context.Budgets;
        budgets.Heed(batch.UsedByAll);
        for (int i = 0; i < Change.Length; i++) Change[i] = -budgets.Used(i);
        _log = batch.LogOf(Number);
        _log.Recycle(Context.Pool, _part);
        batch.Take(Number, _log);
        for (int i = 0; i < Change.Length; i++) Change[i] += budgets.Used(i);
    }

    /// <summary>From now on the sink is told at once.</summary>
    public void TellAtOnce() => _log = null;

    void ITraceSink.SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload)
    {
        if (_log is null) _sink.SegmentTaken(connection, segment, payload);
        else _part?.SegmentTaken(connection, segment, payload);
    }

    void ITraceSink.StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet)
    {
        if (_log is null) _sink.StreamBytes(connection, from, offset, bytes, packet);
        else _part?.StreamBytes(connection, from, offset, bytes);
    }

    void ITraceSink.ErrorReported(Connection connection, long packet, in QuotedSegment error)
    {
        if (_log is null) _sink.ErrorReported(connection, packet, error);
        else _part?.ErrorReported(connection, packet, error);
    }

    void ITraceSink.ExchangeCompleted(Connection connection, Exchange exchange)
    {
        if (_log is null)
        {
            _sink.ExchangeCompleted(connection, exchange);
            return;
        }

        bool isTold = _part is null || _part.ExchangeCompleted(connection, exchange, _log);
        exchange.IsLent = isTold;
        if (isTold || _log.HasText) _log.Add(connection, isTold ? exchange : null);
    }

    void ITraceSink.ConnectionEnded(Connection connection)
    {
        if (_log is { } log)
        {
            log.AddEnd(connection, _part?.ConnectionEnded(connection));
            return;
        }

        _totals.Count(connection);
        _sink.ConnectionEnded(connection);
    }
}
