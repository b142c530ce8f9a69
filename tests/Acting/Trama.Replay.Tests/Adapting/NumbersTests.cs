using System.Net;
using System.Text;
using Trama.Framing.Http2.Fields;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Replay.Adapting;
using Trama.Replay.Adapting.Http2;
using Trama.Replay.Recording;
using Trama.Tracing;

namespace Trama.Replay.Tests.Adapting;

/// <summary>What must differ in a reply that is said again.</summary>
public class NumbersTests
{
    private static readonly Occasion Here = new(Side.Server, new Endpoint(IpAddress.FromIpv4(0x0a000001), 9092),
        new IPEndPoint(IPAddress.Loopback, 4000), new IPEndPoint(IPAddress.Loopback, 40_000), TimeProvider.System);

    [Theory]
    [InlineData("dns", "001d aaaa 0100", "001d bbbb 0100", "0020 aaaa 8180", "0020 bbbb 8180")]
    [InlineData("cassandra", "04 00 0001 07", "04 00 0009 07", "84 00 0001 08", "84 00 0009 08")]
    [InlineData("modbus", "0001 0000 0006", "0102 0000 0006", "0001 0000 0005", "0102 0000 0005")]
    [InlineData("memcached", "80000000 00000000 00000000 00000007", "80000000 00000000 00000000 01020304",
        "81000000 00000000 00000000 00000007", "81000000 00000000 00000000 01020304")]
    [InlineData("kafka", "0000000c 0012 0000 00000001 ffff", "0000000c 0012 0000 00000abc ffff",
        "00000006 00000001 0000", "00000006 00000abc 0000")]
    // What answers another number keeps its own.
    [InlineData("dns", "001d aaaa 0100", "001d bbbb 0100", "0020 cccc 8180", "0020 cccc 8180")]
    [InlineData("ldap", "3005 020102 4200", "3006 02020123 4200", "3009 020102 6504 0a010004",
        "308400000009 02020123 65040a0100 04")]
    public void A_reply_has_the_number_of_its_request(string protocol, string then, string now, string reply, string expected)
    {
        var saying = new Saying(Message(Side.Server, reply, protocol), Bytes(reply), Message(Side.Client, then, protocol),
            new LiveMessage { Bytes = Bytes(now), Protocol = protocol }, Here);
        string said = Convert.ToHexString(new Adaptations().Of(protocol).Write(saying).Span);
        if (protocol == "ldap") Assert.EndsWith("02020123" + "65040A010004", said, StringComparison.Ordinal);
        else Assert.Equal(Convert.ToHexString(Bytes(expected)), said);
    }

    [Theory]
    [InlineData("dns", "001d aaaa 0100 aa", "001d bbbb 0100 aa")]
    [InlineData("mongodb", "14000000 01000000 00000000 d4070000 00000000", "14000000 09000000 00000000 d4070000 00000000")]
    public void Two_requests_that_differ_by_their_numbers_are_alike(string protocol, string one, string other)
    {
        Adaptation adaptation = new Adaptations().Of(protocol);
        Assert.Equal(adaptation.Content(Bytes(one), Side.Client), adaptation.Content(Bytes(other), Side.Client),
            (left, right) => left.Span.SequenceEqual(right.Span));
    }

    [Theory]
    [InlineData("resp", "GET k\r\n", "-MOVED 5 10.0.0.1:7000\r\n", "-MOVED 5 127.0.0.1:4000\r\n", "-MOVED 6 10.0.0.1:7000\r\n")]
    [InlineData("kafka", "\0\0\0\u0010\0\u000a\0\0\0\0\0\u0005\u00ff\u00ff", "\0\0\0\u0014\0\0\0\u0005\0\0\0\0\0\u0001\0\u0002b1\0\0\0\u0007",
        "\0\0\0\u0015\0\0\0\u0006\0\0\0\0\0\u0001\0\u0003b22\0\0\0\u0008", "\0\0\0\u0014\0\0\0\u0005\0\u000f\0\0\0\u0001\0\u0002b1\0\0\0\u0007")]
    public void Replies_that_differ_by_where_the_server_is_are_alike(string protocol, string asked, string one, string other, string different)
    {
        Adaptation adaptation = new Adaptations().Of(protocol);
        byte[] content(string reply) => adaptation.ReplyContent(
            Encoding.Latin1.GetBytes(reply), Message(Side.Client, Encoding.Latin1.GetBytes(asked), protocol)).ToArray();
        Assert.Equal(content(one), content(other));
        Assert.NotEqual(content(one), content(different));
    }

