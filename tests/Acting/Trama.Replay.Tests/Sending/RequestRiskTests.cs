using System.Text;
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
    [InlineData("grpc", "POST /a.B/Get")]
    [InlineData("mongodb", "query restaurants")]
    public void What_is_not_known_to_read_writes(string protocol, string operation) =>
        Assert.True(RequestRisk.Writes(Request(protocol, operation)));

    [Fact]
    public void A_statement_that_is_longer_than_what_is_kept_writes() =>
        Assert.True(RequestRisk.Writes(Request("mysql", $"SELECT '{new string('a', 4000)}'")));

    [Fact]
    public void Every_statement_of_a_pipeline_counts()
    {
        byte[] parse = [(byte)'P', 0, 0, 0, 23, 0, .. "DELETE FROM cats"u8, 0, 0, 0];
        Assert.True(RequestRisk.Writes(Request("postgresql", "SELECT 1", parse)));
        Assert.False(RequestRisk.Writes(Request("postgresql", "SELECT 1", [])));
    }

    [Theory]
    [InlineData("http1", "GET /a", "GET /a HTTP/1.1\r\nX-Api-Key: k\r\n\r\n")]
    [InlineData("http1", "GET /a", "GET /a?access_token=k HTTP/1.1\r\nHost: h\r\n\r\n")]
    [InlineData("http1", "GET http://h/", "GET http://me:k@h/ HTTP/1.1\r\n\r\n")]
    [InlineData("http1", "POST /login", "POST /login HTTP/1.1\r\nHost: h\r\n\r\nuser=me&password=k")]
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
    public void What_lets_somebody_in_is_a_credential(string protocol, string operation, string said) =>
        Assert.True(RequestCredentials.Has(Request(protocol, operation, Encoding.ASCII.GetBytes(said))));

    [Theory]
    [InlineData("http1", "GET /a", "GET /a?b=c HTTP/1.1\r\nHost: h\r\nAccept: text/html\r\n\r\n")]
    [InlineData("resp", "HELLO 3", "*2\r\n$5\r\nHELLO\r\n$1\r\n3\r\n")]
    [InlineData("kafka", "Fetch orders", "")]
    public void What_names_nobody_is_none(string protocol, string operation, string said) =>
        Assert.False(RequestCredentials.Has(Request(protocol, operation, Encoding.ASCII.GetBytes(said))));

    private static RecordedMessage Request(string protocol, string operation, byte[]? bytes = null) => new()
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
