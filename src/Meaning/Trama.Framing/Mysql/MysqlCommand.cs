namespace Trama.Framing.Mysql;

/// <summary>The first byte of a command, and the names that the protocol has for them.</summary>
internal static class MysqlCommand
{
    public const byte Quit = 1;
    public const byte InitDb = 2;
    public const byte Query = 3;
    public const byte FieldList = 4;
    public const byte CreateDb = 5;
    public const byte DropDb = 6;
    public const byte Statistics = 9;
    public const byte ProcessKill = 12;
    public const byte ChangeUser = 17;
    public const byte BinlogDump = 18;
    public const byte TableDump = 19;
    public const byte Prepare = 22;
    public const byte Execute = 23;
    public const byte SendLongData = 24;
    public const byte Close = 25;
    public const byte Reset = 26;
    public const byte SetOption = 27;
    public const byte Fetch = 28;
    public const byte BinlogDumpGtid = 30;
    public const byte ResetConnection = 31;

    /// <summary>A replica's acknowledgement of an event.</summary>
    public const byte SemiSyncAck = 0xef;

    /// <summary>MariaDB: a prepared statement with many sets of parameters.</summary>
    public const byte BulkExecute = 0xfa;

    private static readonly byte[][] Names =
    [
        .. new[]
        {
            "SLEEP", "QUIT", "INIT_DB", "QUERY", "FIELD_LIST", "CREATE_DB", "DROP_DB", "REFRESH", "SHUTDOWN", "STATISTICS", "PROCESS_INFO",
            "CONNECT", "PROCESS_KILL", "DEBUG", "PING", "TIME", "DELAYED_INSERT", "CHANGE_USER", "BINLOG_DUMP", "TABLE_DUMP", "CONNECT_OUT",
            "REGISTER_SLAVE", "STMT_PREPARE", "STMT_EXECUTE", "STMT_SEND_LONG_DATA", "STMT_CLOSE", "STMT_RESET", "SET_OPTION", "STMT_FETCH",
            "DAEMON", "BINLOG_DUMP_GTID", "RESET_CONNECTION", "CLONE", "SUBSCRIBE_GROUP_REPLICATION_STREAM",
        }.Select(System.Text.Encoding.ASCII.GetBytes),
    ];

    /// <summary>The name of a command; empty when there is none with this byte.</summary>
    public static ReadOnlySpan<byte> Name(byte command) => command switch
    {
        SemiSyncAck => "SEMI_SYNC_ACK"u8,
        BulkExecute => "STMT_BULK_EXECUTE"u8,
        _ => command < Names.Length ? Names[command] : default,
    };

    /// <summary>Whether a payload of some length may be that of a command.</summary>
    public static bool Fits(byte command, long length) => command switch
    {
        Query or Prepare or InitDb or FieldList or ChangeUser or CreateDb or DropDb => length > 1,
        Close or Reset or ProcessKill => length == 5,
        Fetch => length == 9,
        Execute => length >= 10,
        BulkExecute or SendLongData => length >= 7,
        SetOption => length == 3,
        BinlogDump or BinlogDumpGtid or TableDump or SemiSyncAck => length >= 9,
        Quit or Statistics or ResetConnection or 10 or 13 or 14 => length == 1,
        7 or 8 or 21 or 32 or 33 => length >= 1,
        _ => false,
    };

    /// <summary>What kind of request a command is.</summary>
    public static MysqlRequestKind KindOf(byte command) => command switch
    {
        Quit or SendLongData or Close or SemiSyncAck => MysqlRequestKind.OneWay,
        ChangeUser => MysqlRequestKind.Login,
        Prepare => MysqlRequestKind.Prepare,
        Fetch => MysqlRequestKind.Fetch,
        FieldList => MysqlRequestKind.FieldList,
        Statistics => MysqlRequestKind.Statistics,
        BinlogDump or BinlogDumpGtid or TableDump => MysqlRequestKind.Dump,
        _ => MysqlRequestKind.Query,
    };
}
