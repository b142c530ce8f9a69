using System.Buffers.Binary;
using System.Text;
using Trama.Scrubbing.Content;
using Trama.Scrubbing.Mapping;
using Trama.Scrubbing.Streams;
using Trama.Scrubbing.Words;

namespace Trama.Scrubbing.Tests;

/// <summary>What proves who logs in goes, however short it is, and where it is a word of protocols or a number, too.</summary>
public class CredentialTests
{
    private static readonly ScrubKey Key = ScrubKey.OfSeed(7);

    public static TheoryData<string, string> Logins
    {
        get
        {
            var logins = new TheoryData<string, string>();
            foreach (string protocol in Makers.Keys)
                foreach (string secret in (string[])["k7", "test", "4711", "secret"]) logins.Add(protocol, secret);
            return logins;
        }
    }

    private static Dictionary<string, Func<byte[], byte[]>> Makers { get; } = new()
    {
        ["mysql"] = secret => Packet(1, [0, 0x82, 0, 0, .. new byte[28], .. "root\0"u8, (byte)secret.Length, .. secret]),
        ["mysql of another length"] = secret => Packet(1, [0, 0x82, 0x20, 0, .. new byte[28], .. "root\0"u8, (byte)secret.Length, .. secret]),
        ["mysql clear"] = secret => Packet(3, [.. secret, 0]),
        ["mysql change user"] = secret => Packet(0, [0x11, .. "root\0"u8, (byte)secret.Length, .. secret, 0, 0]),
        ["postgresql"] = secret => [(byte)'p', 0, 0, 0, (byte)(5 + secret.Length), .. secret, 0],
        ["postgresql sasl"] = secret => [(byte)'p', 0, 0, 0, (byte)(10 + secret.Length), .. "c=a,p="u8, .. secret],
        ["ldap"] = secret => Ber(0x30, [2, 1, 1, .. Ber(0x60, [2, 1, 3, .. Ber(4, [.. "cn=a"u8]), .. Ber(0x80, secret)])]),
        ["ldap sasl"] = secret => Ber(0x30, [2, 1, 1, .. Ber(0x60, [2, 1, 3, 4, 0, .. Ber(0xa3, [.. Ber(4, [.. "PLAIN"u8]), .. Ber(4, [0, .. "bo"u8, 0, .. secret])])])]),
        ["ldap add"] = secret => Ber(0x30, [2, 1, 1, .. Ber(0x68, [.. Ber(4, [.. "cn=a"u8]), .. Ber(0x30, Ber(0x30, [.. Ber(4, [.. "userPassword"u8]), .. Ber(0x31, Ber(4, secret))]))])]),
        ["ldap modify"] = secret => Ber(0x30, [2, 1, 1, .. Ber(0x77, [.. Ber(0x80, [.. "1.3.6.1.4.1.4203.1.11.1"u8]), .. Ber(0x81, Ber(0x30, Ber(0x82, secret)))])]),
        ["amqp"] = secret => Method(10, 11, [0, 0, 0, 0, 5, .. "PLAIN"u8, 0, 0, 0, (byte)(4 + secret.Length), 0, .. "bo"u8, 0, .. secret, 5, .. "en_US"u8]),
        ["amqp table"] = secret => Method(10, 11, [0, 0, 0, 0, 8, .. "AMQPLAIN"u8, 0, 0, 0, (byte)(14 + secret.Length), 8, .. "PASSWORD"u8, (byte)'S', 0, 0, 0, (byte)secret.Length, .. secret, 5, .. "en_US"u8]),
        ["mqtt"] = secret => [0x10, (byte)(18 + secret.Length), 0, 4, .. "MQTT"u8, 4, 0xc2, 0, 60, 0, 0, 0, 2, .. "bo"u8, 0, (byte)secret.Length, .. secret],
        ["mqtt 5"] = secret => [0x10, (byte)(19 + secret.Length), 0, 4, .. "MQTT"u8, 5, 0xc2, 0, 60, 0, 0, 0, 0, 2, .. "bo"u8, 0, (byte)secret.Length, .. secret],
        ["mongodb"] = secret => Mongo([.. Element(5, "payload", [.. Little(4 + secret.Length), 0, 0, .. "bo"u8, 0, .. secret])]),
        ["mongodb user"] = secret => Mongo([.. Element(2, "pwd", [.. Little(secret.Length + 1), .. secret, 0])]),
        ["kafka"] = secret => [0, 0, 0, (byte)(18 + secret.Length), 0, 36, 0, 1, 0, 0, 0, 9, 0xff, 0xff, 0, 0, 0, (byte)(4 + secret.Length), 0, .. "bo"u8, 0, .. secret],
        ["cassandra"] = secret => [4, 0, 0, 1, 15, 0, 0, 0, (byte)(8 + secret.Length), 0, 0, 0, (byte)(4 + secret.Length), 0, .. "bo"u8, 0, .. secret],
        ["memcached"] = secret => [0x80, 0x21, 0, 5, 0, 0, 0, 0, 0, 0, 0, (byte)(9 + secret.Length), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. "PLAIN"u8, 0, .. "bo"u8, 0, .. secret],
        ["socks"] = secret => [1, 2, .. "bo"u8, (byte)secret.Length, .. secret],
        ["resp"] = secret => [.. Bulks([.. "AUTH"u8], secret)],
        ["resp hello"] = secret => [.. Bulks([.. "HELLO"u8], [.. "3"u8], [.. "AUTH"u8], [.. "bo"u8], secret)],
        ["resp config"] = secret => [.. Bulks([.. "CONFIG"u8], [.. "SET"u8], [.. "requirepass"u8], secret)],
        ["resp acl"] = secret => [.. Bulks([.. "ACL"u8], [.. "SETUSER"u8], [.. "bo"u8], [.. ">"u8, .. secret])],
        ["resp inline"] = secret => [.. "AUTH "u8, .. secret, .. "\r\n"u8],
        ["nats"] = secret => [.. "CONNECT {\"verbose\":false,\"user\":\"bo\",\"pass\":\""u8, .. secret, .. "\"}\r\n"u8],
        ["smtp"] = secret => [.. "AUTH PLAIN "u8, .. secret, .. "\r\n"u8],
        ["pop3"] = secret => [.. "USER bo\r\nPASS "u8, .. secret, .. "\r\n"u8],
        ["imap"] = secret => [.. "a1 LOGIN bo \""u8, .. secret, .. "\"\r\n"u8],
        ["imap word"] = secret => [.. "a1 LOGIN bo "u8, .. secret, .. "\r\n"u8],
        ["imap literal"] = secret => [.. Encoding.ASCII.GetBytes($"a1 LOGIN {{2+}}\r\nbo {{{secret.Length}+}}\r\n"), .. secret, .. "\r\n"u8],
        ["ftp"] = secret => [.. "PASS "u8, .. secret, .. "\r\n"u8],
        ["irc"] = secret => [.. "PASS :"u8, .. secret, .. "\r\n"u8],
        ["irc services"] = secret => [.. "PRIVMSG NickServ :IDENTIFY "u8, .. secret, .. "\r\n"u8],
        ["stomp"] = secret => [.. "CONNECT\nlogin:bo\npasscode:"u8, .. secret, .. "\n\n\0"u8],
        ["fix"] = secret => [.. "8=FIX.4.4\u000135=A\u0001554="u8, .. secret, .. "\u000110=000\u0001"u8],
    };

