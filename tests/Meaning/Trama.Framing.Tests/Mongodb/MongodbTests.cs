using System.IO.Compression;
using Trama.Framing.Mongodb;
using static Trama.Framing.Tests.Mongodb.MongodbMessages;

namespace Trama.Framing.Tests.Mongodb;

public class MongodbTests
{
    private const int MoreToCome = 2;
    private const int ExhaustAllowed = 1 << 16;

    private static readonly byte[] s_ok = Document(("ok", 1.0));

    public static TheoryData<int> Pieces => [1, 3, 7, 100_000];

    [Theory, MemberData(nameof(Pieces))]
    public void Commands_are_named_with_their_collection_and_paired_by_identifier(int pieceLength) => Expect(
        pieceLength,
        [
            (Direction.ToServer, Command(7, Document(("find", "users"), ("filter", Document(("a", 1))), ("$db", "shop")))),
            (Direction.ToServer, Command(8, Document(("insert", "users"), ("ordered", true)))),
            (Direction.ToClient, Answer(90, 8, Document(("n", 0), ("writeErrors", DuplicateKey), ("ok", 1.0)))),
            (Direction.ToClient, Answer(91, 7, Document(("cursor", Document(("id", 5L), ("ns", "shop.users"))), ("ok", 1.0)))),
            (Direction.ToServer, Command(9, Document(("getMore", 5L), ("collection", "users")))),
            (Direction.ToClient, Answer(92, 9, Document(("ok", 0.0), ("errmsg", "no such cursor"), ("code", 43), ("codeName", "Gone")))),
            (Direction.ToServer, Command(10, Document(("ping", 1)))),
            (Direction.ToClient, Answer(93, 10, s_ok)),
        ],
        """
        > #7: find users
        > #8: insert users
        < #8: 11000 E11000 duplicate key error failed
        < #7: ok
        > #9: getMore users
        < #9: 43 Gone no such cursor failed
        > #10: ping
        < #10: ok
        """);

    [Fact]
    public void What_needs_no_reply_says_so_and_what_streams_is_pushed()
    {
        (Direction, byte[])[] said =
        [
            (Direction.ToServer, Command(1, Document(("insert", "log")), MoreToCome)),
            (Direction.ToServer, Command(2, Document(("hello", 1), ("topologyVersion", s_ok), ("maxAwaitTimeMS", 10_000)), ExhaustAllowed)),
            (Direction.ToClient, Answer(50, 2, s_ok, MoreToCome)),
            (Direction.ToClient, Answer(51, 50, s_ok, MoreToCome)),
            (Direction.ToClient, Answer(52, 51, s_ok)),
            (Direction.ToServer, Message(3, 0, 2002, [.. Int(0), .. "shop.log\0"u8, .. s_ok])),
        ];
        Expect(
            100_000,
            said,
            """
            > #1: insert log [NoReply]
            > #2: hello
            < #2: ok
            < #50: ok [Unsolicited]
            < #51: ok [Unsolicited]
            > #3: insert log [NoReply]
            """);
        Assert.Equal([false, false, false], Due([said[0], said[1], said[5]]));
        Assert.Equal([true], Due([(Direction.ToServer, Command(4, Document(("hello", 1))))]));
    }

    [Fact]
    public void Requests_of_the_old_kind_are_read_too() => Expect(
        100_000,
        [
            (Direction.ToServer, Query(1, "admin.$cmd", Document(("isMaster", 1)))),
            (Direction.ToClient, Reply(40, 1, 8, s_ok)),
            (Direction.ToServer, Query(2, "shop.users", Document(("a", 1)))),
            (Direction.ToClient, Reply(41, 2, 8, Document(("ok", 0)), Document(("ok", 7)))),
            (Direction.ToServer, Message(3, 0, 2005, [.. Int(0), .. "shop.users\0"u8, .. Int(0), .. new byte[8]])),
            (Direction.ToClient, Reply(42, 3, 2, Document(("$err", "no such thing"), ("code", 17)))),
        ],
        """
        > #1: isMaster
        < #1: ok
        > #2: query users
        < #2: 2 documents
        > #3: getMore users
        < #3: 17 no such thing failed
        """);

