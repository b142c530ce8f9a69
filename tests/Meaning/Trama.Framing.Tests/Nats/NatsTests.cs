using Trama.Framing.Nats;

namespace Trama.Framing.Tests.Nats;

public class NatsTests
{
    private const string Plain =
        @"<INFO {""server_id"":""N\x5c""X"",""version"":""2.9.10"",""nested"":{""tls_required"":true},""nonce"":""s3cret""}\r\n" + "\n"
        + @">CONNECT {""verbose"":false,""user"":""ana"",""pass"":""hunter2"",""lang"":""go"",""version"":""1.25""}\r\nPING\r\n" + "\n"
        + @"<PONG\r\nPING\r\n" + "\n"
        + @">PONG\r\nsub  orders.17.paid workers 9\r\nPUB svc.echo _INBOX.abc.1 5\r\nA\r\nBC\r\n" + "\n"
        + @"<MSG orders.17.paid 9 $JS.ACK.S.1 2\r\nhi\r\nHMSG _INBOX.abc.1 2 26 26\r\nNATS/1.0 100 Heartbeat\r\n\r\n\r\n" + "\n"
        + @">PUB $JS.ACK.S.1 4\r\n+ACK\r\n" + "\n"
        + @"<HMSG _INBOX.abc.1 2 30 30\r\nNATS/1.0 503 No Responders\r\n\r\n\r\nMSG _INBOX.abc.1 2 0\r\n\r\n" + "\n"
        + @">UNSUB 9 1\r\n" + "\n"
        + @"<-ERR 'Stale Connection'\r\n";

    private const string Verbose =
        @">CONNECT {""lang"":""go""}\r\nSUB a 1\r\nPUB a _INBOX.x 1\r\n1\r\nPING\r\nPUB b 0\r\n\r\n" + "\n"
        + @"<+OK\r\n+OK\r\n+OK\r\nMSG a 1 _INBOX.x 1\r\n1\r\nPONG\r\n-ERR 'Permissions Violation for Publish to ""b""'\r\n";

    private static readonly NatsProtocol s_nats = new();

    [Fact]
    public void An_answer_is_paired_by_the_subject_that_was_named_for_it_and_nothing_else_is_answered() => ProtocolTalk.Expect(
        s_nats, Plain,
        """
        <: INFO = INFO nats-server 2.9.10 [Unsolicited]
        >: CONNECT = CONNECT go 1.25 [NoReply, Asks]
        >: PING [Asks]
        <: PONG [Answers]
        <: PING [Asks]
        >: PONG [Answers]
        >: SUB orders.17.paid ~ SUB orders.:id.paid = SUB orders.17.paid group=workers [NoReply, Asks]
        > #1: PUB svc.echo [Asks]
        < #2: MSG orders.17.paid ~ MSG orders.:id.paid [Asks]
        < #1: 100 Heartbeat = HMSG _INBOX.abc.1 [Interim, Answers]
        > #2: PUB = PUB $JS.ACK.S.1 [Answers]
        < #1: 503 No Responders = HMSG _INBOX.abc.1 failed [Answers]
        <: MSG _INBOX.abc.1 ~ MSG _INBOX.:id [Unsolicited]
        >: UNSUB 9 ~ UNSUB :id [NoReply, Asks]
        <: Stale Connection failed [Unsolicited, Goodbye]
        """);

    [Fact]
    public void In_verbose_mode_everything_is_confirmed_in_order() => ProtocolTalk.Expect(
        s_nats, Verbose,
        """
        >: CONNECT = CONNECT go  verbose [Asks]
        >: SUB a [Asks]
        >: PUB a [Asks]
        >: PING [Asks]
        >: PUB b [Asks]
        <: +OK
        <: +OK
        <: +OK
        <: MSG a [Unsolicited]
        <: PONG [Answers]
        <: Permissions Violation for Publish to "b" failed
        """);

    [Fact]
    public void Credentials_are_never_told()
    {
        string told = string.Join('\n', FramedMessages.Of(s_nats.Create(), 5, ProtocolSamples.Bytes(Plain)).Log);
        foreach (string secret in (string[])["hunter2", "ana", "s3cret"]) Assert.DoesNotContain(secret, told, StringComparison.Ordinal);
    }

    [Fact]
    public void TLS_begins_where_the_client_begins_it()
    {
        (Direction From, byte[] Bytes)[] said = ProtocolSamples.Bytes(
            @"<INFO {""tls_required"":true}\r\n" + "\n" + @">\x16\x03\x01\0\x05\x01\0\0\x01x");
        for (int piece = 1; piece < 40; piece++)
        {
            List<string> told = RecordedMessages.Of(FramingRule.OfProtocol("nats"), piece, said);
            Assert.EndsWith("= TLS ClientHello", told[^1], StringComparison.Ordinal);
            Assert.Equal(2, told.Count);
        }
    }

    [Theory]
    [InlineData("INFO {\"server_id\"", Direction.ToClient, true)]
    [InlineData("CONNECT {\"v", Direction.ToServer, true)]
    [InlineData("CONNECT {", Direction.ToServer, true)]
    [InlineData("INFO sip:a@b SIP/2.0\r\n", Direction.ToServer, false)]
    [InlineData("CONNECT example.org:443 HTTP/1.1\r\n", Direction.ToServer, false)]
    [InlineData("PING\r\n", Direction.ToServer, false)]
    public void The_opening_tells_the_protocol(string said, Direction speaker, bool isNats)
    {
        byte[] bytes = System.Text.Encoding.ASCII.GetBytes(said);
        for (int length = 1; length <= bytes.Length; length++)
        {
            Recognition.TryTell(speaker, bytes.AsSpan(0, length), default, isAll: length == bytes.Length, out Protocol? told);
            if (told is not null) Assert.Equal(isNats, told.Name == "nats");
            else Assert.False(isNats && length == bytes.Length);
        }
    }

    [Fact]
    public void No_bytes_do_harm()
    {
        ProtocolTalk.AssertHarmless(s_nats, Plain);
        ProtocolTalk.AssertHarmless(s_nats, Verbose);
    }
}
