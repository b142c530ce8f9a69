namespace Trama.Framing.Mysql;

/// <summary>Which packets of a reply come next.</summary>
internal enum ReplyPart : byte
{
    /// <summary>The first one, or the first of another result.</summary>
    Head,

    /// <summary>The definitions of a result's columns.</summary>
    Columns,

    /// <summary>The definitions of a statement's parameters and columns.</summary>
    Prepared,

    /// <summary>Rows, or the fields of a table, up to their end.</summary>
    Rows,
}