    [Fact]
    public void Each_answer_to_a_search_of_LDAP_has_its_number() => Assert.Equal(
        Bytes("308400000005 020109 6400 308400000007 020109 65020a01"),
        Said("ldap", Bytes("3005 020102 6400 3007 020102 65020a01"), Bytes("3005 020102 4200"), Bytes("3005 020109 4200")));

    [Fact]
    public void Every_broker_of_Kafka_is_this_server()
    {
        // Metadata in version 1: brokers with racks, the controller, no topics.
        byte[] reply = [0, 0, 0, 44, 0, 0, 0, 5, 0, 0, 0, 2, 0, 0, 0, 1, 0, 2, (byte)'b', (byte)'1', 0, 0, 0x23, 0x84, 0xff, 0xff,
            0, 0, 0, 2, 0, 2, (byte)'b', (byte)'2', 0, 0, 0x23, 0x85, 0xff, 0xff, 0, 0, 0, 1, 0, 0, 0, 0];
        string said = Encoding.Latin1.GetString(Said("kafka", reply, Bytes("00000010 0003 0001 00000005 ffff ffffffff")));
        Assert.Equal(2, said.Split("\0\u0009127.0.0.1\0\0\u000f\u00a0").Length - 1);
        Assert.DoesNotContain("b1", said, StringComparison.Ordinal);
        Assert.Equal(said.Length - 4, said[2] << 8 | said[3]);
    }

    [Fact]
    public void A_reply_of_Kafka_that_is_not_what_it_says_stays_as_it_is()
    {
        byte[] reply = [0, 0, 0, 10, 0, 0, 0, 5, 0x7f, 0xff, 0xff, 0xff, 0, 0];
        Assert.Equal(reply, Said("kafka", reply, Bytes("00000010 0003 0001 00000005 ffff ffffffff")));
    }

    [Theory]
    [InlineData("nats", """INFO {"server_id":"X","host":"10.1.1.1","port":4222,"auth_required":true,"nonce":"n","connect_urls":["10.1.1.2:4222"]}""" + "\r\n",
        "INFO {\"server_id\":\"X\",\"host\":\"127.0.0.1\",\"port\":4000}\r\n")]
    [InlineData("smtp", "250-mail.example\r\n250-SIZE 1000\r\n250 STARTTLS\r\n", "250-mail.example\r\n250 SIZE 1000\r\n")]
    [InlineData("smtp", "250-mail.example\r\n250-STARTTLS\r\n250 HELP\r\n", "250-mail.example\r\n250 HELP\r\n")]
    [InlineData("smtp", "250-mail.example\r\n250-Size 1000\r\n250 StartTls\r\n", "250-mail.example\r\n250 Size 1000\r\n")]
    [InlineData("smtp", "250\r\n250 STARTTLS\r\n", "250\r\n")]
    [InlineData("imap", "* OK [CAPABILITY IMAP4rev1 StartTls] ready\r\n", "* OK [CAPABILITY IMAP4rev1] ready\r\n")]
    [InlineData("pop3", "+OK\r\nUSER\r\nSTLS\r\nUIDL\r\n.\r\n", "+OK\r\nUSER\r\nUIDL\r\n.\r\n")]
    [InlineData("imap", "* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready\r\n", "* OK [CAPABILITY IMAP4rev1] ready\r\n")]
    public void What_a_server_offers_is_what_it_does(string protocol, string recorded, string said) =>
        Assert.Equal(said, Encoding.Latin1.GetString(Said(protocol, Encoding.Latin1.GetBytes(recorded), [])));

