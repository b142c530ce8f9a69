namespace Trama.Framing.Sql;

/// <summary>Whose way of writing constants and comments a statement follows.</summary>
internal enum SqlDialect : byte
{
    /// <summary>The standard's, and PostgreSQL's additions.</summary>
    Standard,

    /// <summary>MySQL's and MariaDB's: <c>"a"</c> is a constant, <c>#</c> begins a comment, and what stands in <c>/*! … */</c> is no
    /// comment.</summary>
    Mysql,
}
