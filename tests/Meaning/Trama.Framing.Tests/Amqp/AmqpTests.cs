using CsCheck;
using Trama.Framing.Amqp;
using static Trama.Framing.Tests.Amqp.AmqpFrames;

namespace Trama.Framing.Tests.Amqp;

public class AmqpTests
{
    private static readonly (Direction, byte[])[] s_opening =
    [
        (Direction.ToServer, FirstWord),
        (Direction.ToClient, Method(0, 10, 10, "b:0 b:9 z:300")),
        (Direction.ToServer, [.. Method(0, 10, 11, "z:4 s:PLAIN z:3 s:hunter2 s:en_US"), .. Heartbeat]),
        (Direction.ToClient, Method(0, 10, 30, "h:2047 z:6")),
        (Direction.ToServer, [.. Method(0, 10, 31, "h:2047 z:6"), .. Method(0, 10, 40, "s:/ s: b:0")]),
        (Direction.ToClient, Method(0, 10, 41, "s:")),
        (Direction.ToServer, Method(1, 20, 10, "s:")),
        (Direction.ToClient, Method(1, 20, 11, "z:4")),
    ];

    public static TheoryData<int> Pieces => [1, 2, 3, 7, 8, 13, 64, 100_000];

    [Theory, MemberData(nameof(Pieces))]
    public void A_connection_opens_without_its_credentials(int piece) => Expect(
        piece,
        """
        > #1: Protocol-Header 0-9-1 [Asks]
        < #1: Connection.Start [Answers]
        < #2: Connection.Start [Asks]
        > #2: Connection.Start-Ok [Answers]
        < #3: Connection.Tune [Asks]
        > #3: Connection.Tune-Ok [Answers]
        > #4: Connection.Open / [Asks]
        < #4: Connection.Open-Ok [Answers]
        > #5: Channel.Open [Asks]
        < #5: Channel.Open-Ok [Answers]
        > #6: Connection.Close 200 bye [Asks, Goodbye]
        < #6: Connection.Close-Ok [Answers, Goodbye]
        """,
        [.. s_opening, (Direction.ToServer, Method(0, 10, 50, "h:200 s:bye z:4")), (Direction.ToClient, Method(0, 10, 51))]);

    [Theory, MemberData(nameof(Pieces))]
    public void Both_sides_ask_and_one_acknowledgement_may_be_for_several(int piece) => Expect(
        piece,
        """
        > #6: Confirm.Select [Asks]
        < #6: Confirm.Select-Ok [Answers]
        > #7: Basic.Consume jobs [Asks]
        < #7: Basic.Consume-Ok [Answers]
        > #8: Basic.Publish logs [Asks]
        > #9: Basic.Publish jobs [Asks]
        > #10: Basic.Publish jobs [Asks]
        < #8: Basic.Ack [Answers]
        < #9: Basic.Ack [Answers]
        < #11: Basic.Deliver jobs [Asks]
        < #12: Basic.Deliver jobs [Asks]
        < #13: Basic.Deliver jobs [Asks]
        < #10: Basic.Nack failed [Answers]
        > #12: Basic.Reject failed [Answers]
        > #11: Basic.Ack [Answers]
        > #13: Basic.Ack [Answers]
        """,
        [
            .. s_opening,
            (Direction.ToServer, Method(1, 85, 10, "b:0")),
            (Direction.ToClient, [.. Heartbeat, .. Method(1, 85, 11)]),
            (Direction.ToServer, Method(1, 60, 20, "h:0 s:jobs s: b:0 z:4")),
            (Direction.ToClient, Method(1, 60, 21, "s:tag-1")),
            (Direction.ToServer, [.. Publish(1, "logs", "a.b", 250), .. Publish(1, "", "jobs", 0), .. Publish(1, "", "jobs", 7)]),
            (Direction.ToClient,
            [
                .. Ack(1, 2, isMultiple: true), .. Deliver(1, "tag-1", 1, "jobs", 150), .. Heartbeat, .. Deliver(1, "tag-1", 2, "jobs", 0),
                .. Deliver(1, "tag-1", 3, "jobs", 1), .. Method(1, 60, 120, "l:3 b:0"),
            ]),
            (Direction.ToServer, [.. Method(1, 60, 90, "l:2 b:1"), .. Ack(1, 0, isMultiple: true)]),
        ],
        skip: 10);

