using CsCheck;
using Trama.Framing.Kafka;
using static Trama.Framing.Tests.Kafka.KafkaMessages;

namespace Trama.Framing.Tests.Kafka;

public class KafkaTests
{
    private const string Acks0 = "s: i2:0 i4:100 i4:1 s:logs i4:1 i4:0 i4:20 z:20";
    private const string Acks1 = "s: i2:1 i4:100 i4:1 s:orders i4:1 i4:0 i4:300 z:300";

    public static TheoryData<int> Pieces => [1, 2, 3, 7, 13, 64, 100_000];

    [Theory, MemberData(nameof(Pieces))]
    public void A_producer_is_answered_by_number_unless_it_wants_no_acknowledgement(int piece) => Expect(
        piece,
        """
        > #1: ApiVersions [Asks]
        < #1: UNSUPPORTED_VERSION [Answers]
        > #2: Metadata orders +1 [Asks]
        < #2: LEADER_NOT_AVAILABLE failed [Answers]
        > #3: Produce logs [NoReply, Asks]
        > #4: Produce orders [Asks]
        > #5: Produce orders [Asks]
        < #5: NONE [Answers]
        < #4: NOT_LEADER_OR_FOLLOWER failed [Answers]
        """,
        (Direction.ToServer, Request(18, 4, 1, "c:lib c:1.0 v:0", isFlexible: true)),
        (Direction.ToClient, Reply(1, "i2:35 i4:1 i2:18 i2:0 i2:3")),
        (Direction.ToServer, Request(3, 4, 2, "i4:2 s:orders s:logs x:01")),
        (Direction.ToClient, Reply(2, $"i4:0 i4:1 i4:7 s:host i4:9092 x:ffff s:cluster i4:7 i4:2 {Topic("orders", 0)} {Topic("logs", 5)}")),
        (Direction.ToServer, Request(0, 7, 3, Acks0)),
        (Direction.ToServer, [.. Request(0, 7, 4, Acks1), .. Request(0, 7, 5, Acks1)]),
        (Direction.ToClient, Reply(5, "i4:1 s:orders i4:1 i4:0 i2:0 i8:9 i8:-1 i8:0 i4:0")),
        (Direction.ToClient, Reply(4, "i4:1 s:orders i4:2 i4:0 i2:0 i8:9 i8:-1 i8:0 i4:1 i2:6 i8:-1 i8:-1 i8:-1 i4:0")));

    [Theory, MemberData(nameof(Pieces))]
    public void Flexible_versions_name_topics_by_identifier(int piece) => Expect(
        piece,
        """
        > #1: Metadata [Asks]
        < #1: NONE [Answers]
        > #2: Fetch orders [Asks]
        < #2: OFFSET_OUT_OF_RANGE failed [Answers]
        > #3: Fetch 00000000-0000-0000-0000-000000000009 [Asks]
        < #3: FETCH_SESSION_ID_NOT_FOUND failed [Answers]
        > #4: Produce a [Asks]
        < #4: NONE [Answers]
        """,
        (Direction.ToServer, Request(3, 12, 1, "v:0 x:000000", isFlexible: true)),
        (Direction.ToClient, Reply(1, "i4:0 v:2 i4:1 c:h i4:9092 v:0 v:0 c:id i4:1 v:2 i2:0 c:orders u:7 x:00 v:1 i4:0 v:0 v:0",
            isFlexible: true)),
        (Direction.ToServer, Request(1, 13, 2, "i4:-1 i4:500 i4:1 i4:1000 x:00 i4:0 i4:-1 v:2 u:7 v:1 v:0 v:1 c: v:0", isFlexible: true)),
        (Direction.ToClient, Reply(2, "i4:0 i2:0 i4:0 v:2 u:7 v:3 " + Partition(0, 200) + Partition(1, 0) + "v:0 v:1 v:1 x:02 x:abcd",
            isFlexible: true)),
        (Direction.ToServer, Request(1, 13, 3, "i4:-1 i4:500 i4:1 i4:1000 x:00 i4:5 i4:1 v:2 u:9 v:1 v:0 v:1 c: v:0", isFlexible: true)),
        (Direction.ToClient, Reply(3, "i4:0 i2:70 i4:0 v:1 v:0", isFlexible: true)),
        (Direction.ToServer, Request(0, 9, 4, "v:0 i2:-1 i4:1000 v:2 c:a v:2 i4:0 x:c801 z:199 v:0 v:0 v:0", isFlexible: true)),
        (Direction.ToClient, Reply(4, "v:2 c:a v:2 i4:0 i2:0 i8:5 i8:-1 i8:0 v:1 v:0 v:0 v:0 i4:0 v:0", isFlexible: true)));

    [Theory, MemberData(nameof(Pieces))]
    public void Tokens_of_SASL_have_no_head_and_are_never_shown(int piece) => Expect(
        piece,
        """
        > #1: SaslHandshake [Asks]
        < #1: NONE [Answers]
        >: SASL token [Asks]
        <:  = SASL token [Answers]
        >: SASL token [Asks]
        <:  = SASL token [Answers]
        > #2: SaslHandshake [Asks]
        < #2: NONE [Answers]
        > #3: SaslAuthenticate [Asks]
        < #3: SASL_AUTHENTICATION_FAILED failed [Answers]
        """,
        (Direction.ToServer, Request(17, 0, 1, "s:SCRAM-SHA-256")),
        (Direction.ToClient, Reply(1, "i2:0 i4:1 s:SCRAM-SHA-256")),
        (Direction.ToServer, Message("n,,n=ana,r=secret"u8.ToArray())),
        (Direction.ToClient, Message("r=secretsalt"u8.ToArray())),
        (Direction.ToServer, Message("c"u8.ToArray())),
        (Direction.ToClient, Message([])),
        (Direction.ToServer, Request(17, 1, 2, "s:PLAIN")),
        (Direction.ToClient, Reply(2, "i2:0 i4:1 s:PLAIN")),
        (Direction.ToServer, Request(36, 1, 3, "i4:15 x:00616e610068756e74657232")),
        (Direction.ToClient, Reply(3, "i2:58 s:no i4:0 i8:0")));

