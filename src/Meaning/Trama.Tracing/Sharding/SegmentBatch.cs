using Trama.Packets.Decoding;
using Trama.Tracing.Tracking;

namespace Trama.Tracing.Sharding;

/// <summary>
/// Steps in the order of the capture, with copies of their bytes; each belongs to a shard. Filled by one thread, then worked on by many,
/// each of which takes the steps of one shard at a time, then told by one.
/// </summary>
internal sealed class SegmentBatch
{
    private readonly byte[] _shardOf = new byte[BatchSize.MaxSteps];
    private readonly ShardSteps[] _steps = [.. Enumerable.Range(0, ConnectionTracker.Shards).Select(_ => new ShardSteps())];
    private readonly ShardLog?[] _logs = new ShardLog?[ConnectionTracker.Shards];
    private readonly List<int> _shards = [];
    private readonly long[] _used = new long[Budgets.Count];
    private BatchSize _size;
    private int _count;

    /// <summary>Its number.</summary>
    public long Number { get; private set; }

    /// <summary>The epoch that it is of; several batches are of the same where some were handed over before they were full.</summary>
    public long Epoch { get; private set; }

    /// <summary>Whether its epoch ends with it.</summary>
    public bool EndsEpoch { get; set; }

    /// <summary>How much of its epoch is filled.</summary>
    public BatchSize Size => _size;

    /// <summary>Whether there is no step in it.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>The shards that have steps in it.</summary>
    public IReadOnlyList<int> Shards => _shards;

    /// <summary>What all shards used some epochs ago.</summary>
    public ReadOnlySpan<long> UsedByAll => _used;

    /// <summary>By how much more is used of each limit after it.</summary>
    public long[] Change { get; } = new long[Budgets.Count];

    /// <summary>How many shards have not taken their steps.</summary>
    public int Left { get; set; }

    /// <summary>Where a shard notes what it finds.</summary>
    public ShardLog LogOf(int shard) => _logs[shard] ??= new ShardLog();

    /// <summary>Empties it, to be filled anew.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="epoch">The epoch that it is of.</param>
    /// <param name="size">How much of that is filled.</param>
    /// <param name="used">What all shards used some epochs ago.</param>
    public void Begin(long number, long epoch, BatchSize size, ReadOnlySpan<long> used)
    {
        foreach (int shard in _shards) _steps[shard].Clear();
        _shards.Clear();
        (Number, Epoch, EndsEpoch) = (number, epoch, false);
        (_size, _count) = (size, 0);
        used.CopyTo(_used);
        Array.Clear(Change);
    }

    /// <summary>Adds a segment of a connection; false when the batch is full.</summary>
    public bool TryAdd(Flow flow, in TcpSegment segment, Side from, long packet, bool isOrderKept)
    {
        if (!_size.TryAdd(segment.Options.Length + segment.Payload.Length)) return false;
        int place = _count++;
        StepsOf(flow, place).Add(new ShardStep(packet, place, flow.PlaceInBatch, 0, ShardStepKind.Segment, from, isOrderKept), segment);
        return true;
    }

    /// <summary>Adds an error about a connection; false when the batch is full.</summary>
    public bool TryAdd(Flow flow, long packet, in QuotedSegment error)
    {
        if (!_size.TryAdd(0)) return false;
        int place = _count++;
        ShardSteps steps = StepsOf(flow, place);
        steps.Add(new ShardStep(packet, place, flow.PlaceInBatch, steps.Add((object)error), ShardStepKind.Error));
        return true;
    }

    /// <summary>Adds something else that happens to a connection; false when the batch is full.</summary>
    public bool TryAdd(Flow flow, ShardStepKind kind)
    {
        if (!_size.TryAdd(0)) return false;
        int place = _count++;
        StepsOf(flow, place).Add(new ShardStep(0, place, flow.PlaceInBatch, 0, kind));
        return true;
    }

    /// <summary>Works on the steps of a shard, in order.</summary>
    public void Take(int shard, ShardLog log) => _steps[shard].Take(log);

    /// <summary>Tells what the shards found, in the order of the steps.</summary>
    public void Tell(IShardedSink sink, CaptureTotals totals)
    {
        for (int place = 0; place < _count; place++)
            if (_logs[_shardOf[place]] is { } log && log.NextStep == place) log.Tell(sink, totals);
    }

    private ShardSteps StepsOf(Flow flow, int place)
    {
        _shardOf[place] = (byte)flow.Shard;
        ShardSteps steps = _steps[flow.Shard];
        if (flow.Batch == Number) return steps;
        (flow.Batch, flow.PlaceInBatch) = (Number, steps.Add(flow.Tracked));
        // Its first connection comes first.
        if (flow.PlaceInBatch == 0) _shards.Add(flow.Shard);
        return steps;
    }
}
