using Trama.Framing.Sql;

namespace Trama.Framing.Postgresql;

/// <summary>
/// What the two directions of a connection know of each other: the requests that wait. After missing bytes nobody knows them, until the
/// server was ready and the client began anew.
/// </summary>
internal sealed class PostgresqlSession
{
    private readonly Queue<PostgresqlRequest> _waiting = new(0);
    private bool _wasReady;

    /// <summary>The statements and portals that requests name.</summary>
    public PreparedStatements Statements { get; } = new();

    /// <summary>Whether nobody knows which requests wait.</summary>
    public bool IsUnsure { get; private set; }

    /// <summary>Whether an error makes the server pass over everything up to the next Sync.</summary>
    public bool IsSkipping { get; private set; }

    /// <summary>Whether the server's next bytes answer the first thing that a client says: whatever went before, it is known what they
    /// answer.</summary>
    public bool IsOpening => _waiting.TryPeek(out PostgresqlRequest oldest)
        && oldest.Kind is PostgresqlRequestKind.Encryption or PostgresqlRequestKind.Opening;

    /// <summary>The client says what is said at a beginning only: nothing before it waits.</summary>
    public void Begin()
    {
        _waiting.Clear();
        (IsUnsure, _wasReady, IsSkipping) = (false, false, false);
    }

    /// <summary>Remembers a request; false when too many wait.</summary>
    public bool TryAdd(in PostgresqlRequest request)
    {
        if (IsUnsure && _wasReady) IsUnsure = false;
        if (IsUnsure || request.Kind == PostgresqlRequestKind.OneWay) return true;
        if (_waiting.Count == PendingRequests.Limit) return false;
        _waiting.Enqueue(request);
        return true;
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
        (IsUnsure, _wasReady, IsSkipping) = (true, false, false);
    }
}