    [Fact]
    public void What_a_broker_may_keep_waiting_is_not_due_and_nothing_behind_it_is()
    {
        var framing = new KafkaProtocol().Create();
        Assert.False(Due(framing, Request(1, 4, 1, "i4:-1 i4:500 i4:1 i4:1000 x:00 i4:1 s:a i4:0")));
        Assert.False(Due(framing, Request(12, 0, 2, "s:group i4:1 s:me")));
        framing.ToClient.Take(Reply(1, "i4:0 i4:0"));
        framing.ToClient.Take(Reply(2, "i2:0"));
        Assert.True(Due(framing, Request(12, 0, 3, "s:group i4:1 s:me")));
        Assert.False(Due(framing, Request(0, 7, 4, Acks0)));
    }

    [Fact]
    public void Missing_records_hide_nothing_and_missing_names_everything()
    {
        byte[] request = Request(0, 7, 1, "s: i2:1 i4:100 i4:1 s:orders i4:1 i4:0 i4:3000 z:3000"), next = Request(0, 7, 2, Acks1);
        var messages = new FramedMessages(new KafkaProtocol().Create());
        messages.Take(Direction.ToServer, request.AsSpan(0, 100));
        messages.Skip(Direction.ToServer, request.Length - 100 - 10);
        messages.Take(Direction.ToServer, (byte[])[.. request[^10..], .. next[..25]]);
        messages.Skip(Direction.ToServer, next.Length - 25);
        messages.Take(Direction.ToServer, next);
        Assert.Equal(["> #1: Produce orders [Asks]", "> #2:  [Asks]", "> #2: Produce orders [Asks]"], messages.Log);
    }

    [Fact]
    public void After_a_loss_requests_and_their_replies_are_found_again()
    {
        byte[] asked = [.. Request(0, 7, 7, Acks1), .. Request(12, 0, 8, "s:group i4:1 s:me")];
        var messages = new FramedMessages(new KafkaProtocol().Create());
        messages.Take(Direction.ToServer, Request(12, 0, 6, "s:group i4:1 s:me"));
        messages.Skip(Direction.ToServer, 50);
        messages.Take(Direction.ToServer, (byte[])[1, 2, 3, .. asked]);
        messages.Skip(Direction.ToClient, 10);
        messages.Take(Direction.ToClient, (byte[])[0, 0, 0, .. Reply(7, "i4:1 s:orders i4:0 i4:0"), .. Reply(8, "i2:27")]);
        Assert.Equal(
            ["> #6: Heartbeat [Asks]", "> #7: Produce orders [Asks]", "> #8: Heartbeat [Asks]", "< #7: NONE [Answers]",
                "< #8: REBALANCE_IN_PROGRESS failed [Answers]"],
            messages.Log);
    }

    [Fact]
    public void A_reply_is_not_taken_for_a_request()
    {
        for (int correlation = 0; correlation < 40; correlation++)
        {
            foreach (string body in (string[])
                ["i4:1 s:orders i4:1 i4:0 i2:0 i8:9 i8:-1 i8:0 i4:0", "i4:1 s:orders i4:1 i4:3 i2:3 i8:-1 i4:0",
                    "i4:0 i4:1 s:orders i4:1 i4:0 i2:0 i8:9"])
                Assert.NotEqual(Likeness.Yes, new KafkaProtocol().ResemblesMidway(Direction.ToClient, Reply(correlation, body)));
        }
    }

    [Fact]
    public void Every_layout_is_written_as_it_is_read()
    {
        Gen<byte[]> any = Gen.Byte[0, 3].Array[0, 300];
        for (short key = 0; KafkaApis.Find(key) is { } api; key++)
        {
            for (short version = 0; version <= api.Latest; version++)
            {
                Assert.NotNull(api.RequestLayout(version));
                KafkaLayout?[] layouts = [api.RequestLayout(version), api.ReplyLayout(version)];
                any.Sample(bytes => layouts.All(layout => Ends(layout, bytes)), iter: 5);
            }

            Assert.Null(api.RequestLayout((short)(api.Latest + 1)));
        }
    }

    private static bool Ends(KafkaLayout? layout, byte[] bytes)
    {
        var walk = default(KafkaWalk);
        walk.Begin(layout);
        ReadOnlySpan<byte> rest = bytes;
        int fields = 0;
        while (walk.TryNext(ref rest, out _)) fields++;
        return fields <= bytes.Length;
    }

    private static string Topic(string name, int error) => $"i2:{error} s:{name} x:00 i4:1 i2:0 i4:0 i4:7 i4:1 i4:7 i4:1 i4:7";

    private static string Partition(int error, int records) =>
        $"i4:0 i2:{error} i8:5 i8:5 i8:0 v:2 i8:1 i8:2 v:0 i4:-1 {(records == 0 ? "v:0" : $"x:c901 z:{records}")} v:0 ";

    private static bool Due(ConnectionFraming framing, byte[] request)
    {
        Assert.Equal(FrameStep.Complete(request.Length), framing.ToServer.Take(request));
        var end = default(MessageEnd);
        framing.ToServer.Describe(ref end);
        return end.ReplyDue!.Value;
    }

    private static void Expect(int piece, string log, params (Direction, byte[])[] said) =>
        Assert.Equal(log, string.Join('\n', FramedMessages.Of(new KafkaProtocol().Create(), piece, said).Log));
}
