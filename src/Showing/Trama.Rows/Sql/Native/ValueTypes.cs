namespace Trama.Rows.Sql.Native;

/// <summary>What DuckDB's types (duckdb_type) are in JSON.</summary>
internal static class ValueTypes
{
    private const int Boolean = 1;
    private const int TinyInteger = 2;
    private const int UnsignedBigInteger = 9;
    private const int Float = 10;
    private const int Double = 11;
    private const int HugeInteger = 16;
    private const int Decimal = 19;
    private const int UnsignedHugeInteger = 32;
    private const int List = 24;
    private const int Structure = 25;
    private const int Map = 26;
    private const int Array = 33;

    /// <summary>The kind of a type.</summary>
    public static ResultKind KindOf(int type) => type switch
    {
        Boolean => ResultKind.Flag,
        (>= TinyInteger and <= UnsignedBigInteger) or HugeInteger or UnsignedHugeInteger or Decimal => ResultKind.Number,
        Float or Double => ResultKind.Fraction,
        List or Structure or Map or Array => ResultKind.Nested,
        _ => ResultKind.Text,
    };
}
