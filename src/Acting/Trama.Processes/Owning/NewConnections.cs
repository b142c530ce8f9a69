namespace Trama.Processes.Owning;

/// <summary>
/// Connections that nobody has looked at yet, for the thread that does. Who waits sleeps: the collections of the runtime ask again and
/// again for a while. For several threads.
/// </summary>
/// <param name="most">How many may wait; more are not taken.</param>
internal sealed class NewConnections(int most)
{
    private readonly object _gate = new();
    private readonly Queue<OwnedConnection> _waiting = new();
    private bool _isComplete;

    /// <summary>Adds one.</summary>
    public void Add(OwnedConnection connection)
    {
        lock (_gate)
        {
            if (_waiting.Count >= most) return;
            _waiting.Enqueue(connection);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Takes all that there are, waiting for so long when there are none.</summary>
    /// <returns>False when no more will come.</returns>
    public bool TryTake(TimeSpan patience, List<OwnedConnection> taken)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 && !_isComplete) Monitor.Wait(_gate, patience);
            while (_waiting.TryDequeue(out OwnedConnection? connection)) taken.Add(connection);
            return !_isComplete;
        }
    }

    /// <summary>No more will come.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
            Monitor.Pulse(_gate);
        }
    }
}
