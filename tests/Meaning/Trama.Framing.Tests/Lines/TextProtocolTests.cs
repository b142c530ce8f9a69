using System.Text;
using CsCheck;

namespace Trama.Framing.Tests.Lines;

/// <summary>Protocols of lines that people can read: what is asked, how it ended, what answers nothing, and that no password is
/// told.</summary>
public class TextProtocolTests
{
    private static readonly string[] Names = ["smtp", "ftp", "pop3", "imap", "irc", "bgp", "telnet"];

    [Fact]
    public void Smtp() => AssertTold(
        "smtp",
        [
            "<: 220 = 220 mail ESMTP [Unsolicited]",
            ">: EHLO me ~ EHLO",
            "<: 250 = 250-mail",
            ">: AUTH PLAIN *** ~ AUTH",
            "<: 535 = 535 no failed",
            ">: AUTH LOGIN ~ AUTH",
            "<: 334",
            ">: AUTH ***",
            "<: 235 = 235 fine",
            ">: RCPT TO:<ana@example.org> ~ RCPT",
            "<: 550 = 550 No such user failed",
            ">: DATA",
            "<: 354 = 354 go on",
            ">: content",
            "<: 250 = 250 queued",
            ">: QUIT [Goodbye]",
            "<: 221 = 221 bye",
            "<: 421 = 421 closing failed [Unsolicited, Goodbye]",
        ],
        "<220 mail ESMTP", ">EHLO me", "<250-mail\r\n250 HELP", ">auth PLAIN AGFuYQBzZWNyZXQ=", "<535 no", ">AUTH LOGIN",
            "<334 VXNlcm5hbWU6", ">c2VjcmV0", "<235 fine",
        ">RCPT TO:<ana@example.org>", "<550 No such user", ">DATA", "<354 go on", ">Subject: x\r\n\r\nPASS secret\r\n.", "<250 queued",
            ">quit", "<221 bye", "<421 closing");

    [Fact]
    public void Ftp() => AssertTold(
        "ftp",
        [
            "<: 220 = 220 (vsFTPd 3.0.3) [Unsolicited]",
            ">: USER ana ~ USER",
            "<: 331 = 331 password?",
            ">: PASS *** ~ PASS",
            "<: 230 = 230-Welcome",
            ">: RETR a b.txt ~ RETR",
            "<: 150 = 150 opening [Interim]",
            "<: 226 = 226 sent",
        ],
        "<220 (vsFTPd 3.0.3)", ">USER ana", "<331 password?", ">PASS secret", "<230-Welcome\r\n to it\r\n230 in", ">RETR a b.txt",
            "<150 opening", "<226 sent");

    [Fact]
    public void Pop3() => AssertTold(
        "pop3",
        [
            "<: +OK = +OK <1@mail> [Unsolicited]",
            ">: APOP ana *** ~ APOP",
            "<: -ERR = -ERR no failed",
            ">: AUTH PLAIN ~ AUTH",
            "<: +",
            ">: AUTH ***",
            "<: +OK",
            ">: RETR 1 ~ RETR",
            "<: +OK = +OK 120 octets",
        ],
        "<+OK <1@mail>", ">APOP ana c4c9334bac560ecc979e58001b3e22fb", "<-ERR no", ">AUTH PLAIN", "<+ ", ">AGFuYQBzZWNyZXQ=", "<+OK",
            ">RETR 1", "<+OK 120 octets\r\nSubject: x\r\n\r\ny\r\n.");

