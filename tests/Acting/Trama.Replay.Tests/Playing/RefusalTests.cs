using System.Text;
using Trama.Replay.Adapting;
using Trama.Replay.Adapting.Refusing;
using Trama.Replay.Recording;
using Trama.Replay.Serving;

namespace Trama.Replay.Tests.Playing;

/// <summary>A request to which nothing recorded is near.</summary>
public sealed class RefusalTests
{
    private const string Startup = "\0\0\0\u0011\0\u0003\0\0user\0me\0\0", In = "R\0\0\0\u0008\0\0\0\0Z\0\0\0\u0005I";

    public static TheoryData<int, string, string, string, string> Unknown => new()
    {
        { 6379, "*1\r\n$4\r\nPING\r\n", "+PONG\r\n", "*2\r\n$3\r\nGET\r\n$1\r\na\r\n", "-ERR not recorded\r\n" },
        { 80, "GET / HTTP/1.1\r\nHost: h\r\n\r\n", "HTTP/1.1 204 No Content\r\n\r\n",
            "DELETE /b HTTP/1.1\r\nHost: h\r\n\r\n", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n" },
        { 11211, "set k 0 0 1\r\na\r\n", "STORED\r\n", "get k\r\n", "SERVER_ERROR not recorded\r\n" },
    };

    [Theory]
    [MemberData(nameof(Unknown))]
    public async Task The_error_of_its_protocol_answers_it(int port, string asked, string replied, string unknown, string refusal)
    {
        await using var served = new ServedReplay([Spoken.At(port, ">" + asked, "<" + replied)]);
        Assert.Equal(replied + refusal + replied, await ServedReplay.SayAsync(served.Port, asked, unknown, asked));
        Assert.Equal(UnknownAnswer.Refusal, Assert.Single(served.Unknown).Answer);
    }

    [Fact]
    public async Task A_statement_is_refused_and_the_next_one_is_heard()
    {
        string Query(string text) => $"Q\0\0\0{(char)(text.Length + 5)}{text}\0";
        string Done(string tag, char status) => $"C\0\0\0{(char)(tag.Length + 5)}{tag}\0Z\0\0\0\u0005{status}";
        RecordedConnection recorded = Spoken.At(5432, ">" + Startup, "<" + In, ">" + Query("select 1"), "<" + Done("SELECT 1", 'I'));
        await using var served = new ServedReplay([recorded]);
        string heard = await ServedReplay.SayAsync(served.Port, Startup, Query("drop table t"), Query("select 1"));
        Assert.Contains("C0A000\0Mnot recorded\0\0Z\0\0\0\u0005I", heard, StringComparison.Ordinal);
        Assert.EndsWith(Done("SELECT 1", 'I'), heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_no_error_of_its_own_is_closed()
    {
        await using var served = new ServedReplay([Spoken.At(7000, ">hello\n", "<hi\n")]);
        Assert.Equal("", await ServedReplay.SayAsync(served.Port, "something else\n"));
        Assert.Equal(UnknownAnswer.Close, Assert.Single(served.Unknown).Answer);
    }

    [Theory]
    [InlineData("mysql", "05000000 03 41414141", "15000001 ff5104 23 4859303030 6e6f74207265636f72646564")]
    [InlineData("memcached", "800a0000 00000000 00000000 01020304 0000000000000000",
        "810a0000 00000081 00000000 01020304 0000000000000000")]
    [InlineData("dns", "0011 bbbb 0100 0001 0000 0000 0000 00 0001 0001", "0011 bbbb 8105 0001 0000 0000 0000 00 0001 0001")]
    [InlineData("modbus", "0009 0000 0006 01 03 0000 0001", "0009 0000 0003 01 83 01")]
    [InlineData("cassandra", "04 00 0007 07 00000000", "84 00 0007 00 00000012 00000000 000c 6e6f74207265636f72646564")]
    [InlineData("ldap", "300c 020105 6307 04000a01000a0100", "3018 020105 6513 0a0135 0400 040c 6e6f74207265636f72646564")]
    public void A_binary_protocol_has_its_own_error(string protocol, string asked, string refusal)
    {
        var live = new LiveMessage { Protocol = protocol, Bytes = Bytes(asked) };
        Assert.Equal(Convert.ToHexString(Bytes(refusal)), Convert.ToHexString(Refusals.Of(live)!.Value.Span));
    }

    [Theory]
    [InlineData("mqtt", "PINGREQ", "c000", "d000")]
    [InlineData("websocket", "ping", "8982 01020304 6063", "8a02 6161")]
    [InlineData("nats", "PING", "50494e470d0a", "504f4e470d0a")]
    public void A_ping_has_its_answer(string protocol, string operation, string asked, string answer)
    {
        var live = new LiveMessage { Protocol = protocol, Operation = Encoding.ASCII.GetBytes(operation), Bytes = Bytes(asked) };
        Assert.Equal(Convert.ToHexString(Bytes(answer)),
            Convert.ToHexString(new Adaptations().Of(protocol).UnknownReply(live, null!)!.Value.Span));
    }

    [Fact]
    public void MongoDB_says_it_in_a_document()
    {
        byte[] asked = Bytes("15000000 09000000 00000000 dd070000 00000000 00");
        ReadOnlyMemory<byte> refusal = Refusals.Of(new LiveMessage { Protocol = "mongodb", Bytes = asked })!.Value;
        Assert.Equal(refusal.Length, BitConverter.ToInt32(refusal.Span));
        Assert.Equal(9, BitConverter.ToInt32(refusal.Span[8..]));
        Assert.Equal(refusal.Length - 21, BitConverter.ToInt32(refusal.Span[21..]));
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
