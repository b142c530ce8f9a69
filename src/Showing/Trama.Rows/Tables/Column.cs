namespace Trama.Rows.Tables;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name, made of those of the JSON: <c>request.bytes</c> is <c>requestBytes</c>.</param>
/// <param name="Kind">What it holds.</param>
public record Column(string Name, ColumnKind Kind);