    [Fact]
    public void Imap() => AssertTold(
        "imap",
        [
            "<:  = * OK ready [Unsolicited]",
            ">#: LOGIN ana *** ~ LOGIN",
            "<#: NO = NO [AUTHENTICATIONFAILED] no failed",
            ">#: AUTHENTICATE PLAIN ~ AUTHENTICATE",
            "<#:  = + [Interim]",
            ">: AUTHENTICATE *** [NoReply]",
            "<#: OK = OK in",
            ">#: SELECT INBOX ~ SELECT",
            ">#: UID FETCH 1:2 (BODY[]) ~ UID",
            "<#: OK = OK [READ-WRITE] selected",
            "<#: OK = OK fetched",
            ">#: IDLE",
            "<#:  = + idling [Interim]",
            "<:  = * 24 EXISTS [Unsolicited]",
            ">: DONE [NoReply]",
            "<#: OK = OK idled",
            ">#: APPEND Sent {8} ~ APPEND",
            "<#: BAD = BAD no failed",
            ">#: LOGOUT [Goodbye]",
            "<:  = * BYE see you [Unsolicited, Goodbye]",
            "<#: OK = OK out",
        ],
        "<* OK ready", ">a1 LOGIN ana secret", "<a1 NO [AUTHENTICATIONFAILED] no", ">a2 authenticate PLAIN", "<+ ", ">AGFuYQBzZWNyZXQ=",
            "<a2 OK in",
        ">a3 SELECT INBOX\r\na4 UID FETCH 1:2 (BODY[])", "<* 23 EXISTS\r\n* FLAGS (\\Seen)\r\na3 OK [READ-WRITE] selected",
        "<* 1 FETCH (UID 1 BODY[] {10}\r\na4 OK no\r\n)\r\na4 OK fetched", ">a5 IDLE", "<+ idling", "<* 24 EXISTS", ">DONE", "<a5 OK idled",
        ">a6 APPEND Sent {8}\r\na7 X\r\n\r\n", "<a6 BAD no", ">a8 LOGOUT", "<* BYE see you\r\na8 OK out");

    [Fact]
    public void A_password_as_a_literal_is_none_that_is_told() => AssertTold(
        "imap", [">#: LOGIN *** ~ LOGIN"], ">a1 LOGIN {3}\r\nana {6}\r\nsecret");

    [Fact]
    public void Irc() => AssertTold(
        "irc",
        [
            ">: PASS *** ~ PASS [NoReply, Asks]",
            ">: NICK ana ~ NICK [NoReply, Asks]",
            "<: 433 * ana :taken ~ 433 [NoReply, Asks]",
            "<: PING :x ~ PING [Asks]",
            ">: PONG = PONG :x [Answers]",
            ">: PRIVMSG *** ~ PRIVMSG [NoReply, Asks]",
            ">: PRIVMSG #a :hi ~ PRIVMSG [NoReply, Asks]",
            ">: QUIT [NoReply, Asks, Goodbye]",
        ],
        ">PASS secret", ">NICK ana", "<:irc.example.org 433 * ana :taken", "<PING :x", ">PONG :x", ">PRIVMSG NickServ :IDENTIFY secret",
            ">PRIVMSG #a :hi", ">QUIT");

    [Fact]
    public void Bgp()
    {
        byte[] open = Message(1, new byte[10]), update = Message(2, new byte[40]), alive = Message(4), cease = Message(3, 6, 2, 0);
        List<string> expected = [">: OPEN [NoReply, Asks]", ">: KEEPALIVE [NoReply, Asks]", ">: UPDATE [NoReply, Asks]",
            ">: NOTIFICATION 6/2 cease ~ NOTIFICATION [NoReply, Asks, Goodbye]"];
        for (int piece = 1; piece < 60; piece++)
            Assert.Equal(expected,
                FramedMessages.Of(Framing("bgp"), piece, (Direction.ToServer, [.. open, .. alive, .. update, .. cease])).Log);
        var messages = new FramedMessages(Framing("bgp"));
        messages.Take(Direction.ToServer, update.AsSpan(0, 30));
        messages.Skip(Direction.ToServer, 100);
        messages.Take(Direction.ToServer, [1, 2, 3, .. alive]);
        Assert.Equal(">: KEEPALIVE [NoReply, Asks]", messages.Log[^1]);
        Assert.Equal([">: BadLength at 0", "<: BadLength at 0"],
            [.. FramedMessages.Of(Framing("bgp"), 9, (Direction.ToServer, Message(9)),
            (Direction.ToClient, [.. alive[..16], 0, 18, 4])).Log.Select(line => line.Insert(1, ":"))]);
    }

