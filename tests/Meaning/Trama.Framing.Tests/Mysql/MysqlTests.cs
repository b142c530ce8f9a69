using System.Text;
using Trama.Framing.Mysql;
using static Trama.Framing.Tests.Mysql.MysqlMessages;

namespace Trama.Framing.Tests.Mysql;

public class MysqlTests
{
    public static TheoryData<int> Pieces => [1, 3, 7, 100_000];

    [Theory, MemberData(nameof(Pieces))]
    public void A_session_opens_asks_and_ends(int pieceLength) => Expect(
        pieceLength,
        [
            (Direction.ToClient, Greeting("5.5.5-10.11.19-MariaDB")),
            (Direction.ToServer, Login(Usual)),
            (Direction.ToClient, Packet(2, [0xfe, .. Text("caching_sha2_password|saltsalt|")])),
            (Direction.ToServer, Packet(3, "hunter2"u8.ToArray())),
            (Direction.ToClient, Join(Packet(4, 1, 3), Ok(5))),
            (Direction.ToServer, Query("select  a from t where b = 'x'")),
            (Direction.ToClient, Rows(3, hasEnds: true)),
            (Direction.ToServer, Query("insert into t values (1), (2)")),
            (Direction.ToClient, Ok(affected: 2)),
            (Direction.ToServer, Query("select * from nope")),
            (Direction.ToClient, Error(1, 1146, "42S02", "Table 'shop.nope' doesn't exist")),
            (Direction.ToServer, Command(2, "other")),
            (Direction.ToClient, Ok()),
            (Direction.ToServer, Command(9)),
            (Direction.ToClient, Packet(1, "Uptime: 5"u8.ToArray())),
            (Direction.ToServer, Command(4, "t|")),
            (Direction.ToClient, Join(Definition(1), Definition(2), Packet(3, 0xfe, 0, 0, 2, 0))),
            (Direction.ToServer, Command(14)),
            (Direction.ToClient, Ok()),
            (Direction.ToServer, Command(1)),
        ],
        """
        <:  = MySQL 10.11.19-MariaDB [Unsolicited]
        >: login user=ana database=shop
        <: AuthSwitchRequest caching_sha2_password
        >: password
        <: OK
        >: select a from t where b = 'x' ~ select a from t where b = ?
        <: 3 rows
        >: insert into t values (1), (2) ~ insert into t values (?), (?)
        <: OK, 2 rows affected
        >: select * from nope ~ select * from nope
        <: 1146 42S02 Table 'shop.nope' doesn't exist failed
        >: INIT_DB other
        <: OK
        >: STATISTICS
        <: Uptime: 5
        >: FIELD_LIST t
        <: 2 fields
        >: PING
        <: OK
        >: QUIT [NoReply, Goodbye]
        """);

