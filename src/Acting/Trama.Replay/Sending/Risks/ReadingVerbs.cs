namespace Trama.Replay.Sending.Risks;

/// <summary>The requests of each protocol that are known to change nothing, by their first words in capitals. Each has its own: what
/// reads in one protocol may write in another (<c>CONNECT</c> of IRC, <c>FETCH</c> of IMAP).</summary>
internal static class ReadingVerbs
{
    private static readonly HashSet<string> None = [];

    private static readonly string[] OfFtp =
    [
        "USER", "PASS", "ACCT", "CWD", "CDUP", "PWD", "XCWD", "XCUP", "XPWD", "PORT", "PASV", "EPRT", "EPSV", "TYPE", "STRU", "MODE",
        "REST", "RETR", "LIST", "NLST", "MLSD", "MLST", "SIZE", "MDTM", "STAT", "SYST", "FEAT", "HELP", "NOOP", "OPTS", "CLNT", "LANG",
        "HOST", "ABOR", "QUIT",
    ];

    private static readonly string[] OfSmtp = ["EHLO", "HELO", "NOOP", "RSET", "VRFY", "EXPN", "HELP", "STARTTLS", "AUTH", "QUIT"];

    private static readonly Dictionary<string, HashSet<string>> ByProtocol = new()
    {
        ["resp"] =
        [
            "GET", "MGET", "STRLEN", "GETRANGE", "EXISTS", "TTL", "PTTL", "TYPE", "KEYS", "SCAN", "RANDOMKEY", "DBSIZE", "PING", "ECHO",
            "HELLO", "AUTH", "SELECT", "COMMAND", "INFO", "TIME", "QUIT", "HGET", "HMGET", "HGETALL", "HKEYS", "HVALS", "HLEN", "HEXISTS",
            "HSCAN", "LRANGE", "LLEN", "LINDEX", "SMEMBERS", "SISMEMBER", "SMISMEMBER", "SCARD", "SSCAN", "ZRANGE", "ZSCORE", "ZCARD",
            "ZRANK", "ZCOUNT", "ZSCAN", "BITCOUNT", "GETBIT", "XRANGE", "XLEN", "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "UNSUBSCRIBE",
            "PUNSUBSCRIBE", "SUNSUBSCRIBE", "MULTI", "EXEC", "DISCARD", "WATCH", "UNWATCH",
            "CLIENT", "CLIENT GETNAME", "CLIENT SETNAME", "CLIENT SETINFO", "CLIENT ID", "CLIENT INFO", "CLIENT LIST", "CLIENT TRACKING",
            "CLIENT TRACKINGINFO", "CLIENT CACHING", "CLIENT REPLY", "CLIENT GETREDIR",
        ],
        ["memcached"] =
        [
            "GET", "GETS", "GETQ", "GETK", "GETKQ", "MG", "MN", "ME", "NOOP", "VERSION", "STATS", "STATS ITEMS", "STATS SLABS",
            "STATS SIZES", "STATS SETTINGS", "STATS CONNS", "STAT", "SASL-LIST-MECHS", "SASL-AUTH", "SASL-STEP", "QUIT", "QUITQ",
        ],
        // What is only looked at; commands in a query of before OP_MSG may be any.
        ["mongodb"] =
        [
            "FIND", "GETMORE", "COUNT", "DISTINCT", "PING", "HELLO", "ISMASTER", "BUILDINFO", "LISTCOLLECTIONS", "LISTDATABASES",
            "LISTINDEXES", "DBSTATS", "COLLSTATS", "CONNECTIONSTATUS", "WHATSMYURI", "SASLSTART", "SASLCONTINUE", "ENDSESSIONS",
        ],
        ["mqtt"] = ["CONNECT", "SUBSCRIBE", "UNSUBSCRIBE", "PINGREQ", "PUBACK", "PUBREC", "PUBCOMP", "DISCONNECT"],
        ["nats"] = ["CONNECT", "SUB", "UNSUB", "PING", "PONG"],
        // Who subscribes may take messages away from others.
        ["stomp"] = ["CONNECT", "STOMP", "UNSUBSCRIBE", "DISCONNECT"],
        ["amqp"] =
        [
            "AMQP", "CONNECTION.START-OK", "CONNECTION.SECURE-OK", "CONNECTION.TUNE-OK", "CONNECTION.OPEN", "CONNECTION.CLOSE",
            "CONNECTION.CLOSE-OK", "CHANNEL.OPEN", "CHANNEL.CLOSE", "CHANNEL.CLOSE-OK", "CHANNEL.FLOW", "CHANNEL.FLOW-OK", "BASIC.QOS",
            "BASIC.CANCEL", "BASIC.CANCEL-OK", "CONFIRM.SELECT", "TX.SELECT",
        ],
        // Metadata may make a topic, FindCoordinator the topic of offsets.
        ["kafka"] =
        [
            "APIVERSIONS", "FETCH", "LISTOFFSETS", "OFFSETFETCH", "OFFSETFORLEADEREPOCH", "SASLHANDSHAKE", "SASLAUTHENTICATE",
            "DESCRIBEGROUPS", "LISTGROUPS", "DESCRIBECONFIGS", "DESCRIBEACLS", "DESCRIBECLUSTER", "DESCRIBETOPICPARTITIONS",
        ],
        ["ldap"] = ["SEARCH", "COMPARE", "BIND", "UNBIND", "ABANDON", "EXTENDED STARTTLS", "EXTENDED WHOAMI"],
        ["imap"] =
        [
            "CAPABILITY", "NOOP", "LOGIN", "AUTHENTICATE", "STARTTLS", "ID", "ENABLE", "NAMESPACE", "LIST", "LSUB", "STATUS", "EXAMINE",
            "SEARCH", "SORT", "THREAD", "FETCH", "UID SEARCH", "UID SORT", "UID THREAD", "UID FETCH", "IDLE", "DONE", "UNSELECT", "LOGOUT",
        ],
        ["pop3"] = ["USER", "PASS", "APOP", "AUTH", "CAPA", "STLS", "STAT", "LIST", "UIDL", "TOP", "RETR", "NOOP", "RSET", "QUIT"],
        ["smtp"] = [.. OfSmtp],
        ["ftp"] = [.. OfFtp],
        ["commands"] = [.. OfFtp, .. OfSmtp],
        ["irc"] = ["PING", "PONG", "QUIT"],
        ["sip"] = ["OPTIONS"],
        // "Read/Write Multiple Registers" is another word.
        ["modbus"] = ["READ", "GET", "REPORT"],
        ["websocket"] = ["PING", "PONG", "CLOSE"],
        ["proxy"] = ["PROXY"],
        ["socks"] = ["CONNECT"],
    };

    // Of these the first word alone says nothing.
    private static readonly HashSet<string> TakeTwo = ["CLIENT", "STATS", "STAT", "EXTENDED", "UID"];

    /// <summary>Whether a request is one of them.</summary>
    /// <param name="protocol">Its protocol; null for none.</param>
    /// <param name="words">What it asks for, in its protocol's words.</param>
    public static bool Include(string? protocol, string words)
    {
        string[] parts = words.ToUpperInvariant().Split(' ', 3);
        string said = parts.Length > 1 && TakeTwo.Contains(parts[0]) ? $"{parts[0]} {parts[1]}" : parts[0];
        return ByProtocol.GetValueOrDefault(protocol ?? "", None).Contains(said);
    }
}