    [Fact]
    public void Telnet_is_told_by_turns_without_its_commands_and_without_what_was_typed()
    {
        byte[] server = [255, 253, 24, 255, 250, 24, 1, 255, 255, 255, 240, (byte)'l', (byte)'o', (byte)'g', (byte)'i', (byte)'n', 255, 241,
            (byte)':'];
        for (int piece = 1; piece < 20; piece++)
        {
            var sink = new List<int>();
            StreamFraming half = Framing("telnet").ToClient;
            foreach (byte[] part in server.Chunk(piece))
            {
                ReadOnlySpan<byte> rest = part;
                while (!rest.IsEmpty)
                {
                    FrameStep step = half.Take(rest);
                    if (step.Status != FrameStatus.Between) foreach (byte one in rest[..step.Taken]) sink.Add(one);
                    rest = rest[step.Taken..];
                }
            }

            Assert.Equal("login:", string.Concat(sink.Select(one => (char)one)));
        }

        var end = new MessageEnd();
        Framing("telnet").ToServer.Describe(ref end);
        Assert.True(end.Operation.IsEmpty && end.Description.IsEmpty && end.ReplyDue == false);
    }

    [Theory]
    [InlineData("<", "220 mail.example.org ESMTP Postfix\r\n", "smtp")]
    [InlineData("<", "220 (vsFTPd 3.0.3)\r\n", "ftp")]
    [InlineData("<", "220 ready\r\n", "commands")]
    [InlineData("<", "* OK [CAPABILITY IMAP4rev1] ready\r\n", "imap")]
    [InlineData(">", "NICK ana\r\n", "irc")]
    [InlineData("<", ":irc.example.org NOTICE * :hi\r\n", "irc")]
    [InlineData("<", "\u00ff\u00fd\u0018", "telnet")]
    [InlineData(">", "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", "bgp")]
    [InlineData("<", "hello\r\n", "turns")]
    public void First_bytes_tell_the_protocol(string speaker, string first, string protocol)
    {
        var conversation = new Conversation(FramingRule.Auto, new RecordedMessages());
        conversation.Take(speaker == ">" ? Direction.ToServer : Direction.ToClient, Encoding.Latin1.GetBytes(first));
        Assert.Equal(protocol, conversation.Framing);
    }

    [Fact]
    public void No_bytes_do_harm() => Gen.Select(Gen.Int[0, 6].Select(one => Names[one]), Gen.Byte.Array[0, 200],
        Gen.Char[" *+{}a1\r\n0OKLOGIN:@"].Array[0, 200], Gen.Int[1, 30])
        .Sample((name, bytes, text, piece) =>
        {
            byte[] said = [.. Encoding.Latin1.GetBytes(text), .. bytes];
            FramedMessages.Of(Framing(name), piece, (Direction.ToServer, said), (Direction.ToClient, said));
        });

    private static ConnectionFraming Framing(string name) => FramingRule.OfProtocol(name).Create();

    private static byte[] Message(byte type, params byte[] body) =>
        [.. Enumerable.Repeat((byte)0xff, 16), 0, (byte)(19 + body.Length), type, .. body];

    // Each line ends with CR LF. A key is not told by its number.
    private static void AssertTold(string protocol, string[] expected, params string[] said)
    {
        (Direction, byte[])[] bytes = [.. said.Select(
            line => (line[0] == '>' ? Direction.ToServer : Direction.ToClient, Encoding.Latin1.GetBytes(line[1..] + "\r\n")))];
        for (int piece = 1; piece < 30; piece++)
            Assert.Equal(expected, FramedMessages.Of(Framing(protocol), piece, bytes).Log.Select(
                line => System.Text.RegularExpressions.Regex.Replace(line, @" #\d+:", "#:")));
    }
}