    [Theory]
    [InlineData(true, true, 100_000)]
    [InlineData(false, true, 100_000)]
    [InlineData(true, true, 1)]
    [InlineData(false, true, 1)]
    [InlineData(true, false, 100_000)]
    [InlineData(false, false, 100_000)]
    public void Results_end_where_they_end_whatever_was_agreed_on_their_ends(bool hasEnds, bool isLoginSeen, int pieceLength)
    {
        (Direction, byte[])[] login =
        [
            (Direction.ToClient, Greeting("8.0.36")),
            (Direction.ToServer, Login(Usual | (hasEnds ? 0 : DeprecateEof))),
            (Direction.ToClient, Ok(2)),
        ];
        (Direction, byte[])[] commands =
        [
            (Direction.ToServer, Command(22, "select a from t where b = ? and c = ?")),
            (Direction.ToClient, Prepared(7, parameters: 2, columns: 1, hasEnds)),
            (Direction.ToServer, Execute(7)),
            (Direction.ToClient, Rows(0, hasEnds)),
            (Direction.ToServer, Command(22, "delete from t where b = ?")),
            (Direction.ToClient, Prepared(8, parameters: 1, columns: 0, hasEnds)),
            (Direction.ToServer, Execute(8)),
            (Direction.ToClient, Ok(affected: 1)),
            (Direction.ToServer, Query("call p()")),
            (Direction.ToClient, Rows(1, hasEnds, flags: 10)),
            (Direction.ToClient, Join(Rows(2, hasEnds, sequence: 6, flags: 10, columns: 2), Ok(sequence: 14))),
            (Direction.ToServer, Packet(0, [28, .. Number(7), 5, 0, 0, 0])),
            (Direction.ToClient, Join(Packet(1, 0, 0, 1, 0, 0, 0), Packet(2, 0, 0, 2, 0, 0, 0), Packet(3, 0xfe, 0, 0, 0x82, 0))),
            (Direction.ToServer, Join(Packet(0, [25, .. Number(7)]), Packet(0, [24, .. Number(8), 0, 0, .. "long"u8]), Execute(7))),
            (Direction.ToClient, Error(1, 1243, "HY000", "Unknown prepared statement handler (7) given to mysqld_stmt_execute")),
        ];
        Expect(
            pieceLength,
            isLoginSeen ? [.. login, .. commands] : commands,
            (isLoginSeen
                ? """
                <:  = MySQL 8.0.36 [Unsolicited]
                >: login user=ana database=shop
                <: OK

                """
                : "")
            + """
            >: STMT_PREPARE select a from t where b = ? and c = ? ~ STMT_PREPARE select a from t where b = ? and c = ?
            <: OK
            >: select a from t where b = ? and c = ? ~ select a from t where b = ? and c = ?
            <: 0 rows
            >: STMT_PREPARE delete from t where b = ? ~ STMT_PREPARE delete from t where b = ?
            <: OK
            >: delete from t where b = ? ~ delete from t where b = ?
            <: OK, 1 row affected
            >: call p() ~ call p()
            <: 1 row; 2 rows; OK
            >: STMT_FETCH select a from t where b = ? and c = ? ~ STMT_FETCH select a from t where b = ? and c = ?
            <: 2 rows
            >: STMT_CLOSE 7 ~ STMT_CLOSE [NoReply]
            >: STMT_SEND_LONG_DATA 8 ~ STMT_SEND_LONG_DATA [NoReply]
            >:  = statement unknown
            <: 1243 HY000 Unknown prepared statement handler (7) given to mysqld_stmt_execute failed
            """);
    }

    [Theory, MemberData(nameof(Pieces))]
    public void A_file_of_the_client_s_is_asked_for_and_given(int pieceLength) => Expect(
        pieceLength,
        [
            (Direction.ToServer, Query("load data local infile 'x.csv' into table t")),
            (Direction.ToClient, Packet(1, [0xfb, .. "x.csv"u8])),
            (Direction.ToServer, Join(Packet(2, "1\n2\n"u8.ToArray()), Packet(3, "3\n"u8.ToArray()), Packet(4))),
            (Direction.ToClient, Ok(5, affected: 3)),
            (Direction.ToServer, Command(14)),
            (Direction.ToClient, Ok()),
        ],
        """
        >: load data local infile 'x.csv' into table t ~ load data local infile ? into table t
        <: LOCAL INFILE x.csv
        >: LOCAL INFILE data
        <: OK, 3 rows affected
        >: PING
        <: OK
        """);

    [Fact]
    public void A_payload_of_the_greatest_length_goes_on_in_the_next_packet()
    {
        byte[] text = [3, .. Text("insert into t values ('"), .. Enumerable.Repeat((byte)'x', 0x100_0000), .. "')"u8];
        byte[] query = Join(Packet(0, text[..0xff_ffff]), Packet(1, text[0xff_ffff..]));
        byte[] row = [0xfe, 0, 0, 0, 1, 0, 0, 0, 0, .. Enumerable.Repeat((byte)'y', 0x100_0000)];
        List<string> told = FramedMessages.Of(
            new MysqlProtocol().Create(),
            1_000_000,
            (Direction.ToServer, query),
            (Direction.ToClient, Ok(2, affected: 1)),
            (Direction.ToServer, Query("select a from t")),
            (Direction.ToClient, Join(Packet(1, 1), Definition(2), Packet(3, row[..0xff_ffff]), Packet(4, row[0xff_ffff..]))),
            (Direction.ToClient, Packet(5, 0xfe, 0, 0, 2, 0, 0, 0))).Log;
        Assert.StartsWith(">: insert into t values ('xxx", told[0], StringComparison.Ordinal);
        Assert.Equal(["<: OK, 1 row affected", ">: select a from t ~ select a from t", "<: 1 row"], told[1..]);
    }

