namespace Trama.Rows.Parquet;

/// <summary>What the footer of a file says of one column of a row group.</summary>
/// <param name="Type">Its physical type.</param>
/// <param name="Encoding">How its values are encoded.</param>
internal sealed record ColumnChunk(int Type, int Encoding)
{
    /// <summary>How many rows it has.</summary>
    public required int Rows { get; init; }

    /// <summary>How many of them have no value.</summary>
    public required int Absent { get; init; }

    /// <summary>The least and the largest value; null when that is not told.</summary>
    public required (long Least, long Largest)? Bounds { get; init; }

    /// <summary>Where its values are in the file.</summary>
    public required long DataAt { get; init; }

    /// <summary>Where its dictionary is; null when it has none.</summary>
    public required long? DictionaryAt { get; init; }

    /// <summary>Its length before compression, in bytes.</summary>
    public required long UncompressedBytes { get; init; }

    /// <summary>Its length in the file, in bytes.</summary>
    public required long Bytes { get; init; }
}
