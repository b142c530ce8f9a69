using System.Runtime.ExceptionServices;
using Trama.Packets.Decoding;
using Trama.Tracing.Tracking;

namespace Trama.Tracing.Sharding;

/// <summary>
/// Has the shards worked on by several threads. Who reads the capture fills batches; each thread takes whatever waits: the steps that one
/// shard has in a batch, or the telling of a batch that all shards are done with. Batches are told in order, and what is in them in the
/// order of the steps, so that nobody can see how many threads there are. When all batches are full, who reads works, too.
/// </summary>
internal sealed class ShardCrew : ISteps
{
    // The number of the thread that gives the steps.
    private const int Reader = 0;

    private readonly object _gate = new();
    private readonly Shard[] _shards;
    private readonly IShardedSink _sink;
    private readonly CaptureTotals _totals;
    private readonly Epochs _epochs;
    private readonly Thread[] _threads;
    private readonly SegmentBatch[] _batches = [.. Enumerable.Range(0, Epochs.Lag).Select(_ => new SegmentBatch())];
    private readonly ReadyShards _ready;
    private readonly SpareMessages _spares = new();
    private SegmentBatch _filling;
    private long _given;
    private long _told;
    private int _fullInARow;
    private int _teller = 1;
    private bool _isTelling;
    private bool _ended;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Makes a crew.</summary>
    /// <param name="shards">The shards.</param>
    /// <param name="sink">Is told.</param>
    /// <param name="totals">What is counted of connections that ended.</param>
    /// <param name="epochs">What all shards use.</param>
    /// <param name="threads">How many threads there are, with the one that gives the steps; 2 or more.</param>
    public ShardCrew(Shard[] shards, IShardedSink sink, CaptureTotals totals, Epochs epochs, int threads)
    {
        (_shards, _sink, _totals, _epochs) = (shards, sink, totals, epochs);
        _threads = new Thread[threads - 1];
        _ready = new ReadyShards(threads);
        foreach (Shard shard in shards) shard.Thread = shard.Number % threads;
        _filling = _batches[0];
        _filling.Begin(0, 0, default, epochs.Before(0));
    }

    /// <summary>The epoch at hand, and how much of it is filled.</summary>
    public (long Number, BatchSize Size) Epoch => (_filling.Epoch, _filling.Size);

    /// <inheritdoc/>
    public void Open(Flow flow) => Give(flow, ShardStepKind.Open);

    /// <inheritdoc/>
    public void Take(Flow flow, in TcpSegment segment, Side from, long packet, bool isOrderKept)
    {
        if (_filling.TryAdd(flow, segment, from, packet, isOrderKept)) return;
        HandOver();
        _filling.TryAdd(flow, segment, from, packet, isOrderKept);
    }

    /// <inheritdoc/>
    public void Tell(Flow flow, long packet, in QuotedSegment error)
    {
        if (_filling.TryAdd(flow, packet, error)) return;
        HandOver();
        _filling.TryAdd(flow, packet, error);
    }

    /// <inheritdoc/>
    public void EndReply(Flow flow) => Give(flow, ShardStepKind.EndReply);

    /// <inheritdoc/>
    public void End(Flow flow) => Give(flow, ShardStepKind.End);

    /// <inheritdoc/>
    public void Settle()
    {
        if (!_filling.IsEmpty) HandOver(isFull: false);
        lock (_gate)
        {
            while (_told < _given) WorkOrWait();
            // It may have come with the last batch, before anybody waited for it.
            _failure?.Throw();
        }
    }

    /// <inheritdoc/>
    public void Complete()
    {
        Settle();
        lock (_gate)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
        }

        foreach (Thread? thread in _threads) thread?.Join();
    }

    private void Give(Flow flow, ShardStepKind kind)
    {
        if (_filling.TryAdd(flow, kind)) return;
        HandOver();
        _filling.TryAdd(flow, kind);
    }

    // Gives the batch to the shards, and begins the next as soon as there is one.
    private void HandOver(bool isFull = true)
    {
        SegmentBatch full = _filling;
        _fullInARow = isFull ? _fullInARow + 1 : 0;
        full.EndsEpoch = isFull;
        lock (_gate)
        {
            full.Left = full.Shards.Count;
            foreach (int shard in full.Shards)
            {
                _shards[shard].Waiting.Enqueue(full);
                if (!_shards[shard].IsBusy && _shards[shard].Waiting.Count == 1) _ready.Add(_shards[shard]);
            }

            _given++;
            Monitor.PulseAll(_gate);
            // Full with what came since somebody was told last.
            if (_fullInARow >= _batches.Length / 2) Start();
            while (_given - _told == _batches.Length) WorkOrWait();
        }

        _filling = _batches[_given % _batches.Length];
        // What is handed over because somebody waits for it is a part of its epoch, of which the rest follows.
        long epoch = isFull ? full.Epoch + 1 : full.Epoch;
        _filling.Begin(_given, epoch, isFull ? default : full.Size, _epochs.Before(epoch));
    }

    // A capture of a few packets needs no threads, nor does a live one that never has many at once.
    private void Start()
    {
        if (_threads is [not null, ..]) return;
        for (int i = 0; i < _threads.Length; i++)
        {
            int thread = i + 1;
            _threads[i] = new Thread(() => Work(thread)) { IsBackground = true, Name = "shards" };
            _threads[i].Start();
        }
    }

    private void Work(int thread)
    {
        var spares = new SpareMessages();
        lock (_gate)
        {
            while (!_ended && _failure is null)
                if (!TryWork(thread, spares)) Monitor.Wait(_gate);
        }
    }

    private void WorkOrWait()
    {
        if (_failure is null && !TryWork(Reader, _spares)) Monitor.Wait(_gate);
        // What the sink threw belongs to whoever reads.
        _failure?.Throw();
    }

    // Within the gate, which is left for the time of the work; false when there is none.
    private bool TryWork(int thread, SpareMessages spares)
    {
        if (_failure is not null) return false;
        SegmentBatch oldest = _batches[_told % _batches.Length];
        bool isDone = !_isTelling && _told < _given && oldest.Left == 0;
        // Who told last tells next, if it can: what the forms count is in its cache.
        if ((!isDone || _teller != thread) && _ready.TryTake(thread, out Shard? shard))
        {
            Follow(shard, shard.Waiting.Dequeue(), spares);
            return true;
        }

        if (!isDone) return false;
        _teller = thread;
        Tell(oldest);
        return true;
    }

    private void Tell(SegmentBatch batch)
    {
        _isTelling = true;
        Monitor.Exit(_gate);
        try
        {
            batch.Tell(_sink, _totals);
        }
        catch (Exception error)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
        }
        finally
        {
            Monitor.Enter(_gate);
        }

        _epochs.Add(batch.Change);
        if (batch.EndsEpoch) _epochs.End(batch.Epoch);
        _isTelling = false;
        _told++;
        Monitor.PulseAll(_gate);
    }

    private void Follow(Shard shard, SegmentBatch batch, SpareMessages spares)
    {
        shard.IsBusy = true;
        Monitor.Exit(_gate);
        try
        {
            shard.Take(batch, spares);
        }
        catch (Exception error)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
        }
        finally
        {
            Monitor.Enter(_gate);
        }

        for (int i = 0; i < batch.Change.Length; i++) batch.Change[i] += shard.Change[i];
        shard.IsBusy = false;
        if (shard.Waiting.Count > 0) _ready.Add(shard);
        if (--batch.Left == 0 || _failure is not null) Monitor.PulseAll(_gate);
    }
}
