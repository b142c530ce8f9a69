namespace Trama.Framing.Sql;

/// <summary>What a token of a statement is.</summary>
internal enum SqlTokenKind : byte
{
    /// <summary>White space or a comment.</summary>
    Space,

    /// <summary>A keyword or a name, quoted or not, or a parameter (<c>$1</c>).</summary>
    Word,

    /// <summary>A string constant, also one without its end.</summary>
    String,

    /// <summary>A number.</summary>
    Number,

    /// <summary>One byte of punctuation or of an operator.</summary>
    Sign,
}
