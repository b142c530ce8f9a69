namespace Trama.Framing.Mysql;

/// <summary>What a request is, which tells how its reply is made.</summary>
internal enum MysqlRequestKind : byte
{
    /// <summary>Nobody knows: it is missing.</summary>
    Unknown,

    /// <summary>Nothing that is answered.</summary>
    OneWay,

    /// <summary>A login, another user, or an answer to what the server asked for then.</summary>
    Login,

    /// <summary>What brings an OK, an error or results, one or several.</summary>
    Query,

    /// <summary>STMT_PREPARE: an identifier, and definitions.</summary>
    Prepare,

    /// <summary>STMT_FETCH: rows.</summary>
    Fetch,

    /// <summary>FIELD_LIST: definitions.</summary>
    FieldList,

    /// <summary>STATISTICS: a text.</summary>
    Statistics,

    /// <summary>BINLOG_DUMP and the like: events, as long as the connection lasts.</summary>
    Dump,
}
