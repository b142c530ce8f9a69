using System.Text;
using Trama.Framing;
using Trama.Replay.Recording;
using Trama.Replay.Sending;
using Trama.Tracing;

namespace Trama.Replay.Tests.Sending;

public class RequestRiskTests
{
    [Theory]
    [InlineData("postgresql", "select * from t where id=$1")]
    [InlineData("postgresql", "SELECT count(*), max(a) FROM t WHERE a IN (1, 2);")]
    [InlineData("postgresql", "begin")]
    [InlineData("postgresql", "Terminate")]
    [InlineData("mysql", "STMT_PREPARE select * from t where id=?")]
    [InlineData("mysql", "SET NAMES utf8mb4")]
    [InlineData("resp", "GET a")]
    [InlineData("resp", "CLIENT SETINFO lib-name x")]
    [InlineData("postgresql", "SELECT count(*) FROM t /* by shop */")]
    [InlineData("mysql", "SHOW CREATE TABLE t")]
    [InlineData("tds", "SET NOCOUNT ON SELECT [a] FROM [t] WHERE [b] IN (1)")]
    [InlineData("tds", "LOGIN7")]
    [InlineData("cassandra", "select * from t")]
    [InlineData("memcached", "get k +2")]
    [InlineData("memcached", "stats items")]
    [InlineData("imap", "FETCH 1 (FLAGS BODY.PEEK[] RFC822.SIZE)")]
    [InlineData("modbus", "Read Holding Registers 107")]
    [InlineData("ldap", "search dc=example")]
    [InlineData("amqp", "Connection.Open /")]
    [InlineData("mongodb", "find restaurants")]
    [InlineData("http1", "GET /a")]
    public void What_is_known_to_read_does_not_write(string protocol, string operation) =>
        Assert.False(RequestRisk.Writes(Request(protocol, operation)));

    [Theory]
    [InlineData("postgresql", "EXPLAIN ANALYZE DELETE FROM t")]
    [InlineData("postgresql", "explain (analyze) delete from t")]
    [InlineData("postgresql", "SELECT *\nINTO u FROM t")]
    [InlineData("postgresql", "SELECT setval('s', 1)")]
    [InlineData("postgresql", "select \"pg_terminate_backend\"(1), drop_all (2)")]
    [InlineData("postgresql", "SELECT 1; DELETE FROM t")]
    [InlineData("postgresql", "/* x */ DELETE FROM t")]
    [InlineData("mysql", "/*!50000 DELETE FROM t */")]
    [InlineData("mysql", "STMT_PREPARE insert into t values(?,?)")]
    [InlineData("mysql", "SET GLOBAL read_only = 1")]
    [InlineData("mysql", "SET @@global.read_only = 1")]
    [InlineData("mysql", "SET PASSWORD = 'x'")]
    [InlineData("mysql", "START REPLICA")]
    [InlineData("resp", "CLIENT KILL")]
    [InlineData("resp", "SET a")]
    [InlineData("postgresql", "SELECT setval/* x */('s', 1)")]
    [InlineData("postgresql", "SELECT setval -- x\n ('s', 1)")]
    [InlineData("postgresql", "SELECT evil.count(1)")]
    [InlineData("postgresql", "SELECT функция(1)")]
    [InlineData("postgresql", "WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d")]
    [InlineData("postgresql", "COPY t FROM STDIN")]
    [InlineData("postgresql", "CALL p()")]
    [InlineData("postgresql", "DO $$ BEGIN END $$")]
    [InlineData("postgresql", "ROLLBACK PREPARED 'x'")]
    [InlineData("postgresql", "FunctionCall")]
    [InlineData("postgresql", "CancelRequest")]
    [InlineData("mysql", "SELECT 1 INTO OUTFILE '/tmp/a'")]
    [InlineData("mysql", "SELECT NEXT VALUE FOR s")]
    [InlineData("mysql", "SET STATEMENT max_statement_time=1 FOR DELETE FROM t")]
    [InlineData("mysql", "SET DEFAULT ROLE ALL TO me")]
    [InlineData("mysql", "STMT_PREPARE frobnicate t")]
    [InlineData("mysql", "select a, b, c …")]
    [InlineData("mysql", "SHUTDOWN")]
    [InlineData("tds", "SET NOCOUNT ON EXEC dbo.x")]
    [InlineData("tds", "SELECT 1 DROP TABLE users")]
    [InlineData("tds", "SELECT 1 KILL 51")]
    [InlineData("tds", "SHOW")]
    [InlineData("tds", "RPC sp_executesql")]
    [InlineData("tds", "BULK LOAD")]
    [InlineData("resp", "EVAL return")]
    [InlineData("resp", "GETDEL a")]
    [InlineData("resp", "GETEX a")]
    [InlineData("resp", "SORT a")]
    [InlineData("memcached", "stats reset")]
    [InlineData("memcached", "touch k")]
    [InlineData("memcached", "gat k")]
    [InlineData("memcached", "flush_all")]
    [InlineData("imap", "FETCH 1 BODY[]")]
    [InlineData("imap", "UID FETCH 1 (RFC822)")]
    [InlineData("imap", "UID STORE 1 +FLAGS")]
    [InlineData("irc", "CONNECT hub.example.org")]
    [InlineData("sip", "SUBSCRIBE sip:bob@example.org")]
    [InlineData("modbus", "Read/Write Multiple Registers 1")]
    [InlineData("ldap", "extended passwordModify")]
    [InlineData("amqp", "Basic.Consume jobs")]
    [InlineData("kafka", "Metadata orders")]
    [InlineData("kafka", "CreateTopics orders")]
    [InlineData("mongodb", "aggregate restaurants")]
    [InlineData("ftp", "STOR a")]
    [InlineData("ftp", "SITE CHMOD")]
    [InlineData("http1", "get /a")]
    [InlineData("http1", "GET /a?_method=DELETE")]
    [InlineData("grpc", "POST /a.B/Get")]
    [InlineData("mongodb", "query restaurants")]
    public void What_is_not_known_to_read_writes(string protocol, string operation) =>
        Assert.True(RequestRisk.Writes(Request(protocol, operation)));

