using System.Text;
using Trama.Framing;
using Trama.Replay.Adapting;
using Trama.Replay.Adapting.Postgresql;
using Trama.Replay.Recording;
using Trama.Tracing;

namespace Trama.Replay.Sending;

/// <summary>What saying a request again may do. What is not known to read is taken to write.</summary>
public static class RequestRisk
{
    private static readonly HashSet<string> SafeMethods = ["GET", "HEAD", "OPTIONS", "TRACE"];

    private static readonly HashSet<string> ReadingRedis =
    [
        "GET", "MGET", "STRLEN", "GETRANGE", "EXISTS", "TTL", "PTTL", "TYPE", "KEYS", "SCAN", "RANDOMKEY", "DBSIZE", "PING", "ECHO",
        "HELLO", "AUTH", "SELECT", "COMMAND", "INFO", "CLIENT", "TIME", "QUIT", "HGET", "HMGET", "HGETALL", "HKEYS", "HVALS",
        "HLEN", "HEXISTS", "HSCAN", "LRANGE", "LLEN", "LINDEX", "SMEMBERS", "SISMEMBER", "SCARD", "SSCAN", "ZRANGE", "ZSCORE",
        "ZCARD", "ZRANK", "ZCOUNT", "ZSCAN", "BITCOUNT", "GETBIT", "XRANGE", "XLEN", "SUBSCRIBE", "PSUBSCRIBE", "UNSUBSCRIBE",
        "PUNSUBSCRIBE", "MULTI", "EXEC", "DISCARD", "WATCH",
    ];

    private static readonly HashSet<string> ReadingOthers =
    [
        "GET", "GETS", "STATS", "VERSION", "QUIT", "MG", "MN", "NOOP", "CONNECT", "SUBSCRIBE", "UNSUBSCRIBE", "PINGREQ",
        "DISCONNECT", "PUBACK", "PUBREC", "PUBCOMP", "SUB", "UNSUB", "PING", "PONG", "SEARCH", "BIND", "UNBIND", "CAPA", "STAT",
        "LIST", "RETR", "NLST", "USER", "PASS", "PWD", "CWD", "SYST", "FEAT", "TYPE", "PASV", "EPSV", "EHLO", "HELO", "FETCH",
        "EXAMINE", "STATUS",
    ];

    private static readonly HashSet<string> ReadingFtp =
    [
        "USER", "PASS", "ACCT", "CWD", "CDUP", "PWD", "XCWD", "XCUP", "XPWD", "PORT", "PASV", "EPRT", "EPSV", "TYPE", "STRU", "MODE",
        "REST", "RETR", "LIST", "NLST", "MLSD", "MLST", "SIZE", "MDTM", "STAT", "SYST", "FEAT", "HELP", "NOOP", "OPTS",
        "CLNT", "LANG", "HOST",
        "ABOR", "QUIT",
    ];

    private static readonly HashSet<string> ReadingClient =
        ["", "GETNAME", "SETNAME", "SETINFO", "ID", "INFO", "LIST", "TRACKING", "TRACKINGINFO", "CACHING", "REPLY", "GETREDIR"];

    /// <summary>What the client of a recorded connection says when it is played.</summary>
    public static IEnumerable<RecordedMessage> Requests(RecordedConnection recorded)
    {
        RecordedConnection played = recorded.IsSealed ? recorded : new Adaptations().Of(recorded.Protocol).ToSend(recorded);
        return played.Messages.Where(message => message.From == Side.Client);
    }

    /// <summary>Whether a request may change something on the server.</summary>
    public static bool Writes(RecordedMessage request)
    {
        if ((request.Traits & (MessageTraits.Goodbye | MessageTraits.Answers)) != 0) return false;
        string operation = Encoding.UTF8.GetString(request.Operation.Span), verb = Verb(operation);
        return request.Protocol switch
        {
            "http1" or "http2" => !SafeMethods.Contains(verb),
            "postgresql" => SqlRisk.Writes(operation) || Statements(request.Bytes.Span).Exists(SqlRisk.Writes),
            "mysql" or "tds" or "cassandra" => SqlRisk.Writes(operation),
            "resp" => !ReadingRedis.Contains(verb) || verb == "CLIENT" && !ReadingClient.Contains(Verb(operation[verb.Length..].Trim())),
            "dns" => false,
            "ftp" => !ReadingFtp.Contains(verb),
            "commands" => !ReadingFtp.Contains(verb) && !ReadingOthers.Contains(verb),
            _ => !ReadingOthers.Contains(verb),
        };
    }

    // One request may hold several: whatever is said up to Sync has one reply.
    private static List<string> Statements(ReadOnlySpan<byte> said)
    {
        List<string> statements = [];
        for (var frames = new PostgresqlFrames(said); frames.TryNext();)
        {
            ReadOnlySpan<byte> body = frames.Body;
            if (frames.Type == (byte)'P') body = body[(body.IndexOf((byte)0) + 1)..];
            else if (frames.Type != (byte)'Q') continue;
            int end = body.IndexOf((byte)0);
            string statement = Encoding.UTF8.GetString(end < 0 ? body : body[..end]);
            // What says nothing changes nothing.
            if (!string.IsNullOrWhiteSpace(statement)) statements.Add(statement);
        }

        return statements;
    }

    private static string Verb(string operation) => operation.Split(' ', 2)[0].TrimEnd(';').ToUpperInvariant();
}
