namespace Trama.Peers.Loading;

/// <summary>
/// The places for connections of one thread. A place whose connection is over gets another one, after a moment if it failed; where
/// the load asks for that, the oldest connection is replaced at a rate.
/// </summary>
/// <param name="places">The places.</param>
/// <param name="perSecond">How many of their connections are replaced a second; 0 for none.</param>
internal sealed class LoadPlaces(LoadConnection[] places, double perSecond)
{
    private const int MostConnecting = 128;
    private static readonly long RetryNs = LoadSchedule.Nanoseconds(TimeSpan.FromMilliseconds(100));

    private readonly Queue<LoadConnection> _closed = new(places);
    private readonly Queue<(LoadConnection Connection, long RetryAt)> _failed = new();
    private int _connecting;
    private long _replaced;

    /// <summary>How many have a connection.</summary>
    public int Open { get; private set; }

    /// <summary>Whether a place waits for its turn to be connected, or is being connected.</summary>
    public bool AreConnecting => _connecting > 0 || _closed.Count > 0;

    /// <summary>Whether <see cref="OpenClosed"/> has something to do.</summary>
    public bool CanOpen => _closed.Count > 0 && _connecting < MostConnecting;

    /// <summary>A connection is being made.</summary>
    public void Began() => _connecting++;

    /// <summary>A connection was made.</summary>
    public void Established()
    {
        _connecting--;
        Open++;
    }

    /// <summary>A connection is over, or was not made after all.</summary>
    public void Ended(bool wasConnecting)
    {
        if (wasConnecting) _connecting--;
        else Open--;
    }

    /// <summary>A place has no connection any more.</summary>
    public void Closed(LoadConnection connection, bool failed)
    {
        // What failed would most likely fail again at once.
        if (failed) _failed.Enqueue((connection, LoadWorker.Now + RetryNs));
        else _closed.Enqueue(connection);
    }

    /// <summary>Connects the closed places, and those that failed a moment ago.</summary>
    public void OpenAgain(long now)
    {
        while (_failed.TryPeek(out (LoadConnection Connection, long RetryAt) failed) && failed.RetryAt <= now) _closed.Enqueue(
            _failed.Dequeue().Connection);
        OpenClosed(now);
    }

    /// <summary>Connects the closed places, so many at a time.</summary>
    public void OpenClosed(long now)
    {
        // Those that fail at once join the others that failed.
        while (_connecting < MostConnecting && _closed.TryDequeue(out LoadConnection? connection)) connection.Open(now);
    }

    /// <summary>Retires the connections that are to be replaced by now. The places take turns, so it is the turn of the one with
    /// the oldest connection.</summary>
    /// <returns>When the next is to be replaced, in nanoseconds since the start of the load.</returns>
    public long Replace(long sinceStart)
    {
        if (perSecond <= 0) return long.MaxValue;
        for (long due = (long)(sinceStart / 1e9 * perSecond); _replaced < due; _replaced++) places[_replaced % places.Length].Retire();
        return (long)((_replaced + 1) * 1e9 / perSecond);
    }
}
