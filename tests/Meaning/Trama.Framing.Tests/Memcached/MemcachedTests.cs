using System.Buffers.Binary;
using System.Text;
using Trama.Framing.Memcached;

namespace Trama.Framing.Tests.Memcached;

public class MemcachedTests
{
    private const string Lines =
        """
        >set k 0 60 5\r\nhello\r\nget k\r\nget a b c\r\nset q 0 0 3 noreply\r\nx\r\n\r\n
        <STORED\r\nVALUE k 0 5\r\nhello\r\nEND\r\nVALUE a 0 3\r\nE\r\n\r\nVALUE c 0 0 77\r\n\r\nEND\r\n
        >get nope\r\nincr k 1\r\ndelete k\r\nstats items\r\nversion\r\nbad\r\n
        <END\r\nCLIENT_ERROR cannot increment or decrement non-numeric value\r\nDELETED\r\nSTAT a 1\r\nSTAT b 2\r\nEND\r\nVERSION 1.6.18\r\nERROR\r\n
        >ms m 2 T0 c\r\nhi\r\nmg m v\r\nmg m q v\r\nmn\r\nquit\r\n
        <HD c7\r\nVA 2\r\nhi\r\nVA 2\r\nhi\r\nMN\r\n
        """;

    [Fact]
    public void Lines_are_told_with_their_data_and_outcome() => ProtocolTalk.Expect(
        new MemcachedProtocol(), Lines,
        """
        >: set k ~ set
        >: get k ~ get
        >: get a +2 ~ get
        >: set q ~ set [NoReply]
        <: STORED
        <: VALUE
        <: VALUE +1
        >: get nope ~ get
        >: incr k ~ incr
        >: delete k ~ delete
        >: stats items ~ stats
        >: version
        >: bad
        <: END
        <: CLIENT_ERROR cannot increment or decrement non-numeric value failed
        <: DELETED
        <: END
        <: VERSION 1.6.18
        <: ERROR failed
        >: ms m ~ ms
        >: mg m ~ mg
        >: mg m ~ mg [NoReply]
        >: mn
        >: quit [NoReply, Goodbye]
        <: HD c7
        <: VA
        <: VA [Unsolicited]
        <: MN
        """);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(25)]
    [InlineData(1000)]
    public void Packets_pair_by_what_the_client_chose_and_silence_answers_the_quiet(int piece)
    {
        List<string> told = FramedMessages.Of(
            new MemcachedProtocol().Create(), piece,
            (Direction.ToServer, [.. Request(1, 7, "k1", 8, 300), .. Request(0x0d, 0, "a"), .. Request(0x0d, 0, "b"), .. Request(0x0d, 0,
                "c"), .. Request(0x0a, 0, "")]),
            (Direction.ToClient, [.. Reply(1, 7, 0), .. Reply(0x0d, 0, 0, "a", 5), .. Reply(0x0a, 0, 0)]),
            (Direction.ToServer, [.. Request(0x21, 9, "PLAIN", 0, 12), .. Request(0x10, 10, ""), .. Request(7, 11, "")]),
            (Direction.ToClient, [.. Reply(0x21, 9, 0x20), .. Reply(0x10, 10, 0, "pid", 3), .. Reply(0x10, 10, 0), .. Reply(7, 11,
                0)])).Log;
        Assert.Equal(
            """
            > #1: set k1 ~ set
            > #2: getkq a ~ getkq
            > #3: getkq b ~ getkq
            > #4: getkq c ~ getkq
            > #5: noop
            < #1: 0 No error [Answers]
            < #2: 0 No error [Answers]
            < #3: quiet [Answers]
            < #4: quiet [Answers]
            < #5: 0 No error [Answers]
            > #6: sasl-auth PLAIN ~ sasl-auth
            > #7: stat
            > #8: quit [Goodbye]
            < #6: 32 Authentication required failed [Answers]
            < #7: 0 No error [Interim, Answers]
            < #7: 0 No error [Answers]
            < #8: 0 No error [Answers]
            """,
            string.Join('\n', told));
    }

    [Fact]
    public void Missing_data_belongs_to_its_command_and_lines_are_found_again()
    {
        var messages = new FramedMessages(new MemcachedProtocol().Create());
        messages.Take(Direction.ToServer, "set k 0 0 1000\r\nabc"u8);
        messages.Skip(Direction.ToServer, 990);
        messages.Take(Direction.ToServer, "defg567\r\nget k\r\nge"u8);
        messages.Skip(Direction.ToServer, 20);
        messages.Take(Direction.ToServer, "t of\r\nget again\r\n"u8);
        Assert.Equal([">: set k ~ set", ">: get k ~ get", ">: get again ~ get"], messages.Log);
    }

    [Theory]
    [InlineData("set k 0 60 5\r\nhello\r\n", false, Likeness.Yes)]
    [InlineData("set my answer to yes\r\n", false, Likeness.No)]
    [InlineData("get k\r\n", false, Likeness.No)]
    [InlineData("get k\r\n", true, Likeness.Yes)]
    [InlineData("GET key\r\n", true, Likeness.No)]
    [InlineData("mg key v t\r\n", false, Likeness.Yes)]
    [InlineData("se", true, Likeness.Open)]
    public void Its_commands_are_known(string first, bool isHinted, Likeness expected) =>
        Assert.Equal(expected, new MemcachedProtocol().Resembles(Direction.ToServer, Encoding.ASCII.GetBytes(first), isHinted));

    [Fact]
    public void No_bytes_do_harm()
    {
        ProtocolTalk.AssertHarmless(new MemcachedProtocol(), Lines);
        ProtocolTalk.AssertHarmless(new MemcachedProtocol(),
            $">{Escaped([.. Request(0x0d, 0, "a"), .. Request(1, 7, "k1", 8, 30)])}\n<{Escaped(Reply(1, 7, 0))}");
    }

    private static string Escaped(byte[] bytes) => string.Concat(bytes.Select(one => $"\\x{one:x2}"));

    private static byte[] Request(byte opcode, uint opaque, string key, byte extras = 0, int value = 0) => Packet(0x80, opcode, opaque, 0,
        key, extras, value);

    private static byte[] Reply(byte opcode, uint opaque, ushort status, string key = "", int value = 0) =>
        Packet(0x81, opcode, opaque, status, key, (byte)(value > 0 ? 4 : 0), value);

    private static byte[] Packet(byte magic, byte opcode, uint opaque, ushort status, string key, byte extras, int value)
    {
        byte[] packet = new byte[24 + extras + key.Length + value];
        (packet[0], packet[1], packet[4]) = (magic, opcode, extras);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)key.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(6), status);
        BinaryPrimitives.WriteInt32BigEndian(packet.AsSpan(8), packet.Length - 24);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(12), opaque);
        Encoding.ASCII.GetBytes(key).CopyTo(packet, 24 + extras);
        return packet;
    }
}