    [Theory, MemberData(nameof(Pieces))]
    public void What_wants_no_answer_says_so(int piece) => Expect(
        piece,
        """
        >: Basic.Consume jobs [NoReply, Asks]
        >: Basic.Publish jobs [NoReply, Asks]
        >: Queue.Declare q [NoReply, Asks]
        <: Basic.Deliver jobs [NoReply, Asks]
        <: Basic.Return 312 NO_ROUTE jobs [NoReply, Asks]
        <: Connection.Blocked [NoReply, Asks]
        > #6: Basic.Get jobs [Asks]
        < #6: Basic.Get-Ok [Answers]
        > #7: Basic.Get jobs [Asks]
        < #7: Basic.Get-Empty [Answers]
        >: Basic.Ack [NoReply, Asks]
        """,
        [
            .. s_opening,
            (Direction.ToServer,
                [.. Method(1, 60, 20, "h:0 s:jobs s:me b:10 z:4"), .. Publish(1, "", "jobs", 3), .. Method(1, 50, 10, "h:0 s:q b:16 z:4")]),
            (Direction.ToClient,
            [
                .. Deliver(1, "me", 1, "jobs", 3), .. Method(1, 60, 50, "h:312 s:NO_ROUTE s: s:jobs"), .. Content(1, 3),
                .. Method(0, 10, 60, "s:memory"),
            ]),
            (Direction.ToServer, Method(1, 60, 70, "h:0 s:jobs b:0")),
            (Direction.ToClient, [.. Method(1, 60, 71, "l:2 b:0 s: s:jobs z:4"), .. Content(1, 30)]),
            (Direction.ToServer, Method(1, 60, 70, "h:0 s:jobs b:1")),
            (Direction.ToClient, Method(1, 60, 72, "s:")),
            (Direction.ToServer, Ack(1, 2)),
        ],
        skip: 10);

    [Theory, MemberData(nameof(Pieces))]
    public void A_close_with_an_error_ends_what_it_refuses(int piece) => Expect(
        piece,
        """
        > #6: Queue.Declare missing [Asks]
        < #6: 404 NOT_FOUND failed [Answers]
        < #7: Channel.Close 404 NOT_FOUND [Asks]
        > #7: Channel.Close-Ok [Answers]
        > #8: Channel.Open [Asks]
        < #8: Channel.Open-Ok [Answers]
        > #9: Tx.Commit [Asks]
        < #9: 504 CHANNEL_ERROR failed [Answers]
        < #10: Connection.Close 504 CHANNEL_ERROR [Asks, Goodbye]
        """,
        [
            .. s_opening,
            (Direction.ToServer, Method(1, 50, 10, "h:0 s:missing b:1 z:4")),
            (Direction.ToClient, Method(1, 20, 40, "h:404 s:NOT_FOUND h:50 h:10")),
            (Direction.ToServer, [.. Method(1, 20, 41), .. Method(1, 20, 10, "s:")]),
            (Direction.ToClient, Method(1, 20, 11, "z:4")),
            (Direction.ToServer, Method(1, 90, 20)),
            (Direction.ToClient, Method(0, 10, 50, "h:504 s:CHANNEL_ERROR h:90 h:20")),
        ],
        skip: 10);

    [Theory, MemberData(nameof(Pieces))]
    public void A_server_that_speaks_another_version_says_which(int piece) => Expect(
        piece,
        """
        > #1: Protocol-Header 0-9 [Asks]
        < #1: Protocol-Header 0-9-1 failed [Answers, Goodbye]
        """,
        [(Direction.ToServer, [.. "AMQP"u8, 1, 1, 0, 9]), (Direction.ToClient, FirstWord)]);

    [Fact]
    public void A_name_that_a_server_made_is_no_group() => Expect(
        100_000, "> #1: Queue.Delete amq.gen-Iq95Zja_wgS1oeYQv1bfSg ~ Queue.Delete amq.:id [Asks]",
        [(Direction.ToServer, Method(1, 50, 40, "h:0 s:amq.gen-Iq95Zja_wgS1oeYQv1bfSg b:0"))]);

    [Fact]
    public void Channels_take_turns_in_the_middle_of_content()
    {
        byte[] one = Publish(1, "one", "", 150), two = Publish(2, "two", "", 150);
        FramedMessages messages = FramedMessages.Of(
            new AmqpProtocol().Create(), 100_000, (Direction.ToServer, [.. FirstWord, .. Method(1, 20, 10, "s:"), .. Method(2, 20, 10,
                "s:")]),
            (Direction.ToServer, [.. one[..^58], .. two[..^58], .. one[^58..], .. two[^58..]]));
        Assert.Equal([">: Basic.Publish one [NoReply, Asks]", ">: Basic.Publish two [NoReply, Asks]"], messages.Log[^2..]);
        Assert.Equal([one.Length, two.Length], messages.Lengths[^2..]);
    }