    [Fact]
    public void A_statement_that_is_longer_than_what_is_kept_writes() =>
        Assert.True(RequestRisk.Writes(Request("mysql", $"SELECT '{new string('a', 140)}…")));

    [Fact]
    public void Every_statement_of_a_pipeline_counts()
    {
        byte[] parse = [(byte)'P', 0, 0, 0, 23, 0, .. "DELETE FROM cats"u8, 0, 0, 0];
        Assert.True(RequestRisk.Writes(Request("postgresql", "SELECT 1", parse)));
        Assert.False(RequestRisk.Writes(Request("postgresql", "SELECT 1", [])));
    }

    [Theory]
    [InlineData("resp", "SHUTDOWN NOSAVE")]
    [InlineData("nats", "PUB svc.echo")]
    [InlineData("fix", "Logout")]
    public void A_goodbye_and_an_answer_write_unless_known_not_to(string protocol, string words) => Assert.All(
        new[] { MessageTraits.Goodbye, MessageTraits.Answers },
        traits => Assert.True(RequestRisk.Writes(Request(protocol, words) with { Traits = traits })));

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    public void Of_DNS_only_a_query_reads(byte opcode, bool writes) => Assert.Equal(writes, RequestRisk.Writes(
        Request("dns", "UPDATE SOA example.org", [0, 12, 0, 1, (byte)(opcode << 3), 0, 0, 0, 0, 0, 0, 0, 0, 0])));

    [Fact]
    public void A_batch_that_is_longer_than_what_is_kept_is_read_to_its_end()
    {
        byte[] Batch(string statement)
        {
            byte[] text = [4, 0, 0, 0, .. Encoding.Unicode.GetBytes(statement)];
            int length = 8 + text.Length;
            return [1, 1, (byte)(length >> 8), (byte)length, 0, 0, 1, 0, .. text];
        }

        string spaces = new(' ', 3000);
        Assert.True(RequestRisk.Writes(Request("tds", "SELECT 1", Batch($"SELECT 1{spaces}DROP TABLE users"))));
        Assert.False(RequestRisk.Writes(Request("tds", "SELECT 1…", Batch($"SELECT 1{spaces}WHERE 1=1"))));
    }

    [Fact]
    public void A_query_is_read_as_it_was_said()
    {
        byte[] Query(string statement) => [(byte)(statement.Length + 1), 0, 0, 0, 3, .. Encoding.ASCII.GetBytes(statement)];
        Assert.True(RequestRisk.Writes(Request("mysql", "SELECT 1", Query("SELECT 1 /*!50000 INTO OUTFILE '/tmp/a' */"))));
        Assert.False(RequestRisk.Writes(Request("mysql", "SELECT 1…", Query($"SELECT {new string('1', 200)}"))));
        Assert.True(RequestRisk.Writes(Request("mysql", "SELECT 1", Query("SELECT 1")) with { Length = 400 }));
    }

    [Theory]
    [InlineData("http1", "GET /a", "GET /a HTTP/1.1\r\nX-HTTP-Method-Override: DELETE\r\n\r\n")]
    [InlineData("memcached", "mg k", "mg k v T30\r\n")]
    [InlineData("nats", "SUB jobs", "SUB jobs workers 1\r\n")]
    [InlineData("mqtt", "CONNECT me", "\x10\x0e\0\x04MQTT\x04\x02\0\x3c\0\x02me")]
    public void What_beside_its_words_makes_a_request_write(string protocol, string operation, string said) =>
        Assert.True(RequestRisk.Writes(Request(protocol, operation, Encoding.Latin1.GetBytes(said))));

