namespace Trama.Replay.Sending.Risks;

/// <summary>How statements of one kind of server are told to read.</summary>
/// <param name="Reading">The words with which those begin that may only read.</param>
/// <param name="Commands">What its protocol says beside statements that changes nothing, by its first word.</param>
/// <param name="IsBatch">Whether statements follow one another without anything between them.</param>
internal sealed record SqlSpeech(HashSet<string> Reading, HashSet<string> Commands, bool IsBatch)
{
    private static readonly SqlSpeech Postgresql = new(
        Of("SELECT SHOW EXPLAIN BEGIN START COMMIT ROLLBACK SET TABLE VALUES"),
        Of("STARTUP SSLREQUEST GSSENCREQUEST PASSWORD TERMINATE SYNC FLUSH CLOSE PARSE BIND DESCRIBE"), IsBatch: false);

    private static readonly SqlSpeech Mysql = new(
        Of("SELECT SHOW EXPLAIN DESCRIBE DESC BEGIN START COMMIT ROLLBACK SET USE TABLE VALUES"),
        Of("LOGIN PASSWORD SSLREQUEST PING QUIT INIT_DB CHANGE_USER RESET_CONNECTION STATISTICS FIELD_LIST SET_OPTION STMT_CLOSE STMT_RESET"
            + " STMT_FETCH STMT_SEND_LONG_DATA"), IsBatch: false);

    private static readonly SqlSpeech Tds = new(
        Of("SELECT BEGIN COMMIT ROLLBACK SET USE"), Of("PRELOGIN LOGIN7 SSPI FEDAUTH TLS TRANSACTION ATTENTION"), IsBatch: true);

    private static readonly SqlSpeech Cassandra = new(Of("SELECT USE"), Of("STARTUP OPTIONS REGISTER AUTH_RESPONSE"), IsBatch: false);

    /// <summary>That of a protocol; null where it has no statements.</summary>
    public static SqlSpeech? OfProtocol(string? protocol) => protocol switch
    {
        "postgresql" => Postgresql,
        "mysql" => Mysql,
        "tds" => Tds,
        "cassandra" => Cassandra,
        _ => null,
    };

    private static HashSet<string> Of(string words) => new(words.Split(' '), StringComparer.OrdinalIgnoreCase);
}
