using Trama.Framing.Sip;

namespace Trama.Framing.Tests.Sip;

public class SipTests
{
    private const string Call =
        @">INVITE sip:bob:hunter2@example.org;transport=tcp SIP/2.0\r\nVia: SIP/2.0/TCP a;branch=z9hG4bK1\r\n"
        + @"Call-ID: c1@a\r\nCSeq: 1 INVITE\r\nContent-Length: 4\r\n\r\nv=0\n\r\n\r\n" + "\n"
        + @"<SIP/2.0 100 Trying\r\nCall-ID: c1@a\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n"
        + @"SIP/2.0 180 Ringing\r\ni: c1@a\r\nCSeq: 1 INVITE\r\nl: 0\r\n\r\n"
        + @"SIP/2.0 200 OK\r\nCall-ID: c1@a\r\nCSeq: 1 INVITE\r\nl: 2\r\n\r\nhi" + "\n"
        + @">ACK sip:bob@example.org SIP/2.0\r\nCall-ID: c1@a\r\nCSeq: 1 ACK\r\nl: 0\r\n\r\n" + "\n"
        + @"<BYE sips:ana@10.0.0.1 SIP/2.0\r\nCall-ID: c1@a\r\nCSeq: 1 BYE\r\nContent-Length: 0\r\n\r\n\r\n" + "\n"
        + @">SIP/2.0 481 Call Does Not Exist\r\nCall-ID: c1@a\r\nCSeq: 1 BYE\r\nContent-Length: 0\r\n\r\n";

    private static readonly SipProtocol s_sip = new();

    [Fact]
    public void Either_side_asks_and_a_call_s_number_pairs_what_it_gets() => ProtocolTalk.Expect(s_sip, Call,
        """
        > #1: INVITE sip:bob@example.org ~ INVITE [Asks]
        < #1: 100 = 100 Trying [Interim, Answers]
        < #1: 180 = 180 Ringing [Interim, Answers]
        < #1: 200 = 200 OK [Answers]
        > #2: ACK sip:bob@example.org ~ ACK [NoReply, Asks]
        < #3: BYE sips:ana@10.0.0.1 ~ BYE [Asks]
        > #3: 481 = 481 Call Does Not Exist failed [Answers]
        """);

    [Theory]
    [InlineData("INVITE sip:a", true)]
    [InlineData("OPTIONS sips:a", true)]
    [InlineData("SIP/2.0 200", true)]
    [InlineData("OPTIONS * HTTP/1.1", false)]
    [InlineData("INFO {\"server", false)]
    [InlineData("NOTIFY /upnp HTTP/1.1", false)]
    public void A_method_with_a_target_of_its_own_tells_the_protocol(string said, bool isSip) =>
        Assert.Equal(
            isSip, s_sip.Resembles(Direction.ToServer, System.Text.Encoding.ASCII.GetBytes(said), isHinted: false) == Likeness.Yes);

    [Fact]
    public void No_bytes_do_harm() => ProtocolTalk.AssertHarmless(s_sip, Call);
}