    [Theory]
    [InlineData("http1", "GET /a", "GET /a HTTP/1.1\r\nHost: h\r\n\r\n")]
    [InlineData("memcached", "mg k", "mg key v\r\n")]
    [InlineData("nats", "SUB jobs", "SUB jobs 1\r\n")]
    [InlineData("mqtt", "CONNECT", "\x10\x0c\0\x04MQTT\x04\x02\0\x3c\0\0")]
    public void What_says_no_more_than_its_words_reads(string protocol, string operation, string said) =>
        Assert.False(RequestRisk.Writes(Request(protocol, operation, Encoding.Latin1.GetBytes(said))));

    [Theory]
    [InlineData("http1", "GET /a", "GET /a HTTP/1.1\r\nX-Api-Key: k\r\n\r\n")]
    [InlineData("http1", "GET /a", "GET /a?access_token=k HTTP/1.1\r\nHost: h\r\n\r\n")]
    [InlineData("http1", "GET http://h/", "GET http://me:k@h/ HTTP/1.1\r\n\r\n")]
    [InlineData("http1", "POST /login", "POST /login HTTP/1.1\r\nHost: h\r\n\r\nuser=me&password=k")]
    [InlineData("http1", "GET /s", "GET /s?sv=2020&sig=abcd HTTP/1.1\r\nHost: h\r\n\r\n")]
    [InlineData("http1", "GET /s", "GET /s?key=AIzaSyABC HTTP/1.1\r\nHost: h\r\n\r\n")]
    [InlineData("http1", "GET /s", "GET /s;jsessionid=AB HTTP/1.1\r\nHost: h\r\n\r\n")]
    [InlineData("http1", "GET /s", "GET /s HTTP/1.1\r\nX-Session-Id: 8a7b\r\n\r\n")]
    [InlineData("http1", "GET /s", "GET /s HTTP/1.1\r\nX-A: eyJhbGciOiJIUzI1NiJ9.e30.abc\r\n\r\n")]
    [InlineData("http1", "GET /s", "GET /s HTTP/1.1\r\nReferer: http://me:k@h/\r\n\r\n")]
    [InlineData("http1", "POST /s", "POST /s HTTP/1.1\r\nHost: h\r\n\r\nuser=a&pwd=abcd")]
    [InlineData("http1", "POST /s", "POST /s HTTP/1.1\r\nHost: h\r\n\r\n{\"apiKey\":\"a\"}")]
    [InlineData(null, "", "user=a&pwd=abcd")]
    [InlineData("resp", "HELLO 3", "*5\r\n$5\r\nHELLO\r\n$1\r\n3\r\n$4\r\nAUTH\r\n$2\r\nme\r\n$1\r\nk\r\n")]
    [InlineData("resp", "AUTH", "")]
    [InlineData("kafka", "SaslAuthenticate", "")]
    [InlineData("mongodb", "saslStart admin", "")]
    [InlineData("amqp", "Connection.Start-Ok PLAIN", "")]
    [InlineData("tds", "LOGIN7 sa", "")]
    [InlineData("fix", "Logon", "")]
    [InlineData("cassandra", "AUTH_RESPONSE", "")]
    [InlineData("stomp", "STOMP", "")]
    [InlineData("ldap", "bind User1", "")]
    [InlineData("mysql", "CREATE USER me IDENTIFIED BY 'k'", "")]
    public void What_lets_somebody_in_is_a_credential(string? protocol, string operation, string said) =>
        Assert.True(RequestCredentials.Has(Request(protocol, operation, Encoding.ASCII.GetBytes(said))));

    [Theory]
    [InlineData("http1", "GET /a", "GET /a?b=c HTTP/1.1\r\nHost: h\r\nAccept: text/html\r\n\r\n")]
    [InlineData("resp", "HELLO 3", "*2\r\n$5\r\nHELLO\r\n$1\r\n3\r\n")]
    [InlineData("kafka", "Fetch orders", "")]
    public void What_names_nobody_is_none(string protocol, string operation, string said) =>
        Assert.False(RequestCredentials.Has(Request(protocol, operation, Encoding.ASCII.GetBytes(said))));

    private static RecordedMessage Request(string? protocol, string operation, byte[]? bytes = null) => new()
    {
        From = Side.Client,
        AtNs = 0,
        EndNs = 0,
        Offset = 0,
        Bytes = bytes ?? [],
        Length = bytes?.Length ?? 0,
        Protocol = protocol,
        Operation = Encoding.UTF8.GetBytes(operation),
        IsComplete = true,
    };
}