    [Fact]
    public void Missing_bytes_of_a_body_belong_to_it_and_other_missing_bytes_end_it()
    {
        byte[] publish = Publish(1, "logs", "", 1000), declare = Method(1, 50, 10, "h:0 s:q b:0 z:4");
        var messages = new FramedMessages(new AmqpProtocol().Create());
        messages.Take(Direction.ToServer, (byte[])[.. FirstWord, .. Method(1, 20, 10, "s:"), .. publish[..60]]);
        messages.Skip(Direction.ToServer, 70);
        messages.Take(Direction.ToServer, publish.AsSpan(130));
        messages.Take(Direction.ToServer, publish.AsSpan(0, 150));
        messages.Skip(Direction.ToServer, 900);
        messages.Take(Direction.ToServer, (byte[])[1, 2, 3, .. declare]);
        Assert.Equal(
            [">: Basic.Publish logs [NoReply, Asks]", ">: Basic.Publish logs [NoReply, Asks]", "> #3: Queue.Declare q [Asks]"],
            messages.Log[2..]);
    }

    [Theory]
    [InlineData("414d5150" + "00010000", false)]
    [InlineData("414d5150" + "03010000", false)]
    [InlineData("414d5150" + "00000901", true)]
    [InlineData("414d5150" + "01010009", true)]
    public void Its_versions_are_known_and_those_of_others_are_not(string hex, bool isIts) => Assert.Equal(
        isIts ? Likeness.Yes : Likeness.No, new AmqpProtocol().Resembles(Direction.ToServer, Convert.FromHexString(hex), isHinted: true));

    [Fact]
    public void No_bytes_do_harm()
    {
        byte[] said = [.. FirstWord, .. Method(1, 20, 10, "s:"), .. Method(1, 85, 10, "b:0"), .. Publish(1, "x", "y", 60), .. Deliver(1,
            "t", 1, "q", 9),
            .. Ack(1, 1, isMultiple: true), .. Method(1, 20, 40, "h:404 s:N h:50 h:10"), .. Heartbeat];
        Gen.Select(Gen.Select(Gen.Int[0, said.Length - 1], Gen.Byte).Array[0, 12], Gen.Int[1, 50], Gen.Bool, Gen.Int[0, 60])
            .Sample((changes, piece, isMidway, missing) =>
        {
            byte[] bytes = [.. said];
            foreach ((int at, byte value) in changes) bytes[at] = value;
            var messages = new FramedMessages(new AmqpProtocol().Create());
            foreach (Direction from in (Direction[])[Direction.ToServer, Direction.ToClient, Direction.ToServer])
            {
                if (isMidway) messages.Framing[from].TryLose();
                foreach (byte[] part in bytes.Chunk(piece)) messages.Take(from, part);
                if (missing > 0 && messages.Framing[from].Failure.Fault == FramingFault.None) messages.Skip(from, missing);
                messages.Take(from, bytes);
            }
        });
    }

    [Fact]
    public void Of_deliveries_that_nobody_acknowledges_so_many_are_remembered()
    {
        const int Most = 65_536;
        ConnectionFraming framing = new AmqpProtocol().Create();
        var keys = new List<long?>();
        for (int tag = 1; tag <= Most + 1; tag++)
        {
            framing.ToClient.Take(Method(1, 60, 60, $"s:t l:{tag} b:0 s: s:q"));
            keys.Add(Key(framing.ToClient, Content(1, 0)));
        }

        Assert.Equal(keys[0], Key(framing.ToServer, Ack(1, 1)));
        Assert.Equal(keys[Most - 1], Key(framing.ToServer, Ack(1, Most)));
        Assert.DoesNotContain(Key(framing.ToServer, Ack(1, Most + 1)), keys);
    }

    private static long? Key(StreamFraming half, byte[] message)
    {
        FrameStep step = half.Take(message);
        Assert.Equal((FrameStatus.Complete, message.Length), (step.Status, step.Taken));
        var end = new MessageEnd { Message = step.Message };
        half.Describe(ref end);
        return end.Key;
    }

    private static void Expect(int piece, string log, (Direction, byte[])[] said, int skip = 0) =>
        Assert.Equal(log, string.Join('\n', FramedMessages.Of(new AmqpProtocol().Create(), piece, said).Log.Skip(skip)));
}
