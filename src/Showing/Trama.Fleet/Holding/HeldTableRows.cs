using Trama.Fleet.Sending;
using Trama.Rows.Sql;

namespace Trama.Fleet.Holding;

/// <summary>Reads the rows of a hub's tables, by DuckDB.</summary>
/// <param name="table">What they are.</param>
/// <param name="take">Takes who sent a row, and the row, which is reused after the call.</param>
internal sealed class HeldTableRows(FleetTable table, Action<string, ReadRow> take) : IAnswer
{
    private const long MemoryBytes = 1 << 30;
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    private readonly ReadRow _row = new(table);
    private int[] _columns = [];
    private int _sensor;

    /// <summary>Reads those that arrived since a time; false, and nothing is read, when DuckDB is missing.</summary>
    /// <exception cref="SqlException">They cannot be read.</exception>
    public static bool Read(IReadOnlyList<string> files, FleetTable table, Action<string, ReadRow> take, long since) =>
        Ask(files, $"SELECT * FROM \"{table.Name}\" WHERE arrivedAt >= {since}", new HeldTableRows(table, take));

    /// <summary>Counts those that arrived since a time, by sensor; false, and nothing is read, when DuckDB is missing.</summary>
    /// <exception cref="SqlException">They cannot be read.</exception>
    public static bool Count(IReadOnlyList<string> files, FleetTable table, Action<string, long, long> take, long since) => Ask(files,
        $"SELECT sensor, count(*) AS \"rows\", max(arrivedAt) AS \"to\" FROM \"{table.Name}\" WHERE arrivedAt >= {since} GROUP BY sensor",
        new HeldTableRows(FleetTable.Gaps, (sensor, row) => take(sensor, row.Number("rows") ?? 0, row.Number("to") ?? 0)));

    private static bool Ask(IReadOnlyList<string> files, string sql, IAnswer answer)
    {
        if (files.Count == 0) return true;
        if (!RowDatabase.IsThere) return false;
        using var database = new RowDatabase(files, MemoryBytes, tellsSource: false);
        // What DuckDB does not break off ends with the program: only lists ask here.
        database.Ask(sql, new QueryLimits(s_longest, MemoryBytes) { GiveUp = _ => Environment.Exit(1) }, answer);
        return true;
    }

    /// <inheritdoc/>
    public void Begin(IReadOnlyList<ResultColumn> columns)
    {
        // An older hub may have made them, with fewer columns.
        string[] own = [.. table.Columns.Select(column => column.Name)];
        _columns = [.. columns.Select(column => Array.IndexOf(own, column.Name))];
        _sensor = columns.Index().First(column => column.Item.Name == HeldTable.Sensor).Index;
    }

    /// <inheritdoc/>
    public void Row(in ResultRow row)
    {
        _row.Clear();
        for (int i = 0; i < _columns.Length; i++)
            if (_columns[i] >= 0 && row.TryGet(i, out ReadOnlySpan<byte> text)) _row.Set(_columns[i], text);
        take(row.TryGet(_sensor, out ReadOnlySpan<byte> sensor) ? System.Text.Encoding.ASCII.GetString(sensor) : "", _row);
    }

    /// <inheritdoc/>
    public void End()
    {
        // Each row was taken as it came.
    }
}
