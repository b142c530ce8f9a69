namespace Trama.Rows.Sql.Native;

/// <summary>A prepared statement.</summary>
internal sealed unsafe class Statement(nint prepared) : IDisposable
{
    private nint _prepared = prepared;

    /// <summary>Whether it reads, and changes nothing.</summary>
    public bool IsSelect => Duckdb.StatementType(_prepared) == Duckdb.SelectStatement;

    /// <summary>Whether it asks for values that nobody gives.</summary>
    public bool HasParameters => Duckdb.ParameterCount(_prepared) > 0;

    /// <summary>The columns of its result.</summary>
    public IReadOnlyList<ResultColumn> Columns
    {
        get
        {
            var columns = new ResultColumn[Duckdb.ColumnCount(_prepared)];
            for (int i = 0; i < columns.Length; i++)
            {
                byte* name = Duckdb.ColumnName(_prepared, (ulong)i);
                columns[i] = new ResultColumn(Database.Text(name), ValueTypes.KindOf(Duckdb.ColumnType(_prepared, (ulong)i)));
                Duckdb.Free(name);
            }

            return columns;
        }
    }

    /// <summary>Runs it; its result comes as it is asked for.</summary>
    /// <exception cref="SqlException">It fails.</exception>
    public ResultReader Run()
    {
        if (Duckdb.Execute(_prepared, out Duckdb.NativeResult result) == 0) return new ResultReader(result);
        string error = Database.Text(Duckdb.ResultError(ref result));
        Duckdb.DestroyResult(ref result);
        throw new SqlException(SqlFailure.Refused, error);
    }

    /// <inheritdoc/>
    public void Dispose() => Duckdb.DestroyPrepare(ref _prepared);
}
