namespace Trama.Tracing.Tracking;

/// <summary>Connections in order of their last packet, so that the one silent for longest is at hand.</summary>
internal sealed class RecencyList
{
    private TrackedConnection? _newest;

    /// <summary>The one silent for longest.</summary>
    public TrackedConnection? Oldest { get; private set; }

    public int Count { get; private set; }

    /// <summary>Makes a connection the newest of this list, wherever it stood before.</summary>
    public void Touch(TrackedConnection connection)
    {
        if (connection == _newest) return;
        connection.List?.Remove(connection);
        connection.List = this;
        (connection.Older, connection.Newer) = (_newest, null);
        if (_newest is not null) _newest.Newer = connection;
        _newest = connection;
        Oldest ??= connection;
        Count++;
    }

    public void Remove(TrackedConnection connection)
    {
        if (connection.Older is { } older) older.Newer = connection.Newer;
        else Oldest = connection.Newer;
        if (connection.Newer is { } newer) newer.Older = connection.Older;
        else _newest = connection.Older;
        (connection.Older, connection.Newer, connection.List) = (null, null, null);
        Count--;
    }
}