    [Fact]
    public void Nothing_of_a_login_is_told_but_its_steps() => Expect(
        100_000,
        [(Direction.ToServer, Command(1, Document(("saslStart", 1), ("payload", "hunter2"), ("$db", "x"))))],
        "> #1: saslStart");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Compressed_messages_are_inflated(byte kind)
    {
        string filler = new('x', 3000);
        byte[] body = [.. Int(0), 0, .. Document(("find", "users"), ("filter", filler), ("comment", filler))];
        byte[] answer = [.. Int(0), 0, .. Document(("cursor", filler), ("ok", 0.0), ("code", 13), ("codeName", "Unauthorized"))];
        Expect(
            100,
            [
                (Direction.ToServer, Compressed(1, 0, kind, body.Length, Compress(kind, body))),
                (Direction.ToClient, Compressed(2, 1, kind, answer.Length, Compress(kind, answer))),
            ],
            """
            > #1: find users
            < #1: 13 Unauthorized failed
            """);
    }

    [Fact]
    public void Bytes_that_are_missing_inside_a_value_hide_nothing_else()
    {
        byte[] reply = Answer(90, 7, Document(("cursor", new string('y', 3000)), ("ok", 1.0)));
        var messages = new FramedMessages(new MongodbProtocol().Create());
        messages.Take(Direction.ToClient, reply.AsSpan(0, 100));
        messages.Skip(Direction.ToClient, 2000);
        messages.Take(Direction.ToClient, reply.AsSpan(2100));
        messages.Take(Direction.ToClient, reply.AsSpan(0, 20));
        messages.Skip(Direction.ToClient, reply.Length - 20);
        Assert.Equal(["< #7: ok", "< #7: "], messages.Log);
    }

    [Fact]
    public void Its_messages_are_known_by_themselves()
    {
        var protocol = new MongodbProtocol();
        Assert.Equal(Likeness.Yes, protocol.Resembles(Direction.ToServer, Command(1, Document(("ping", 1))), isHinted: false));
        Assert.Equal(Likeness.Yes, protocol.Resembles(Direction.ToClient, Answer(1, 7, s_ok), isHinted: false));
        Assert.Equal(Likeness.No, protocol.Resembles(Direction.ToClient, Command(1, s_ok), isHinted: false));
        Assert.Equal(Likeness.No, protocol.Resembles(Direction.ToServer, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8, isHinted: true));
    }

    [Fact]
    public void No_bytes_do_harm() => ProtocolTalk.AssertHarmless(
        new MongodbProtocol(),
        (Direction.ToServer, Command(7, Document(("find", "users"), ("filter", Document(("a", 1))), ("$db", "shop")))),
        (Direction.ToClient, Answer(90, 7, Document(("n", 0), ("writeErrors", DuplicateKey), ("ok", 1.0)))),
        (Direction.ToServer, Compressed(8, 0, 1, 300, Compress(1, new byte[300]))),
        (Direction.ToServer, Query(2, "shop.users", Document(("a", 1)))),
        (Direction.ToClient, Reply(41, 2, 8, s_ok, s_ok)));

    private static byte[][] DuplicateKey => [Document(("index", 0), ("code", 11000), ("errmsg", "E11000 duplicate key error"))];

    private static void Expect(int pieceLength, (Direction, byte[])[] said, string log) =>
        Assert.Equal(log, string.Join('\n', Told(pieceLength, said)));

    private static List<string> Told(int pieceLength, (Direction, byte[])[] said) =>
        FramedMessages.Of(new MongodbProtocol().Create(), pieceLength, said).Log;

    private static bool?[] Due((Direction From, byte[] Bytes)[] said)
    {
        ConnectionFraming framing = new MongodbProtocol().Create();
        return
        [
            .. said.Select(one =>
            {
                framing[one.From].Take(one.Bytes);
                var end = default(MessageEnd);
                framing[one.From].Describe(ref end);
                return end.ReplyDue;
            }),
        ];
    }

    private static byte[] Compress(byte kind, byte[] text)
    {
        if (kind == 0) return text;
        if (kind == 1) return Snap(text);
        var compressed = new MemoryStream();
        Stream writer = kind == 2 ? new ZLibStream(compressed, CompressionLevel.Fastest) : new ZstdSharp.CompressionStream(compressed);
        using (writer) writer.Write(text);
        return compressed.ToArray();
    }

    // Literals, and a copy wherever the same byte goes on for longer.
    private static byte[] Snap(byte[] text)
    {
        var bytes = new List<byte> { (byte)(text.Length | 0x80), (byte)(text.Length >> 7) };
        for (int at = 0; at < text.Length;)
        {
            int run = 0;
            while (at > 0 && at + run < text.Length && text[at + run] == text[at - 1] && run < 64) run++;
            if (run >= 4) bytes.AddRange([(byte)(((run - 1) << 2) | 2), 1, 0]);
            else bytes.AddRange([0, text[at]]);
            at += run >= 4 ? run : 1;
        }

        return [.. bytes];
    }
}