    [Fact]
    public void MariaDB_tells_its_progress_leaves_out_definitions_and_executes_what_was_prepared_last() => Expect(
        100_000,
        [
            (Direction.ToServer, Join(Command(22, "select a from t"), Execute(uint.MaxValue))),
            (Direction.ToClient, Prepared(1, 0, 1, hasEnds: false)),
            (Direction.ToClient, Join(Packet(1, 1, 1), Definition(2), Packet(3, 0xfe, 0, 0, 2, 0, 0, 0))),
            (Direction.ToServer, Execute(1)),
            (Direction.ToClient, Join(Packet(1, 1, 0), Packet(2, 0, 0, 1), Packet(3, 0xfe, 0, 0, 2, 0, 0, 0))),
            (Direction.ToServer, Query("alter table t engine = aria")),
            (Direction.ToClient, Join(Packet(1, 0xff, 0xff, 0xff, 1, 1, 2, 0, 0, 0, 1, (byte)'x'), Ok(2))),
            (Direction.ToServer, Packet(0, [0xfa, .. Number(1), 128, 0, 3, 0, 0, 1])),
            (Direction.ToClient, Ok(affected: 4)),
        ],
        """
        >: STMT_PREPARE select a from t ~ STMT_PREPARE select a from t
        >: select a from t ~ select a from t
        <: OK
        <: 0 rows
        >: select a from t ~ select a from t
        <: 1 row
        >: alter table t engine = aria ~ alter table t engine = aria
        <: OK
        >: select a from t ~ select a from t
        <: OK, 4 rows affected
        """);

    [Fact]
    public void What_the_server_says_unasked_answers_nothing() => Expect(
        100_000,
        [
            (Direction.ToServer, Command(18, "12345678901")),
            (Direction.ToClient, Join(Packet(1, 0, 1, 2, 3), Packet(2, 0, 4, 5, 6), Packet(3, 0, 7))),
            (Direction.ToClient, Error(0, 4031, "HY000", "The client was disconnected by the server because of inactivity.")),
        ],
        """
        >: BINLOG_DUMP
        <: events
        <:  [Unsolicited]
        <:  [Unsolicited]
        <: 4031 HY000 The client was disconnected by the server because of inactivity. failed [Unsolicited, Goodbye]
        """);

    [Fact]
    public void A_server_that_has_no_room_says_so_instead_of_greeting() => Expect(
        100_000,
        [(Direction.ToClient, Packet(0, [0xff, 0x10, 4, .. "Too many connections"u8]))],
        "<: 1040 Too many connections failed [Unsolicited, Goodbye]");

    [Fact]
    public void Attributes_come_before_the_text_of_a_query()
    {
        byte[] attributes = [2, 1, 0, 1, 254, 0, 1, (byte)'a', 3, 0, 1, (byte)'b', 2, (byte)'h', (byte)'i', 5, 0, 0, 0];
        Expect(
            100_000,
            [
                (Direction.ToServer, Packet(0, [3, 0, 1, .. "select 1"u8])),
                (Direction.ToServer, Packet(0, [3, .. attributes, .. "select 2"u8])),
            ],
            """
            >: select 1 ~ select ?
            >: select 2 ~ select ?
            """);
    }

    [Fact]
    public void After_an_SSLRequest_TLS_begins()
    {
        ConnectionFraming framing = new MysqlProtocol().Create();
        (Direction, byte[])[] said = [(Direction.ToClient, Greeting("8.0.36")), (Direction.ToServer, TlsRequest(Usual))];
        List<string> told = FramedMessages.Of(framing, 7, said).Log;
        Assert.Equal(">: SSLRequest [NoReply, ProtocolChange]", told[^1]);
        Assert.Equal("tls", framing.ToServer.Next.Name);
    }

