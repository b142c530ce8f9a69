using Trama.Framing.Postgresql;
using static Trama.Framing.Tests.Postgresql.PostgresqlMessages;

namespace Trama.Framing.Tests.Postgresql;

public class PostgresqlTests
{
    public static TheoryData<int> Pieces => [1, 3, 7, 100_000];

    [Theory, MemberData(nameof(Pieces))]
    public void A_session_opens_asks_and_ends(int pieceLength) => Expect(
        pieceLength,
        [
            (Direction.ToServer, SslRequest),
            (Direction.ToClient, "N"u8.ToArray()),
            (Direction.ToServer, Startup),
            (Direction.ToClient, Of("R", "\0\0\0\u0003")),
            (Direction.ToServer, Of("p", "hunter2|")),
            (Direction.ToClient, Join(Of("R", "\0\0\0\0"), Of("S", "TimeZone|UTC|"), Of("K", "12345678"), Ready)),
            (Direction.ToServer, Of("Q", "select  1|")),
            (Direction.ToClient, Join(Of("T", "\0\0"), Of("D", "\0\0"), Of("C", "SELECT 1|"), Ready)),
            (Direction.ToServer, Of("Q", "selec|")),
            (Direction.ToClient, Join(Error("42601", "syntax error"), Ready)),
            (Direction.ToServer, Of("X", "")),
        ],
        """
        >: SSLRequest
        <: N
        >: startup user=ana
        <: AuthenticationCleartextPassword
        >: password
        <: ReadyForQuery
        >: select 1 ~ select ?
        <: SELECT 1
        >: selec ~ selec
        <: 42601 syntax error failed
        >: Terminate [NoReply, Goodbye]
        """);

    [Theory, MemberData(nameof(Pieces))]
    public void Each_statement_of_a_pipeline_is_one_operation(int pieceLength) => Expect(
        pieceLength,
        [
            (Direction.ToServer, Join(Run("insert into t values ($1)"), Run("update t set a = 5"), Of("S", ""))),
            (Direction.ToClient, Join(Completed("INSERT 0 1"), Completed("UPDATE 3"), Ready)),
        ],
        pieceLength == 1
            ? """
            >: insert into t values ($1) ~ insert into t values ($1)
            >: update t set a = 5 ~ update t set a = ?
            >: Sync
            <: INSERT 0 1
            <: UPDATE 3
            <: ReadyForQuery
            """
            : null);

    [Fact]
    public void An_error_passes_over_everything_up_to_the_next_sync() => Expect(
        100_000,
        [
            (Direction.ToServer, Join(Run("insert into t values (1)"), Run("insert into t values (2)"), Run("insert into t values (3)"),
                Of("S", ""))),
            (Direction.ToClient, Join(Of("1", ""), Of("2", ""), Error("23505", "duplicate key"), Ready)),
            (Direction.ToServer, Join(Run("select 1"), Of("S", ""))),
            (Direction.ToClient, Join(Completed("SELECT 1"), Ready)),
        ],
        """
        >: insert into t values (1) ~ insert into t values (?)
        >: insert into t values (2) ~ insert into t values (?)
        >: insert into t values (3) ~ insert into t values (?)
        <: 23505 duplicate key failed
        <: skipped after an error failed [Answers]
        <: skipped after an error failed
        >: select 1 ~ select ?
        <: SELECT 1
        """);

    [Fact]
    public void A_portal_runs_the_statement_that_its_name_was_given_last() => Expect(
        100_000,
        [
            (Direction.ToServer, Join(Of("P", "one|select a from t||"), Of("D", "Sone|"), Of("S", ""))),
            (Direction.ToClient, Join(Of("1", ""), Of("t", "\0\0"), Of("n", ""), Ready)),
            (Direction.ToServer, Join(Of("B", "p|one|||||||"), Of("E", "p|||||"), Of("S", ""))),
            (Direction.ToClient, Join(Of("2", ""), Of("C", "SELECT 0|"), Ready)),
            (Direction.ToServer, Join(Of("C", "Sone|"), Of("S", ""), Of("B", "p|one|||||||"), Of("E", "p|||||"), Of("S", ""))),
            (Direction.ToClient, Join(Of("3", ""), Ready, Error("26000", "no such statement"), Ready)),
        ],
        """
        >: Parse select a from t
        <: ReadyForQuery
        >: select a from t ~ select a from t
        <: SELECT 0
        >: Close one
        >: 
        <: ReadyForQuery
        <: 26000 no such statement failed
        """);

    [Fact]
    public void What_the_server_tells_unasked_answers_nothing() => Expect(
        100_000,
        [
            (Direction.ToServer, Of("Q", "listen news|")),
            (Direction.ToClient, Join(Of("C", "LISTEN|"), Ready)),
            (Direction.ToClient, Of("A", "\0\0\0\u0001news|hello|")),
            (Direction.ToServer, Of("Q", "copy t from stdin|")),
            (Direction.ToClient, Of("G", "\0\0\0")),
            (Direction.ToServer, Join(Of("d", "1\n"), Of("d", "2\n"), Of("c", ""))),
            (Direction.ToClient, Join(Of("C", "COPY 2|"), Ready)),
            (Direction.ToClient, Of("E", "SFATAL|VFATAL|C57P01|Mshut down||")),
        ],
        """
        >: listen news ~ listen news
        <: LISTEN
        <: NOTIFY news [Unsolicited]
        >: copy t from stdin ~ copy t from stdin
        <: COPY IN
        >: COPY data
        <: COPY 2
        <: 57P01 shut down failed [Unsolicited, Goodbye]
        """);

    [Theory]
    [InlineData("Q", "select * from orders where customer = 17|")]
    [InlineData("P", "S_1|insert into orders values ($1, $2)||")]
    public void Its_statements_are_known_by_themselves(string type, string body) =>
        Assert.Equal(Likeness.Yes, new PostgresqlProtocol().Resembles(Direction.ToServer, Of(type, body), isHinted: false));

    [Theory]
    [InlineData("QUIT\r\n")]
    [InlineData("PING\r\n")]
    [InlineData("POST / HTTP/1.1\r\n\r\n")]
    public void Other_protocols_are_not_its(string text) =>
        Assert.Equal(Likeness.No, new PostgresqlProtocol()
            .Resembles(Direction.ToServer, System.Text.Encoding.ASCII.GetBytes(text), isHinted: true));

    private static void Expect(int pieceLength, (Direction, byte[])[] said, string? log)
    {
        List<string> told = FramedMessages.Of(new PostgresqlProtocol().Create(), pieceLength, said).Log;
        if (log is not null) Assert.Equal(log, string.Join('\n', told));
        else Assert.Contains("<: UPDATE 3", told);
    }
}
