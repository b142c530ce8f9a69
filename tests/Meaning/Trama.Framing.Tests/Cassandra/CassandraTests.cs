using System.Buffers.Binary;
using System.Text;
using Trama.Framing.Cassandra;

namespace Trama.Framing.Tests.Cassandra;

public class CassandraTests
{
    private const byte Startup = 1;
    private const byte Ready = 2;
    private const byte Query = 7;
    private const byte Result = 8;
    private const byte Event = 12;

    private static readonly byte[] s_void = [0, 0, 0, 1];

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Frames_are_paired_by_their_streams(int pieceLength) => Assert.Equal(
        """
        > #0: STARTUP
        < #0: READY
        > #1: select a from t where b = 'x' ~ select a from t where b = ?
        > #2: PREPARE insert into t (a) values (?) ~ PREPARE insert into t (a) values (?)
        > #3: QUERY
        < #2: 0x2200 unconfigured table t failed
        < #65535: EVENT [Unsolicited]
        < #1: RESULT rows
        < #3: RESULT
        > #4: create role ana with password = '…' ~ create role ana with password = ?
        < #4: RESULT void
        """,
        string.Join('\n', FramedMessages.Of(
            new CassandraProtocol().Create(),
            pieceLength,
            (Direction.ToServer, Frame(4, 0, Startup, Begin)),
            (Direction.ToClient, Frame(0x84, 0, Ready)),
            (Direction.ToServer, Frame(4, 1, Query, [.. Long("select a  from t where b = 'x'"), 0, 1, 0])),
            (Direction.ToServer, Frame(4, 2, 9, Long("insert into t (a) values (?)"))),
            (Direction.ToServer, Frame(4, 3, Query, [1, 2, 3], flags: 1)),
            (Direction.ToClient, Frame(0x84, 2, 0, [0, 0, 0x22, 0, 0, 20, .. "unconfigured table t"u8])),
            (Direction.ToClient, Frame(0x84, -1, Event, [0, 0])),
            (Direction.ToClient, Frame(0x84, 1, Result, [.. new byte[16], 0, 0, 0, 2], flags: 2)),
            (Direction.ToClient, Frame(0x84, 3, Result, [9, 9], flags: 1)),
            (Direction.ToServer, Frame(4, 4, Query, Long("create role ana with password = 'hunter2'"))),
            (Direction.ToClient, Frame(0x84, 4, Result, s_void))).Log));

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 100_000)]
    [InlineData(true, 1)]
    [InlineData(true, 100_000)]
    public void Version_5_speaks_in_segments_once_it_is_ready(bool isCompressed, int pieceLength)
    {
        byte[] startup = isCompressed ? [.. Begin, .. "\0\u000bCOMPRESSION\0\u0003lz4"u8] : Begin;
        byte[] query = Frame(5, 1, Query, Long("select a from t where b = 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'"));
        var sink = new RecordedMessages();
        var conversation = new Conversation(FramingRule.Of(new CassandraProtocol()), sink);
        Say(Direction.ToServer, Frame(5, 0, Startup, startup));
        Say(Direction.ToClient, Frame(0x85, 0, Ready));
        // A frame in two segments, and two frames in one.
        Say(Direction.ToServer, Segment(isCompressed, query[..20]));
        Say(Direction.ToServer, Segment(isCompressed, [.. query[20..], .. Frame(5, 2, 5)]));
        Say(Direction.ToClient, Segment(isCompressed, [.. Frame(0x85, 2, 6), .. Frame(0x85, 1, Result, s_void)]));
        Assert.Equal(["STARTUP", "READY [ProtocolChange]"], Words(sink.Log[..2]));
        Assert.Equal(["OPTIONS", "SUPPORTED", "RESULT void"], Words(sink.Log[3..]));
        Assert.StartsWith(">1 ", sink.Log[2], StringComparison.Ordinal);
        Assert.Contains("= select a from t where b = 'xxx", sink.Log[2], StringComparison.Ordinal);

        void Say(Direction from, byte[] bytes)
        {
            foreach (byte[] piece in bytes.Chunk(pieceLength)) conversation.Take(from, piece);
        }
    }

    [Fact]
    public void No_bytes_do_harm()
    {
        ProtocolTalk.AssertHarmless(
            new CassandraProtocol(),
            (Direction.ToServer, Frame(5, 0, Startup, Begin)),
            (Direction.ToClient, Frame(0x85, 0, Ready)),
            (Direction.ToServer, Segment(false, Frame(5, 1, Query, Long("select 1")))),
            (Direction.ToClient, Segment(false, Frame(0x85, 1, Result, s_void))));
        ProtocolTalk.AssertHarmless(
            new CassandraProtocol(),
            (Direction.ToServer, Frame(4, 1, Query, Long("select 1"))),
            (Direction.ToClient, Frame(0x84, 1, 0, [0, 0, 0x22, 0, 0, 20, .. "unconfigured table t"u8])));
    }

    [Fact]
    public void Its_first_words_and_its_statements_are_known_by_themselves()
    {
        var protocol = new CassandraProtocol();
        Assert.Equal(Likeness.Yes, protocol.Resembles(Direction.ToServer, Frame(4, 0, Startup, Begin), isHinted: false));
        Assert.Equal(Likeness.Yes, protocol.Resembles(Direction.ToServer, Frame(4, 0, 5), isHinted: false));
        Assert.Equal(Likeness.Yes, protocol.Resembles(Direction.ToServer, Frame(4, 1, Query, Long("select 1")), isHinted: false));
        Assert.Equal(Likeness.No, protocol.Resembles(Direction.ToClient, Frame(0x84, 1, Result, s_void), isHinted: false));
        Assert.Equal(Likeness.Yes, protocol.Resembles(Direction.ToClient, Frame(0x84, 1, Result, s_void), isHinted: true));
        Assert.Equal(Likeness.No, protocol.Resembles(Direction.ToServer, "GET / HTTP/1.1\r\n"u8, isHinted: true));
    }

    private static byte[] Begin => [0, 1, 0, 11, .. "CQL_VERSION"u8, 0, 5, .. "3.0.0"u8];

    private static IEnumerable<string> Words(IEnumerable<string> log) =>
        log.Select(line => line[(line.LastIndexOf(" = ", StringComparison.Ordinal) + 3)..]);

    private static byte[] Frame(byte version, short stream, byte opcode, byte[]? body = null, byte flags = 0)
    {
        body ??= [];
        byte[] head = [version, flags, 0, 0, opcode, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(2), stream);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(5), body.Length);
        return [.. head, .. body];
    }

    private static byte[] Long(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return [0, 0, (byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }

    private static byte[] Segment(bool isCompressed, byte[] payload)
    {
        byte[] carried = isCompressed ? Pack(payload) : payload;
        ulong fields = (uint)carried.Length | (isCompressed ? (ulong)(uint)payload.Length << 17 | 1UL << 34 : 1UL << 17);
        byte[] head = [.. Enumerable.Range(0, isCompressed ? 5 : 3).Select(i => (byte)(fields >> (8 * i)))];
        uint checksum = 0x875060;
        foreach (byte value in head)
        {
            checksum ^= (uint)value << 16;
            for (int i = 0; i < 8; i++) checksum = (checksum & 0x800000) != 0 ? (checksum << 1) ^ 0x1974f0b : checksum << 1;
        }

        return [.. head, (byte)checksum, (byte)(checksum >> 8), (byte)(checksum >> 16), .. carried, 1, 2, 3, 4];
    }

    // LZ4: literals up to where one byte goes on, a copy of that, and literals again.
    private static byte[] Pack(byte[] text)
    {
        int run = 1;
        while (run < text.Length && !(text[run..].Take(20).All(value => value == text[run - 1]) && text.Length - run > 25)) run++;
        if (run == text.Length) return [.. Literals(text, match: 0)];
        return [.. Literals(text[..run], match: 10), 1, 0, .. Literals(text[(run + 14)..], match: 0)];
    }

    private static byte[] Literals(byte[] text, int match)
    {
        if (text.Length < 15) return [(byte)(text.Length << 4 | match), .. text];
        var length = new List<byte> { (byte)(0xf0 | match) };
        int left = text.Length - 15;
        for (; left >= 255; left -= 255) length.Add(255);
        return [.. length, (byte)left, .. text];
    }
}
