using System.Text;
using Trama.Framing.Ldap;

namespace Trama.Framing.Tests.Ldap;

public class LdapTests
{
    private static readonly (Direction From, byte[] Bytes)[] s_said =
    [
        (Direction.ToServer, Message(1, 0x60, Element(2, 3), Text(4, "cn=admin,dc=example"), Text(0x80, "hunter2"))),
        (Direction.ToClient, Message(1, 0x61, Result(49))),
        (Direction.ToServer, [.. Search(2, "dc=example"), .. Search(3, "ou=people,dc=example")]),
        (Direction.ToClient, [.. Entry(2, 40), .. Entry(3, 300), .. Message(2, 0x65, Result(0)), .. Entry(3, 5), .. Message(3, 0x65,
            Result(4))]),
        (Direction.ToServer,
        [
            .. Message(4, 0x4a, Encoding.ASCII.GetBytes("cn=old,dc=example")), .. Message(5, 0x77, Text(0x80, "1.3.6.1.4.1.4203.1.11.1"),
                Text(0x81, "hunter2")),
            .. Message(6, 0x50, [2]),
        ]),
        (Direction.ToClient, [.. Message(5, 0x78, Result(53)), .. Message(4, 0x6b, Result(32))]),
        (Direction.ToClient, Message(0, 0x78, Result(52), Text(0x8a, "1.3.6.1.4.1.1466.20036"))),
        (Direction.ToServer, Message(7, 0x42)),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(11)]
    [InlineData(64)]
    [InlineData(10_000)]
    public void Operations_are_told_with_their_results_and_without_passwords(int piece) => Assert.Equal(
        """
        > #1: bind cn=admin,dc=example ~ bind
        < #1: 49 invalidCredentials failed
        > #2: search dc=example ~ search
        > #3: search ou=people,dc=example ~ search
        < #2: 0 success
        < #3: 4 sizeLimitExceeded failed
        > #4: delete cn=old,dc=example ~ delete
        > #5: extended passwordModify
        > #6: abandon 2 ~ abandon [NoReply]
        < #5: 53 unwillingToPerform failed
        < #4: 32 noSuchObject failed
        < #0: 52 unavailable failed [Unsolicited, Goodbye]
        > #7: unbind [NoReply, Goodbye]
        """,
        string.Join('\n', FramedMessages.Of(new LdapProtocol().Create(), piece, s_said).Log));

    [Fact]
    public void After_StartTLS_both_sides_go_on_encrypted()
    {
        List<string> told = RecordedMessages.Of(
            FramingRule.OfProtocol("ldap"), 1000,
            (Direction.ToServer, Message(1, 0x77, Text(0x80, "1.3.6.1.4.1.1466.20037"))),
            (Direction.ToClient, Message(1, 0x78, Result(0))),
            (Direction.ToServer, [0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0x78]));
        Assert.EndsWith("= extended StartTLS", told[0], StringComparison.Ordinal);
        Assert.EndsWith("= 0 success [ProtocolChange]", told[1], StringComparison.Ordinal);
        Assert.EndsWith("= TLS ClientHello", told[2], StringComparison.Ordinal);
    }

    [Fact]
    public void What_SASL_wraps_is_opaque()
    {
        List<string> told = FramedMessages.Of(
            new LdapProtocol().Create(), 5,
            (Direction.ToServer, Message(1, 0x60, Element(2, 3), Text(4, ""), Element(0xa3, [.. Text(4, "GSSAPI"), .. Text(4, "secret")]))),
            (Direction.ToClient, Message(1, 0x61, Result(0))),
            (Direction.ToServer, [0, 0, 0, 9, 5, 4, 6, 0xff, 0, 0, 0, 0, 1]), (Direction.ToClient, [0, 0, 0, 3, 5, 4, 7])).Log;
        Assert.Equal(
            ["> #1: bind SASL GSSAPI ~ bind", "< #1: 0 success", ">:  = SASL-wrapped [NoReply, Asks]",
                "<:  = SASL-wrapped [Unsolicited]"], told);
    }

    [Fact]
    public void After_missing_bytes_messages_are_found_again()
    {
        var messages = new FramedMessages(new LdapProtocol().Create());
        byte[] long1 = Search(1, new string('x', 900));
        messages.Take(Direction.ToServer, long1.AsSpan(0, 40));
        messages.Skip(Direction.ToServer, 800);
        messages.Take(Direction.ToServer, [.. long1[840..], .. Search(2, "dc=a")[..6]]);
        messages.Skip(Direction.ToServer, 60);
        messages.Take(Direction.ToServer, [0, 1, 2, .. Search(3, "dc=b"), .. Message(4, 0x42)]);
        Assert.Equal(["> #1: ", "> #3: search dc=b ~ search", "> #4: unbind [NoReply, Goodbye]"], messages.Log);
    }

    [Theory]
    [InlineData("300c020101600702010304008000", Likeness.Yes)]
    [InlineData("30050201034200", Likeness.Yes)]
    [InlineData("302602010104067075626c6963a019", Likeness.No)]
    [InlineData("3082", Likeness.Open)]
    public void Its_first_message_is_known(string hex, Likeness expected) =>
        Assert.Equal(expected, new LdapProtocol().Resembles(Direction.ToServer, Convert.FromHexString(hex), isHinted: false));

    [Fact]
    public void No_bytes_do_harm() => ProtocolTalk.AssertHarmless(
        new LdapProtocol(),
        string.Join('\n', s_said.Select(said => (said.From == Direction.ToServer ? ">" : "<") + string.Concat(said.Bytes.Select(one =>
            $"\\x{one:x2}")))));

    private static byte[] Search(int id, string dn) =>
        Message(id, 0x63, Text(4, dn), Element(10, 2), Element(10, 0), Element(2, 0), Element(2, 0), Element(1, 0), Text(0x87,
            "objectClass"), Element(0x30, []));

    private static byte[] Entry(int id, int size) => Message(id, 0x64, Text(4, "cn=a"), Element(0x30, Text(4, new string('v', size))));

    private static byte[] Result(byte code) => [.. Element(10, code), .. Text(4, ""), .. Text(4, "why")];

    private static byte[] Message(int id, byte operation, params byte[][] parts) =>
        Element(0x30, [.. Element(2, (byte)id), .. Element(operation, [.. parts.SelectMany(part => part)])]);

    private static byte[] Text(byte tag, string text) => Element(tag, Encoding.ASCII.GetBytes(text));

    private static byte[] Element(byte tag, params byte[] content) =>
        content.Length < 128 ? [tag, (byte)content.Length, .. content] : [tag, 0x82, (byte)(content.Length >> 8), (byte)content.Length,
            .. content];
}
