using Trama.Framing.Stomp;

namespace Trama.Framing.Tests.Stomp;

public class StompTests
{
    private const string Said =
        """
        >CONNECT\naccept-version:1.1,1.2\nhost:/\nlogin:ana\npasscode:hunter2\n\n\0
        <CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0\n
        >\nSUBSCRIBE\nid:0\ndestination:/queue/jobs\nack:client\nreceipt:r1\n\n\0
        <RECEIPT\nreceipt-id:r1\n\n\0\n\n
        >SEND\ndestination:/queue/jobs\ncontent-length:5\n\na\0b\0c\0SEND\r\ndestination:/queue/7/done\r\nreceipt:r2\r\n\r\nhello\0\r\n
        <MESSAGE\nsubscription:0\nmessage-id:m1\ndestination:/queue/jobs\nack:a1\n\none\0\nMESSAGE\nsubscription:0\nmessage-id:m2\ndestination:/queue/jobs\nack:a2\ncontent-length:0\n\n\0
        <RECEIPT\nreceipt-id:r2\n\n\0MESSAGE\nsubscription:0\nmessage-id:m3\ndestination:/queue/jobs\nack:a3\n\n\0
        >ACK\nid:a2\nreceipt:r3\n\n\0NACK\nid:a3\n\n\0
        <RECEIPT\nreceipt-id:r3\n\n\0
        >UNSUBSCRIBE\nid:0\n\n\0SUBSCRIBE\nid:1\ndestination:news\n\n\0
        <MESSAGE\nsubscription:1\nmessage-id:m4\ndestination:news\n\n\0
        >BEGIN\ntransaction:t\nreceipt:r4\n\n\0DISCONNECT\n\n\0
        <ERROR\nreceipt-id:r4\nmessage:no transactions\n\nsee the log\0
        """;

    [Fact]
    public void A_conversation_is_told_with_its_receipts_and_acknowledgements() => ProtocolTalk.Expect(
        new StompProtocol(), Said,
        """
        > #1: CONNECT [Asks]
        < #1: CONNECTED 1.2 [Answers]
        > #2: SUBSCRIBE /queue/jobs [Asks]
        < #2: RECEIPT [Answers]
        >: SEND /queue/jobs [NoReply, Asks]
        > #3: SEND /queue/7/done ~ SEND /queue/:id/done [Asks]
        < #4: MESSAGE /queue/jobs [Asks]
        < #5: MESSAGE /queue/jobs [Asks]
        < #3: RECEIPT [Answers]
        < #6: MESSAGE /queue/jobs [Asks]
        > #4: ACK [Answers]
        > #5: ACK [Answers]
        > #7: ACK [Asks]
        > #6: NACK failed [Answers]
        < #7: RECEIPT [Answers]
        >: UNSUBSCRIBE /queue/jobs [NoReply, Asks]
        >: SUBSCRIBE news [NoReply, Asks]
        <: MESSAGE news [NoReply, Asks]
        > #8: BEGIN [Asks]
        >: DISCONNECT [NoReply, Asks, Goodbye]
        < #8: ERROR no transactions failed [Answers, Goodbye]
        """);

    [Fact]
    public void A_refused_connection_and_an_error_that_names_nothing() => ProtocolTalk.Expect(
        new StompProtocol(),
        """
        >STOMP\naccept-version:9.9\n\n\0
        <ERROR\nversion:1.2,2.1\nmessage:unknown version\n\n\0
        <ERROR\nmessage:shutting down\n\n\0
        """,
        """
        > #1: STOMP [Asks]
        < #1: ERROR unknown version failed [Answers, Goodbye]
        <: ERROR shutting down [NoReply, Asks, Goodbye]
        """);

    [Fact]
    public void After_missing_bytes_a_frame_begins_behind_the_end_of_another()
    {
        var messages = new FramedMessages(new StompProtocol().Create());
        messages.Take(Direction.ToServer, "SEND\ndestination:/a\ncontent-length:1000\n\nabc"u8);
        messages.Skip(Direction.ToServer, 900);
        messages.Take(Direction.ToServer, [.. new byte[97], 0, .. "SEND\ndestination:/b\n\nbody"u8]);
        messages.Skip(Direction.ToServer, 50);
        messages.Take(Direction.ToServer, [.. "SEND it\n of a body\0\n"u8, .. "SEND\ndestination:/c\n\nbody\0"u8]);
        Assert.Equal([">: SEND /a [NoReply, Asks]", ">: SEND /c [NoReply, Asks]"], messages.Log);
        Assert.Contains((Direction.ToServer, 0L), FramedMessages.Of(new StompProtocol().Create(), 5, (Direction.ToServer,
            "SEND\nx:1\n"u8.ToArray())).Open);
    }

    [Theory]
    [InlineData("CONNECT\nlogin:a\n\n\0", Likeness.Yes)]
    [InlineData("STOMP\r\nhost:a\r\n\r\n\0", Likeness.Yes)]
    [InlineData("CONNECT example.org:443 HTTP/1.1\r\n", Likeness.No)]
    [InlineData("CONNECT\nwhat is this\n", Likeness.No)]
    public void A_client_s_first_frame_is_known(string first, Likeness expected) => Assert.Equal(
        expected, new StompProtocol().Resembles(Direction.ToServer, System.Text.Encoding.ASCII.GetBytes(first), isHinted: false));

    [Fact]
    public void What_does_not_fit_is_told() => Assert.Equal(
        ["> BadStartLine at 1"], FramedMessages.Of(new StompProtocol().Create(), 100, (Direction.ToServer, "\nHELLO\n"u8.ToArray())).Log);

    [Fact]
    public void No_bytes_do_harm() => ProtocolTalk.AssertHarmless(new StompProtocol(), Said);
}
