using System.Text;
using Trama.Framing.Tds;

namespace Trama.Framing.Tests.Tds;

public class TdsTests
{
    private static readonly byte[] s_headers = [22, 0, 0, 0, 18, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0];

    private static readonly (Direction, byte[])[] s_said =
    [
        (Direction.ToServer, Packet(18, [0, 0, 11, 0, 6, 0xff, 9, 0, 0, 0, 0, 0])),
        (Direction.ToClient, Packet(4, [0, 0, 11, 0, 6, 0xff, 16, 0, 0, 0, 0, 0])),
        (Direction.ToServer, Packet(18, [0x16, 3, 1, 0, 1, 1])),
        (Direction.ToClient, Packet(18, [0x16, 3, 3, 0, 1, 2])),
        (Direction.ToServer, Packet(16, "hunter2"u8.ToArray())),
        (Direction.ToClient, Packet(4, [0xad, 2, 0, 1, 1, .. Done(0, 0)])),
        (Direction.ToServer, [.. Packet(1, [.. s_headers, .. Wide("select a from t ")], false), .. Packet(1, Wide("where b = 'x'"))]),
        (Direction.ToClient, [.. Packet(4, new byte[] { 0x81, 1, 0, 9, 9 }, isLast: false), .. Packet(4, Done(0x10, 3))]),
        (Direction.ToServer, Packet(3, [.. s_headers, 0xff, 0xff, 10, 0, 0, 0])),
        (Direction.ToClient, Packet(4, [0xaa, 8 + (2 * 4), 0, 208, 0, 0, 0, 1, 16, 4, 0, .. Wide("nope"), .. Done(2, 0)])),
        (Direction.ToServer, Packet(3, [.. s_headers, 2, 0, .. Wide("p1")])),
        (Direction.ToServer, Packet(6, [])),
        (Direction.ToClient, Packet(4, Done(0x20, 0))),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Messages_are_named_and_end_with_their_last_token(int pieceLength) => Assert.Equal(
        """
        >: PRELOGIN
        <: PRELOGIN
        >: TLS handshake
        <: TLS handshake
        >: LOGIN7
        <: DONE
        >: select a from t where b = 'x' ~ select a from t where b = ?
        <: DONE, 3 rows
        >: RPC sp_executesql
        <: 208 nope failed
        >: RPC p1
        >: ATTENTION [NoReply]
        <: DONE
        """,
        string.Join('\n', FramedMessages.Of(new TdsProtocol().Create(), pieceLength, s_said).Log));

    [Fact]
    public void No_bytes_do_harm() => ProtocolTalk.AssertHarmless(new TdsProtocol(), s_said);

    [Fact]
    public void Its_first_words_are_known_by_themselves()
    {
        var protocol = new TdsProtocol();
        Assert.Equal(Likeness.Yes, protocol.Resembles(Direction.ToServer, s_said[0].Item2, isHinted: false));
        Assert.Equal(Likeness.Yes, protocol.Resembles(Direction.ToServer, s_said[6].Item2, isHinted: false));
        Assert.Equal(Likeness.No, protocol.Resembles(Direction.ToServer, s_said[11].Item2, isHinted: false));
        Assert.Equal(Likeness.No, protocol.Resembles(Direction.ToServer, "GET / HTTP/1.1\r\n"u8, isHinted: true));
    }

    private static byte[] Packet(byte type, byte[] body, bool isLast = true) =>
        [type, isLast ? (byte)1 : (byte)0, (byte)((8 + body.Length) >> 8), (byte)(8 + body.Length), 0, 0, 1, 0, .. body];

    private static byte[] Done(byte flags, byte count) => [0xfd, flags, 0, 0xc1, 0, count, 0, 0, 0, 0, 0, 0, 0];

    private static byte[] Wide(string text) => Encoding.Unicode.GetBytes(text);
}
