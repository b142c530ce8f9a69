namespace Trama.Peers.Serving;

/// <summary>The connections of a peer that are open, and the order in which they come to an end when it stops. Safe for threads.</summary>
/// <typeparam name="TConnection">What a connection is.</typeparam>
internal sealed class OpenConnections<TConnection>(TimeProvider time)
    where TConnection : class
{
    private readonly HashSet<TConnection> _open = [];
    private readonly TaskCompletionSource _allClosed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TConnection[]? _listed;
    private bool _ending;

    /// <summary>Those that are open now; the same list as long as none comes or goes, since ending one takes it out of the set.</summary>
    public ReadOnlySpan<TConnection> All
    {
        get
        {
            lock (_open) return _listed ??= [.. _open];
        }
    }

    /// <summary>A connection has begun.</summary>
    public void Add(TConnection connection)
    {
        lock (_open)
        {
            _open.Add(connection);
            _listed = null;
        }
    }

    /// <summary>Forgets a connection that is over.</summary>
    public void Remove(TConnection connection)
    {
        lock (_open)
        {
            _open.Remove(connection);
            _listed = null;
            if (_ending && _open.Count == 0) _allClosed.TrySetResult();
        }
    }

    /// <summary>Waits until all are over; to be called once none is added any more.</summary>
    /// <param name="once">Whether they end by themselves, and are asked only when <paramref name="stop"/> is signalled.</param>
    /// <param name="ask">Asks one to come to its end.</param>
    /// <param name="abort">Ends one that has not by the deadline.</param>
    /// <param name="deadline">How long they have once they are asked.</param>
    /// <param name="stop">Asks.</param>
    public async Task EndAsync(bool once, Action<TConnection> ask, Action<TConnection> abort, TimeSpan deadline, CancellationToken stop)
    {
        lock (_open)
        {
            _ending = true;
            if (_open.Count == 0) _allClosed.TrySetResult();
        }

        if (once) await ClosedAsync(Timeout.InfiniteTimeSpan, stop);
        foreach (TConnection connection in All) ask(connection);
        await ClosedAsync(deadline, CancellationToken.None);
        foreach (TConnection connection in All) abort(connection);
        await _allClosed.Task;
    }

    // Waits until every connection is over, or no longer than that.
    private async Task ClosedAsync(TimeSpan deadline, CancellationToken stop)
    {
        try
        {
            await _allClosed.Task.WaitAsync(deadline, time, stop);
        }
        catch (Exception enough) when (enough is TimeoutException or OperationCanceledException)
        {
            // What is left is asked, or aborted, next.
        }
    }
}
