namespace Trama.Rows.Sql;

/// <summary>What the values of a result's column are, for who writes them.</summary>
public enum ResultKind
{
    /// <summary>Text, and everything that is written as text: times, intervals.</summary>
    Text,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>An integer, or a decimal number.</summary>
    Number,

    /// <summary>A floating point number, which may also be <c>inf</c> or <c>nan</c>.</summary>
    Fraction,

    /// <summary>A list, a structure or a map, as JSON.</summary>
    Nested,
}
