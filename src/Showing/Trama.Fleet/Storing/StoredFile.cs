namespace Trama.Fleet.Storing;

/// <summary>A finished Parquet file of a store.</summary>
/// <param name="File">Its path below the store's folder.</param>
/// <param name="Table">The table whose rows it has.</param>
/// <param name="Rows">How many.</param>
/// <param name="FirstAt">When the earliest became known, in nanoseconds since the Unix epoch.</param>
/// <param name="LastAt">When the latest became known.</param>
/// <param name="Bytes">How large it is.</param>
public sealed record StoredFile(string File, string Table, long Rows, long FirstAt, long LastAt, long Bytes);