    [Theory, MemberData(nameof(Logins))]
    public void No_login_keeps_its_secret(string protocol, string said)
    {
        byte[] secret = Encoding.ASCII.GetBytes(said);
        byte[] stream = Makers[protocol](secret), before = [.. stream];
        int at = before.AsSpan().LastIndexOf(secret);
        Scrub(stream, protocol.Split(' ')[0]);
        Assert.Equal(-1, stream.AsSpan(at, secret.Length).IndexOf(secret));
        Assert.Equal(before[at - 1], stream[at - 1]);
        Assert.Equal(before[(at + secret.Length)..], stream[(at + secret.Length)..]);
    }

    [Theory, InlineData(4096), InlineData(110)]
    public void A_login_of_tds_keeps_its_table_and_says_nothing(int packet)
    {
        string[] texts = ["STATION", "sa", "pw1", "ap", "server1", "", "li", "us_english", "master", "db", "nw2"];
        byte[] login = new byte[94];
        List<byte> rest = [];
        foreach ((int index, int at) in ((int[])[36, 40, 44, 48, 52, 56, 60, 64, 68, 82, 86]).Index())
        {
            BinaryPrimitives.WriteUInt16LittleEndian(login.AsSpan(at), (ushort)(94 + rest.Count));
            BinaryPrimitives.WriteUInt16LittleEndian(login.AsSpan(at + 2), (ushort)texts[index].Length);
            byte[] text = Encoding.Unicode.GetBytes(texts[index]);
            rest.AddRange(at is 44 or 86 ? Mixed(text) : text);
        }

        byte[] device = [2, 7, 0, 9, 0, 3];
        device.CopyTo(login, 72);
        byte[] stream = [.. Packets([.. login, .. rest], packet)], before = [.. stream];
        Scrub(stream, "tds");
        byte[] now = [.. Payload(stream, packet)], was = [.. Payload(before, packet)];
        Assert.Equal(was[..72], now[..72]);
        Assert.Equal(was[78..94], now[78..94]);
        Assert.NotEqual(device, now[72..78]);
        foreach (int at in (int[])[44, 86])
        {
            int from = BinaryPrimitives.ReadUInt16LittleEndian(was.AsSpan(at)), length = 2 * was[at + 2];
            string text = Encoding.Unicode.GetString(Unmixed(now[from..(from + length)]));
            Assert.DoesNotContain("pw1", text, StringComparison.Ordinal);
            Assert.DoesNotContain("nw2", text, StringComparison.Ordinal);
            Assert.All(text, letter => Assert.InRange(letter, 'b', 'z'));
        }

        foreach (int at in (int[])[36, 40, 48, 52, 60, 64, 68, 82])
        {
            int from = BinaryPrimitives.ReadUInt16LittleEndian(was.AsSpan(at)), length = 2 * was[at + 2];
            Assert.All(Encoding.Unicode.GetString(was[from..(from + length)]).Zip(Encoding.Unicode.GetString(now[from..(from + length)])),
                pair => Assert.True(!char.IsAsciiLetter(pair.First) || char.IsAsciiLetter(pair.Second)));
            Assert.NotEqual(was[from..(from + length)], now[from..(from + length)]);
        }

        Assert.DoesNotContain("STATION", Encoding.Unicode.GetString(now), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /login?user=bo&password=1234&next=1 HTTP/1.1", "1234")]
    [InlineData("{\"newPassword\":\"test\"}", "test")]
    [InlineData("{\"token\" : \"te\\\"st\"}", "te\\\"st")]
    [InlineData("{\\\"token\\\":\\\"test\\\"}", "test")]
    [InlineData("{\"pin\":4711}", "4711")]
    [InlineData("<password>test</password>", "test")]
    [InlineData("CREATE USER x PASSWORD 'test'", "test")]
    [InlineData("CREATE USER x IDENTIFIED BY 'test'", "test")]
    [InlineData("ALTER LOGIN x WITH PASSWORD = N'test'", "test")]
    [InlineData("Server=x;Password=test;Timeout=1", "test")]
    [InlineData("Authorization: Bearer test/12", "test/12")]
    [InlineData("Authorization: Basic 1234", "1234")]
    [InlineData("redis://user:test@x", "test")]
    [InlineData("redis://:1234@x", "1234")]
    public void What_a_text_says_is_a_secret_goes(string said, string secret)
    {
        byte[] text = Encoding.ASCII.GetBytes(said);
        int at = said.LastIndexOf(secret + (said.Contains("</", StringComparison.Ordinal) ? "<" : ""), StringComparison.Ordinal);
        new TextScrubber(Key, new AddressMap(Key)).Scrub(text);
        string scrubbed = Encoding.ASCII.GetString(text);
        Assert.NotEqual(secret, scrubbed.Substring(at, secret.Length));
        Assert.DoesNotContain(scrubbed.Substring(at, secret.Length), mark => mark is '"' or '\\' or '/');
        Assert.Equal(said[at - 1], scrubbed[at - 1]);
    }

    [Theory]
    [InlineData("{\"token\":null}")]
    [InlineData("password, token and secret")]
    [InlineData("password:\r\n")]
    [InlineData("pass\r\n")]
    public void What_says_no_secret_stays(string said)
    {
        byte[] text = Encoding.ASCII.GetBytes(said);
        new TextScrubber(Key, new AddressMap(Key)).Scrub(text);
        Assert.Equal(said, Encoding.ASCII.GetString(text));
    }

    private static void Scrub(byte[] stream, string protocol) => new StreamScrubber(Key, new AddressMap(Key), new SeenAddresses())
        .Scrub(stream, [protocol], [new MessagePlace(0, stream.Length, protocol)], [], isReply: false, ScrubCare.None);

    private static byte[] Mixed(byte[] text) => [.. text.Select(value => (byte)((value << 4 | value >> 4) ^ 0xa5))];

    private static byte[] Unmixed(byte[] text) => [.. text.Select(value => (byte)((value ^ 0xa5) << 4 | (value ^ 0xa5) >> 4))];

    private static IEnumerable<byte> Packets(byte[] payload, int size) => payload.Chunk(size).SelectMany(
        part => (byte[])[16, 1, (byte)((8 + part.Length) >> 8), (byte)(8 + part.Length), 0, 0, 1, 0, .. part]);

    private static IEnumerable<byte> Payload(byte[] stream, int size) => stream.Chunk(8 + size).SelectMany(packet => packet[8..]);

    private static byte[] Packet(byte sequence, byte[] payload) => [(byte)payload.Length, 0, 0, sequence, .. payload];

    private static byte[] Ber(byte tag, byte[] value) => [tag, (byte)value.Length, .. value];

    private static byte[] Method(byte of, byte method, byte[] arguments) =>
        [1, 0, 0, 0, 0, 0, (byte)(4 + arguments.Length), 0, of, 0, method, .. arguments, 0xce];

    private static byte[] Little(int number) => [(byte)number, 0, 0, 0];

    private static byte[] Element(byte type, string name, byte[] value) => [type, .. Encoding.ASCII.GetBytes(name), 0, .. value];

    private static byte[] Mongo(byte[] elements) =>
        [.. Little(26 + elements.Length), 7, 0, 0, 0, 0, 0, 0, 0, 0xdd, 7, 0, 0, 0, 0, 0, 0, 0, .. Little(5 + elements.Length), .. elements, 0];

    private static IEnumerable<byte> Bulks(params byte[][] arguments) => Encoding.ASCII.GetBytes($"*{arguments.Length}\r\n").Concat(
        arguments.SelectMany(argument => (byte[])[.. Encoding.ASCII.GetBytes($"${argument.Length}\r\n"), .. argument, .. "\r\n"u8]));
}
