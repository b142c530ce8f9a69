namespace Trama.Framing.Postgresql;

/// <summary>
/// What the two directions of a connection know of each other: the requests that wait, and whether missing bytes may have been among them. Then
/// nothing is paired until the server was ready and the client began anew.
/// </summary>
internal sealed class PostgresqlSession
{
    private readonly Queue<PostgresqlRequest> _waiting = new(0);
    private long _lastKey;
    private bool _isUnsure;
    private bool _wasReady;

    /// <summary>The statements and portals that requests name.</summary>
    public PreparedStatements Statements { get; } = new();

    /// <summary>Whether an error makes the server pass over everything up to the next Sync.</summary>
    public bool IsSkipping { get; private set; }

    /// <summary>Remembers a request.</summary>
    /// <returns>Its key; absent when its reply could not be told. False in <paramref name="fits"/> when too many wait.</returns>
    public long? Add(PostgresqlRequestKind kind, int awaits, bool hasSync, out bool fits)
    {
        fits = _waiting.Count < PendingRequests.Limit;
        if (_isUnsure && _wasReady) _isUnsure = false;
        if (_isUnsure || !fits || kind == PostgresqlRequestKind.OneWay) return null;
        _waiting.Enqueue(new PostgresqlRequest(++_lastKey, kind, awaits, hasSync));
        return _lastKey;
    }

    /// <summary>The request that the server's next bytes answer.</summary>
    public bool TryPeek(out PostgresqlRequest request) => _waiting.TryPeek(out request);

    /// <summary>The oldest request has its reply.</summary>
    public void Answered() => _waiting.TryDequeue(out _);

    /// <summary>The oldest request failed and ended without Sync.</summary>
    public void SkipToSync() => IsSkipping = true;

    /// <summary>The server is ready for the next query.</summary>
    public void Ready() => (IsSkipping, _wasReady) = (false, true);

    /// <summary>Bytes of one direction are missing, and perhaps whole messages with them.</summary>
    public void Lose()
    {
        _waiting.Clear();
        (_isUnsure, _wasReady, IsSkipping) = (true, false, false);
    }
}