    [Fact]
    public void An_answer_of_NATS_goes_where_it_is_waited_for()
    {
        var adaptations = new Adaptations();
        Adaptation nats = adaptations.Of("nats");
        nats.Hear(new LiveMessage { Bytes = "SUB _INBOX.new.* 9\r\n"u8.ToArray() });
        var saying = new Saying(Message(Side.Server, "", "nats"), "MSG _INBOX.old.1 1 3\r\nyes\r\n"u8.ToArray(),
            Message(Side.Client, "PUB svc.add _INBOX.old.1 2\r\nhi\r\n"u8.ToArray(), "nats"),
            new LiveMessage { Bytes = "PUB svc.add _INBOX.new.77 2\r\nhi\r\n"u8.ToArray() }, Here);
        Assert.Equal("MSG _INBOX.new.77 9 3\r\nyes\r\n", Encoding.ASCII.GetString(nats.Write(saying).Span));
    }

    [Fact]
    public void Of_more_subscriptions_of_NATS_than_are_kept_the_oldest_goes()
    {
        Adaptation nats = new Adaptations().Of("nats");
        for (int i = 0; i <= 5000; i++) nats.Hear(new LiveMessage { Bytes = Encoding.ASCII.GetBytes($"SUB news.{i} {i + 7}\r\n") });
        string numberOf(string subject) => Encoding.ASCII.GetString(nats.Write(new Saying(Message(Side.Server, "", "nats"),
            Encoding.ASCII.GetBytes($"MSG {subject} 1 3\r\nyes\r\n"), null, null, Here)).Span).Split(' ')[2];
        Assert.Equal(("1", "5007"), (numberOf("news.0"), numberOf("news.5000")));
    }

    [Theory]
    [InlineData("::1", "[::1]:4000")]
    [InlineData("127.0.0.1", "127.0.0.1:4000")]
    [InlineData("::", "127.0.0.1:4000")]
    public void The_place_of_a_server_has_an_IPv6_address_in_brackets(string address, string place) =>
        Assert.Equal(place, ServerNames.Place(Here with { LiveServer = new IPEndPoint(IPAddress.Parse(address), 4000) }));

    [Fact]
    public void A_new_stream_of_HTTP2_has_its_window_however_many_there_were()
    {
        var streams = new OutgoingStreams();
        streams.Hear(Http2Frame.TryRead(Bytes("000006 04 00 00000000 0004 00000000"), out Http2Frame noWindow) ? noWindow : default);
        var reply = new StreamMessage();
        reply.Add("body"u8, endsStream: true);
        streams.Add(1, reply.Frames);
        for (uint stream = 1; stream < 20_000; stream += 2) Widen(stream, stream == 1 ? 1u : 4);
        streams.Add(19_999, reply.Frames);
        var said = new System.Buffers.ArrayBufferWriter<byte>();
        streams.Write(said);
        // One byte of the first, whose window is one, and all of the last.
        Assert.Equal("000001000000000001" + "62" + "000004000100004E1F" + "626F6479", Convert.ToHexString(said.WrittenSpan));
        Assert.Equal(1, streams.Count);

        void Widen(uint stream, uint by) => streams.Hear(
            Http2Frame.TryRead(Bytes($"000004 08 00 {stream:x8} {by:x8}"), out Http2Frame update) ? update : default);
    }

    [Fact]
    public void A_command_of_IMAP_is_answered_under_its_own_tag()
    {
        var saying = new Saying(Message(Side.Server, "", "imap"), "* 1 EXISTS\r\nA2 OK done\r\n"u8.ToArray(),
            Message(Side.Client, "A2 SELECT INBOX\r\n"u8.ToArray(), "imap"),
            new LiveMessage { Bytes = "tag77 SELECT INBOX\r\n"u8.ToArray() }, Here);
        Assert.Equal("* 1 EXISTS\r\ntag77 OK done\r\n", Encoding.ASCII.GetString(new Adaptations().Of("imap").Write(saying).Span));
    }

