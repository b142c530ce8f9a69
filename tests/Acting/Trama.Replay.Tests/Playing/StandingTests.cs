using System.Buffers.Binary;
using System.Text;
using Trama.Replay.Adapting.Mysql;
using Trama.Replay.Recording;

namespace Trama.Replay.Tests.Playing;

/// <summary>What a request means depends on what was said before it.</summary>
public sealed class StandingTests
{
    private const string Get = "*2\r\n$3\r\nGET\r\n$1\r\na\r\n", Multi = "*1\r\n$5\r\nMULTI\r\n", Exec = "*1\r\n$4\r\nEXEC\r\n";

    [Fact]
    public async Task Outside_of_a_transaction_nothing_is_queued()
    {
        RecordedConnection recorded = Spoken.At(6379, $">{Get}", "<$1\r\n1\r\n", $">{Multi}", "<+OK\r\n", $">{Get}", "<+QUEUED\r\n",
            $">{Exec}", "<*1\r\n$1\r\n2\r\n");
        await using var served = new ServedReplay([recorded]);
        for (int i = 0; i < 3; i++) Assert.Equal("$1\r\n1\r\n", await ServedReplay.SayAsync(served.Port, Get));
        Assert.Equal("+OK\r\n+QUEUED\r\n*1\r\n$1\r\n2\r\n$1\r\n1\r\n", await ServedReplay.SayAsync(served.Port, Multi, Get, Exec, Get));
    }

    [Fact]
    public async Task Each_database_has_its_own()
    {
        string Select(int number) => $"*2\r\n$6\r\nSELECT\r\n$1\r\n{number}\r\n";
        RecordedConnection recorded = Spoken.At(6379, $">{Select(1)}", "<+OK\r\n", $">{Get}", "<$1\r\n1\r\n", $">{Select(2)}", "<+OK\r\n",
            $">{Get}", "<$1\r\n2\r\n");
        await using var served = new ServedReplay([recorded]);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal("+OK\r\n$1\r\n2\r\n", await ServedReplay.SayAsync(served.Port, Select(2), Get));
            Assert.Equal("+OK\r\n$1\r\n1\r\n", await ServedReplay.SayAsync(served.Port, Select(1), Get));
        }
    }

    [Fact]
    public async Task Ready_tells_the_transaction_of_the_live_conversation()
    {
        RecordedConnection recorded = Spoken.At(5432,
            ">\0\0\0\x11\0\x03\0\0user\0me\0\0", $"<R\0\0\0\x08\0\0\0\0{Ready('I')}",
            $">{Query("BEGIN")}", $"<{Done("BEGIN")}{Ready('T')}",
            $">{Query("SELECT 1")}", $"<{Done("SELECT 1")}{Ready('T')}",
            $">{Query("COMMIT")}", $"<{Done("COMMIT")}{Ready('I')}",
            $">{Query("SELECT nope")}", $"<{Error}{Ready('I')}");
        await using var served = new ServedReplay([recorded]);
        string[] said = [Query("SELECT 1"), Query("BEGIN"), Query("SELECT 1"), Query("SELECT nope"), Query("COMMIT"), Query("SELECT 1")];
        Assert.Equal("ITTEII", string.Concat((await ServedReplay.SayAsync(served.Port, said)).Split("Z\0\0\0\x05").Skip(1).Select(rest => rest[0])));
    }

    [Fact]
    public void Of_MySQL_the_flags_of_a_transaction_are_those_of_the_live_conversation()
    {
        var transaction = new LiveTransaction();
        Assert.Equal(2, Flags(transaction, "login", Ok(2)));
        Assert.Equal(2, Flags(transaction, "SELECT 1", Rows(3)));
        Assert.Equal(3, Flags(transaction, "BEGIN", Ok(3)));
        Assert.Equal(3, Flags(transaction, "SELECT 1", Rows(2)));
        Assert.Equal(2, Flags(transaction, "COMMIT", Ok(2)));
        Assert.Equal(0, Flags(transaction, "SET autocommit=0", Ok(0)));
        Assert.Equal(1, Flags(transaction, "INSERT INTO t VALUES (1)", Ok(2)));
    }

    [Fact]
    public void A_row_that_looks_like_an_OK_has_no_flags()
    {
        Assert.Equal([4 + 3], StatusFlags.In(Ok(2), prepares: false));
        byte[] rows = Rows(2);
        Assert.Equal([18, 32], StatusFlags.In(rows, prepares: false));
    }

    private static int Flags(LiveTransaction transaction, string operation, byte[] reply)
    {
        transaction.PutRight(reply, Encoding.ASCII.GetBytes(operation), prepares: false);
        return BinaryPrimitives.ReadUInt16LittleEndian(reply.AsSpan(StatusFlags.In(reply, prepares: false)[^1]));
    }

    private static byte[] Ok(byte flags) => [7, 0, 0, 1, 0, 0, 0, flags, 0, 0, 0];

    // A number of columns, a column, EOF, a row that is an empty text, EOF.
    private static byte[] Rows(byte flags) =>
    [
        1, 0, 0, 1, 1, 2, 0, 0, 2, 3, 3, 5, 0, 0, 3, 0xfe, 0, 0, flags, 0, 1, 0, 0, 4, 0, 5, 0, 0, 5, 0xfe, 0, 0, flags, 0,
    ];

    private static string Frame(char type, string body) => $"{type}\0\0\0{(char)(body.Length + 4)}{body}";

    private static string Query(string statement) => Frame('Q', statement + "\0");

    private static string Done(string tag) => Frame('C', tag + "\0");

    private static string Ready(char status) => Frame('Z', $"{status}");

    private static string Error => Frame('E', "SERROR\0C42703\0Mno\0\0");
}
