using Trama.Rows.Csv;
using Trama.Rows.Parquet;
using Trama.Rows.Tables;

namespace Trama.Rows;

/// <summary>A way to write tables to files.</summary>
/// <param name="Extension">What the names of files end with, such as <c>.parquet</c>.</param>
/// <param name="Begin">Begins a table in a stream, which is closed with it.</param>
public sealed record RowFormat(string Extension, Func<Stream, TableSchema, TableOutput> Begin)
{
    /// <summary>Parquet, compressed with zstd.</summary>
    public static RowFormat Parquet { get; } = new(".parquet", (output, schema) => new ParquetTable(output, schema));

    /// <summary>Text with commas (RFC 4180).</summary>
    public static RowFormat Csv { get; } = new(".csv", (output, schema) => new CsvTable(output, schema));
}
