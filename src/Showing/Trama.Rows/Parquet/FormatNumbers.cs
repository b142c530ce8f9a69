namespace Trama.Rows.Parquet;

/// <summary>The numbers with which Parquet's definition (parquet.thrift) calls types, encodings and others.</summary>
internal static class FormatNumbers
{
    // Physical types.
    public const int Boolean = 0;
    public const int Int64 = 2;
    public const int ByteArray = 6;

    // Encodings.
    public const int Plain = 0;
    public const int Runs = 3;
    public const int DeltaBinaryPacked = 5;
    public const int RunDictionary = 8;

    // Kinds of pages.
    public const int DataPage = 0;
    public const int DictionaryPage = 2;

    /// <summary>A column that may be absent from a row.</summary>
    public const int Optional = 1;

    /// <summary>Text in UTF-8, for readers that know no logical types.</summary>
    public const int ConvertedText = 0;

    /// <summary>Compressed with zstd.</summary>
    public const int Zstd = 6;

    /// <summary>What a file begins and ends with.</summary>
    public static ReadOnlySpan<byte> Magic => "PAR1"u8;
}