    [Theory]
    [InlineData("create user ana identified by 'hunter2'")]
    [InlineData("create user ana identified by \"hunter2\"")]
    [InlineData("alter user ana identified by 'x' replace 'hunter2'")]
    [InlineData("set password for 'ana'@'%' = password(\"hunter2\")")]
    [InlineData("change master to master_user='r', master_password='hunter2'")]
    [InlineData("insert into users (name, password) values ('ana', null, 'hunter2')")]
    [InlineData("execute immediate 'set password = ''hunter2'''")]
    [InlineData("/*!50003 create user ana identified by 'hunter2' */")]
    [InlineData("create user ana identified by 'hunter2")]
    public void No_password_is_told(string statement)
    {
        byte[] near = Error(1, 1064, "42000", $"You have an error in your SQL syntax; check near '{statement[^12..]}' at line 1");
        (Direction, byte[])[] said =
        [
            (Direction.ToServer, Query(statement)), (Direction.ToClient, near), (Direction.ToServer, Command(22, statement)),
            (Direction.ToClient, Prepared(1, 0, 0, hasEnds: true)), (Direction.ToServer, Execute(1)), (Direction.ToClient, near),
        ];
        string told = string.Join('\n', FramedMessages.Of(new MysqlProtocol().Create(), 100_000, said).Log);
        Assert.Contains("1064 42000 You have an error in your SQL syntax", told, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", told, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_repeats_what_it_is_about_where_that_is_no_secret() => Expect(
        100_000,
        [
            (Direction.ToServer, Query("selec 1")),
            (Direction.ToClient, Error(1, 1064, "42000", "You have an error near 'selec 1' at line 1")),
        ],
        """
        >: selec 1 ~ selec ?
        <: 1064 42000 You have an error near 'selec 1' at line 1 failed
        """);

    [Theory]
    [InlineData("QUIT\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\u0000\u0000\u0000\u0008\u0004\u0001\u0002\u0003")]
    public void Other_protocols_are_not_its(string text)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        Assert.Equal(Likeness.No, new MysqlProtocol().Resembles(Direction.ToServer, bytes, isHinted: true));
        Assert.Equal(Likeness.No, new MysqlProtocol().Resembles(Direction.ToClient, bytes, isHinted: true));
    }

    [Fact]
    public void Its_greeting_and_its_statements_are_known_by_themselves()
    {
        var protocol = new MysqlProtocol();
        Assert.Equal(Likeness.Yes, protocol.Resembles(Direction.ToClient, Greeting("8.0.36").AsSpan(0, 64), isHinted: false));
        Assert.Equal(Likeness.Yes, protocol.Resembles(Direction.ToServer, Query("select * from orders"), isHinted: false));
        Assert.Equal(Likeness.Yes, protocol.Resembles(Direction.ToServer, Login(Usual, sequence: 2).AsSpan(0, 64), isHinted: false));
        Assert.Equal(Likeness.No, protocol.Resembles(Direction.ToServer, Command(14), isHinted: false));
        Assert.Equal(Likeness.Yes, protocol.Resembles(Direction.ToServer, Command(14), isHinted: true));
    }

    [Fact]
    public void No_bytes_do_harm() => ProtocolTalk.AssertHarmless(
        new MysqlProtocol(),
        (Direction.ToClient, Greeting("8.0.36")),
        (Direction.ToServer, Login(Usual)),
        (Direction.ToClient, Ok(2)),
        (Direction.ToServer, Command(22, "select a from t where b = ?")),
        (Direction.ToClient, Prepared(7, parameters: 1, columns: 1, hasEnds: true)),
        (Direction.ToServer, Join(Execute(7), Query("select 1"))),
        (Direction.ToClient, Join(Rows(2, hasEnds: true), Rows(3, hasEnds: true, flags: 10), Ok(8))));

    private static void Expect(int pieceLength, (Direction, byte[])[] said, string log) =>
        Assert.Equal(log, string.Join('\n', FramedMessages.Of(new MysqlProtocol().Create(), pieceLength, said).Log));
}
