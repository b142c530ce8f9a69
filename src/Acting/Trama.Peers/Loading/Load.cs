namespace Trama.Peers.Loading;

/// <summary>A load on a server, on Linux: many connections that ask and take the replies, on threads of their own.</summary>
public sealed class Load : IDisposable
{
    private readonly LoadWorker[] _workers;

    /// <summary>Prepares a load.</summary>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    public Load(LoadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!OperatingSystem.IsLinux()) throw new PlatformNotSupportedException();
        int threads = Math.Min(options.Threads, options.Connections);
        _workers = [.. Enumerable.Range(0, threads).Select(i => new LoadWorker(options, Share(options.Connections, threads, i)))];
    }

    /// <summary>Makes the connections.</summary>
    /// <param name="stop">Gives up.</param>
    /// <returns>How many could be made. The others are tried again while the load runs.</returns>
    public int Connect(CancellationToken stop)
    {
        int connected = 0;
        OnAllThreads(worker => Interlocked.Add(ref connected, worker.Connect(stop)));
        return connected;
    }

    /// <summary>What stood in the way of a connection, if anything did.</summary>
    public LoadFailure? LastFailure => _workers.Select(worker => worker.LastFailure).FirstOrDefault(failure => failure is not null);

    /// <summary>
    /// Runs the load on the connections that were made. Returns when it is over and its replies have come, or do not come in time.
    /// </summary>
    /// <param name="stop">Ends it before its time.</param>
    public void Run(CancellationToken stop)
    {
        long start = LoadWorker.Now;
        OnAllThreads(worker => worker.Run(start, stop));
    }

    /// <summary>What came of it: at the end, or so far.</summary>
    public LoadTally Tally()
    {
        var all = new LoadTally();
        foreach (LoadWorker worker in _workers) all.Add(worker.Tally);
        return all;
    }

    /// <summary>How long answers took so far, as <see cref="Tally"/> tells it, without what else that tells.</summary>
    /// <param name="latency">Holds it afterwards, and nothing else.</param>
    /// <returns>How many requests failed so far.</returns>
    public long Read(LatencyHistogram latency)
    {
        ArgumentNullException.ThrowIfNull(latency);
        latency.Clear();
        foreach (LoadWorker worker in _workers) latency.Add(worker.Tally.Latency);
        return _workers.Sum(worker => worker.Tally.Failed);
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose()
    {
        foreach (LoadWorker worker in _workers) worker.Dispose();
    }

    private void OnAllThreads(Action<LoadWorker> work)
    {
        Exception? failure = null;
        Thread[] threads = [.. _workers.Select((worker, index) => new Thread(() =>
        {
            try
            {
                work(worker);
            }
            catch (Exception error)
            {
                failure = error;
            }
        })
        { Name = $"load {index + 1}" })];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        if (failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    private static int Share(int connections, int threads, int index) => connections / threads + (index < connections % threads ? 1 : 0);
}
