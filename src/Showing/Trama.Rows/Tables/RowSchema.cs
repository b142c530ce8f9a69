namespace Trama.Rows.Tables;

/// <summary>The tables that a capture becomes. docs/rows.md says what each column means.</summary>
public static class RowSchema
{
    /// <summary>The version of the tables: one more whenever a column changes its meaning, or goes. New columns change nothing.</summary>
    public const int Version = 1;

    /// <summary>Under this key a Parquet file has the version of its table.</summary>
    public const string VersionKey = "trama.schema";

    /// <summary>Under this key a Parquet file has the name of its table.</summary>
    public const string TableKey = "trama.table";

    /// <summary>
    /// Under this key a Parquet file has how many packets and bytes its capture had, and when the first and the last one was seen, in ns
    /// since the epoch: tables of different captures that lie side by side are told apart by it.
    /// </summary>
    public const string CaptureKey = "trama.capture";

    /// <summary>The tables, in the order in which they are told of.</summary>
    public static IReadOnlyList<TableSchema> Tables { get; } =
        [ExchangeRow.Table, ConnectionRow.Table, FindingRow.Table, PacketRow.Table];

    /// <summary>The table of findings.</summary>
    public static TableSchema Findings => FindingRow.Table;
}
