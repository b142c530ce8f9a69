using System.Diagnostics;
using Trama.Rows.Sql.Native;

namespace Trama.Rows.Sql;

/// <summary>
/// Watches over a question, and breaks it off when it takes too long or too much. DuckDB counts what its operators hold, but not what
/// a single function builds, and looks seldom whether it was broken off: so the memory of the process is watched too, and a question
/// that does not heed is given up.
/// </summary>
internal sealed class QueryWatch : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly Database _database;
    private readonly QueryLimits _limits;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ManualResetEventSlim _over = new();
    private readonly Thread _thread;
    private readonly long _before = Environment.WorkingSet;
    private volatile SqlException? _broken;

    /// <summary>Begins to watch.</summary>
    public QueryWatch(Database database, QueryLimits limits)
    {
        (_database, _limits) = (database, limits);
        _thread = new Thread(Watch) { IsBackground = true, Name = "limits of a query" };
        _thread.Start();
    }

    /// <summary>Does a part of the question.</summary>
    /// <exception cref="SqlException">It fails, or was broken off.</exception>
    public T Run<T>(Func<T> part)
    {
        try
        {
            T done = part();
            return _broken is { } broken ? throw broken : done;
        }
        catch (SqlException) when (_broken is not null)
        {
            throw _broken;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _over.Set();
        _thread.Join();
        _over.Dispose();
    }

    private void Watch()
    {
        TimeSpan? brokenAt = null;
        while (!_over.Wait(s_interval))
        {
            long taken = Environment.WorkingSet - _before;
            _broken ??= Reason(taken);
            if (_broken is not { } broken) continue;
            brokenAt ??= _clock.Elapsed;
            _database.Interrupt();
            // The limit is DuckDB's, the rest for what it does not count.
            if (_clock.Elapsed - brokenAt > s_patience || taken > _limits.MemoryBytes * 2) _limits.GiveUp(broken);
        }
    }

    private SqlException? Reason(long taken) =>
        _limits.Stop.IsCancellationRequested ? new SqlException(SqlFailure.Other, "")
        : _clock.Elapsed > _limits.Time ? new SqlException(SqlFailure.TooLong, "")
        : taken > _limits.MemoryBytes + (_limits.MemoryBytes / 2) ? new SqlException(SqlFailure.TooLarge, "")
        : null;
}
