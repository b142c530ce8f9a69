using System.Runtime.InteropServices;

namespace Trama.Rows.Sql.Native;

/// <summary>A database of DuckDB in memory, and the one connection to it.</summary>
internal sealed unsafe class Database : IDisposable
{
    private readonly Lock _interrupting = new();
    private nint _database, _connection;

    /// <summary>Opens it.</summary>
    /// <param name="settings">How it is to be configured from the start.</param>
    /// <exception cref="SqlException">It cannot be opened.</exception>
    public Database(IEnumerable<(string Name, string Value)> settings)
    {
        _ = Duckdb.CreateConfig(out nint config);
        foreach ((string name, string value) in settings)
        {
            if (Duckdb.SetConfig(config, name, value) == 0) continue;
            Duckdb.DestroyConfig(ref config);
            throw new SqlException(SqlFailure.Other, $"{name} = {value}");
        }

        int status = Duckdb.Open(null, out _database, config, out byte* error);
        string text = Text(error);
        if (error is not null) Duckdb.Free(error);
        Duckdb.DestroyConfig(ref config);
        if (status != 0 || Duckdb.Connect(_database, out _connection) != 0) throw new SqlException(SqlFailure.Other, text);
    }

    /// <summary>The statements of a text, prepared one by one.</summary>
    /// <exception cref="SqlException">It is not SQL.</exception>
    public IReadOnlyList<Statement> Prepare(string text)
    {
        ulong count = Duckdb.ExtractStatements(_connection, text, out nint extracted);
        try
        {
            if (count == 0 && Text(Duckdb.ExtractError(extracted)) is { Length: > 0 } error)
                throw new SqlException(SqlFailure.Refused, error);
            // Of more than two nobody needs more.
            var statements = new Statement[Math.Min(count, 2)];
            for (int i = 0; i < statements.Length; i++) statements[i] = Prepare(extracted, (ulong)i);
            return statements;
        }
        finally
        {
            Duckdb.DestroyExtracted(ref extracted);
        }
    }

    /// <summary>Breaks off what runs; may be called by another thread.</summary>
    public void Interrupt()
    {
        lock (_interrupting)
        {
            if (_connection != 0) Duckdb.Interrupt(_connection);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_interrupting) Duckdb.Disconnect(ref _connection);
        Duckdb.Close(ref _database);
    }

    /// <summary>A text of DuckDB's; empty for a null pointer.</summary>
    internal static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    private Statement Prepare(nint extracted, ulong index)
    {
        if (Duckdb.Prepare(_connection, extracted, index, out nint prepared) == 0) return new Statement(prepared);
        string error = Text(Duckdb.PrepareError(prepared));
        Duckdb.DestroyPrepare(ref prepared);
        throw new SqlException(SqlFailure.Refused, error);
    }
}