    [Fact]
    public void A_channel_of_AMQP_hears_its_own_answers_and_no_heartbeat_is_asked_for()
    {
        byte[] then = [1, 0, 1, 0, 0, 0, 4, 0, 20, 0, 10, 0xce], now = [1, 0, 7, 0, 0, 0, 4, 0, 20, 0, 10, 0xce];
        byte[] reply = [1, 0, 1, 0, 0, 0, 4, 0, 20, 0, 11, 0xce];
        Assert.Equal([1, 0, 7, 0, 0, 0, 4, 0, 20, 0, 11, 0xce], Said("amqp", reply, then, now));
        byte[] tune = [1, 0, 0, 0, 0, 0, 12, 0, 10, 0, 30, 7, 0xff, 0, 2, 0, 0, 0, 60, 0xce];
        Assert.Equal([.. tune[..17], 0, 0, 0xce], Said("amqp", tune, []));
    }

    [Fact]
    public void A_replica_set_of_MongoDB_is_this_server()
    {
        byte[] document = [.. Element(2, "me", [4, 0, 0, 0, .. "a:1\0"u8]), .. Element(2, "setName", [2, 0, 0, 0, .. "s\0"u8]),
            .. Element(4, "hosts", [16, 0, 0, 0, 2, .. "0\0"u8, 4, 0, 0, 0, .. "a:1\0"u8, 0]),
            .. Element(0x10, "maxWireVersion", [21, 0, 0, 0])];
        byte[] reply = [0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0xdd, 7, 0, 0, 0, 0, 0, 0, 0, (byte)(document.Length + 5), 0, 0, 0, .. document, 0];
        reply[0] = (byte)reply.Length;
        string said = Encoding.Latin1.GetString(Said("mongodb", reply, Bytes("10000000 02000000 00000000 dd070000")));
        Assert.Equal(2, said.Split("\u000f\0\0\0127.0.0.1:4000\0").Length - 1);
        Assert.DoesNotContain("a:1", said, StringComparison.Ordinal);
        Assert.Equal((char)said.Length, said[0]);
        byte[] live = Encoding.Latin1.GetBytes(said);
        Assert.Equal(
            new Adaptations().Of("mongodb").Content(reply, Side.Server).ToArray(), new Adaptations().Of("mongodb").Content(live, Side.Server).ToArray());
    }

    [Fact]
    public void A_client_of_HTTP2_that_takes_nothing_is_refused_more_streams_than_it_may_have()
    {
        var dialect = new Http2Dialect(Here);
        // SETTINGS with a window of 0: no reply can go out.
        dialect.Hear([.. Http2Dialect.Preface, 0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0]);
        var reply = new StreamMessage();
        reply.Add([new HeaderField(":status", "200")], endsStream: false);
        reply.Add("body"u8, endsStream: true);
        RecordedMessage recorded = Message(Side.Server, [], "http2") with { Bytes = reply.Frames, Length = reply.Frames.Length };
        int answered = 0, refused = 0;
        for (uint stream = 1; stream < 2 * 2000; stream += 2)
        {
            // GET / by the static table.
            dialect.Hear([0, 0, 3, 1, 5, 0, 0, (byte)(stream >> 8), (byte)stream, 0x82, 0x84, 0x86]);
            while (dialect.Heard.TryDequeue(out LiveMessage? asked))
            {
                answered++;
                dialect.Say(recorded, null, asked);
            }

            refused += dialect.TakeOwed().Span.IndexOf((ReadOnlySpan<byte>)[0, 0, 4, 3, 0]) >= 0 ? 1 : 0;
        }

        Assert.Equal((1000, 1000), (answered, refused));
    }

    private static byte[] Element(byte type, string name, byte[] value) => [type, .. Encoding.ASCII.GetBytes(name), 0, .. value];

    private static byte[] Said(string protocol, byte[] reply, byte[] then, byte[]? now = null) => new Adaptations().Of(protocol).Write(
        new Saying(Message(Side.Server, reply, protocol), reply, Message(Side.Client, then, protocol),
            new LiveMessage { Bytes = now ?? then, Protocol = protocol }, Here)).ToArray();

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static RecordedMessage Message(Side from, string hex, string protocol) => Message(from, Bytes(hex), protocol);

    private static RecordedMessage Message(Side from, byte[] bytes, string protocol) => new()
    {
        From = from,
        AtNs = 0,
        EndNs = 0,
        Offset = 0,
        Bytes = bytes,
        Length = bytes.Length,
        Protocol = protocol,
        IsComplete = true,
    };
}
