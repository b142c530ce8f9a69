using System.Diagnostics.CodeAnalysis;

namespace Trama.Tracing.Sharding;

/// <summary>
/// The shards that have steps to be worked on. Each waits for the thread that worked for it last, which has its connections in its cache;
/// one that has nothing else to do takes over another's.
/// </summary>
internal sealed class ReadyShards(int threads)
{
    private readonly Queue<Shard>[] _ofThread = [.. Enumerable.Range(0, threads).Select(_ => new Queue<Shard>(ConnectionTracker.Shards))];

    /// <summary>Adds a shard.</summary>
    public void Add(Shard shard) => _ofThread[shard.Thread].Enqueue(shard);

    /// <summary>Takes one out, for a thread; false when there is none.</summary>
    public bool TryTake(int thread, [NotNullWhen(true)] out Shard? shard)
    {
        if (_ofThread[thread].TryDequeue(out shard)) return true;
        Queue<Shard> longest = _ofThread[0];
        foreach (Queue<Shard> queue in _ofThread)
            if (queue.Count > longest.Count) longest = queue;
        if (!longest.TryDequeue(out shard)) return false;
        shard.Thread = thread;
        return true;
    }
}
