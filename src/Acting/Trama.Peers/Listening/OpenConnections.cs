namespace Trama.Peers.Listening;

/// <summary>The connections of a peer that are open, and the order in which they come to an end when it stops. Safe for threads.</summary>
/// <typeparam name="TConnection">What a connection is.</typeparam>
internal sealed class OpenConnections<TConnection>(TimeProvider time)
    where TConnection : class, IAccepted
{
    private readonly Roster<TConnection> _open = new();
    private readonly TaskCompletionSource _allClosed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _ending;

    /// <summary>Those that are open now.</summary>
    public ReadOnlySpan<TConnection> All => _open.All;

    /// <summary>A connection has begun.</summary>
    public void Add(TConnection connection) => _open.Add(connection);

    /// <summary>Forgets a connection that is over.</summary>
    public void Remove(TConnection connection)
    {
        _open.Remove(connection);
        EndWhenNone();
    }

    /// <summary>Waits until all are over; to be called once none is added any more.</summary>
    /// <param name="once">Whether they end by themselves, and are asked only when <paramref name="stop"/> is signalled.</param>
    /// <param name="deadline">How long they have once they are asked.</param>
    /// <param name="stop">Asks.</param>
    public async Task EndAsync(bool once, TimeSpan deadline, CancellationToken stop)
    {
        _ending = true;
        EndWhenNone();
        if (once) await ClosedAsync(Timeout.InfiniteTimeSpan, stop);
        foreach (TConnection connection in All) connection.AskToStop();
        await ClosedAsync(deadline, CancellationToken.None);
        foreach (TConnection connection in All) connection.Abort();
        await _allClosed.Task;
    }

    private void EndWhenNone()
    {
        if (_ending && _open.Count == 0) _allClosed.TrySetResult();
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
