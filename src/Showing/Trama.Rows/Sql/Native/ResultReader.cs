namespace Trama.Rows.Sql.Native;

/// <summary>The rows of a result whose columns are all texts, a part at a time.</summary>
internal sealed unsafe class ResultReader(Duckdb.NativeResult result) : IDisposable
{
    private const int WordBits = 64;

    private Duckdb.NativeResult _result = result;
    private nint _part;
    private ulong _rows, _row;

    /// <summary>Goes on to the next row; false when there is none.</summary>
    /// <exception cref="SqlException">It fails, or is broken off.</exception>
    public bool Read()
    {
        if (_part != 0 && ++_row < _rows) return true;
        do
        {
            if (_part != 0) Duckdb.DestroyChunk(ref _part);
            _part = Duckdb.FetchChunk(_result);
            if (_part != 0) continue;
            if (Database.Text(Duckdb.ResultError(ref _result)) is { Length: > 0 } error) throw new SqlException(SqlFailure.Refused, error);
            return false;
        }
        while ((_rows = Duckdb.ChunkSize(_part)) == 0);
        _row = 0;
        return true;
    }

    /// <summary>A column of the row.</summary>
    /// <param name="column">Its number, from 0.</param>
    /// <param name="text">Its value in UTF-8, valid until the next row.</param>
    /// <returns>False when it has no value.</returns>
    public bool TryGet(int column, out ReadOnlySpan<byte> text)
    {
        nint vector = Duckdb.ChunkColumn(_part, (ulong)column);
        ulong* valid = Duckdb.ValidityOf(vector);
        bool isThere = valid is null || ((valid[_row / WordBits] >> (int)(_row % WordBits)) & 1) != 0;
        text = isThere ? Duckdb.NativeText.Of(Duckdb.TextsOf(vector) + _row) : default;
        return isThere;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_part != 0) Duckdb.DestroyChunk(ref _part);
        Duckdb.DestroyResult(ref _result);
    }
}
