namespace Trama.Rows.Tables;

/// <summary>What a column holds. Each may be absent from a row: then it is unknown, and never zero.</summary>
public enum ColumnKind
{
    /// <summary>An integer of 64 bits.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>Text in UTF-8, without anything that could move a cursor.</summary>
    Text,
}
