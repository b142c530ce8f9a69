namespace Trama.Framing.Mysql;

/// <summary>What both sides of a connection can do, as far as it changes what they say. MariaDB's own stand above the first 32.</summary>
[Flags]
internal enum MysqlCapabilities : ulong
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Set by MySQL; where it is not, MariaDB's capabilities follow.</summary>
    LongPassword = 1,

    /// <summary>The login names a database.</summary>
    ConnectWithDatabase = 1 << 3,

    /// <summary>After the login, packets are carried compressed with zlib.</summary>
    Compress = 1 << 5,

    /// <summary>The protocol since version 4.1.</summary>
    Protocol41 = 1 << 9,

    /// <summary>TLS begins after the client's first packet.</summary>
    Tls = 1 << 11,

    /// <summary>The answer to the server's challenge has a length of one byte.</summary>
    SecureConnection = 1 << 15,

    /// <summary>The answer to the server's challenge has a length of one byte or more.</summary>
    LongAnswer = 1 << 21,

    /// <summary>No packet follows the definitions of columns; an OK ends the rows.</summary>
    DeprecateEof = 1 << 24,

    /// <summary>The number of columns comes behind a byte that says whether their definitions follow.</summary>
    OptionalMetadata = 1 << 25,

    /// <summary>After the login, packets are carried compressed with zstd.</summary>
    CompressZstd = 1 << 26,

    /// <summary>A query may have attributes before its text.</summary>
    QueryAttributes = 1 << 27,

    /// <summary>MariaDB: behind the number of columns a byte says whether their definitions follow.</summary>
    CacheMetadata = 1UL << 36,

    /// <summary>Everything: nobody said what is missing.</summary>
    Any = ulong.MaxValue,
}
