using System.Net;
using System.Text;

namespace Trama.Framing.Tests.Tunnels;

/// <summary>What makes a tunnel of a connection, and what is recognised inside.</summary>
public class TunnelTests
{
    private const string Request = "GET /x HTTP/1.1\r\n\r\n";
    private const string Reply = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private static readonly byte[] Signature = [0x0d, 0x0a, 0x0d, 0x0a, 0, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a];

    [Theory]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 51000 443\r\n", "PROXY 192.0.2.7:51000 > 198.51.100.1:443")]
    [InlineData("PROXY TCP6 2001:db8::7 2001:db8::1 51000 443\r\n", "PROXY [2001:db8::7]:51000 > [2001:db8::1]:443")]
    [InlineData("PROXY UNKNOWN\r\n", "PROXY")]
    [InlineData("PROXY TCP4 nonsense\r\n", "PROXY")]
    public void A_proxy_tells_in_a_line_whom_it_speaks_for(string line, string words) =>
        AssertProxied(Encoding.ASCII.GetBytes(line), words);

    [Fact]
    public void A_proxy_tells_in_binary_whom_it_speaks_for()
    {
        byte[] ports = [0xc7, 0x38, 0x01, 0xbb];
        byte[] inet = [.. IPAddress.Parse("192.0.2.7").GetAddressBytes(), .. IPAddress.Parse("198.51.100.1").GetAddressBytes(), .. ports];
        AssertProxied([.. Signature, 0x21, 0x11, 0, 12, .. inet], "PROXY 192.0.2.7:51000 > 198.51.100.1:443");
        byte[] six = [.. IPAddress.Parse("2001:db8::7").GetAddressBytes(), .. IPAddress.Parse("2001:db8::1").GetAddressBytes(), .. ports];
        AssertProxied([.. Signature, 0x21, 0x21, 0, 43, .. six, 3, 0, 4, 1, 2, 3, 4], "PROXY [2001:db8::7]:51000 > [2001:db8::1]:443");
        // A health check of the proxy itself; and more behind the addresses than is kept.
        AssertProxied([.. Signature, 0x20, 0, 0, 0], "PROXY");
        AssertProxied([.. Signature, 0x21, 0x11, 4, 0, .. inet, .. new byte[1012]], "PROXY 192.0.2.7:51000 > 198.51.100.1:443");
    }

    [Fact]
    public void Socks5_asks_for_a_connection_in_which_another_protocol_is_spoken()
    {
        byte[] login = [1, 3, .. "ana"u8, 6, .. "secret"u8];
        byte[] request = [5, 1, 0, 3, 11, .. "example.org"u8, 1, 0xbb];
        AssertTold(
            ["> greeting", "< 2", "> password", "< 0", "> CONNECT example.org:443", "< 0 succeeded", "> GET /x", "< 200"],
            ["socks", "http1"],
            (Direction.ToServer, [5, 2, 0, 2]), (Direction.ToClient, [5, 2]), (Direction.ToServer, login), (Direction.ToClient, [1, 0]),
            (Direction.ToServer, request), (Direction.ToClient, [5, 0, 0, 1, 10, 0, 0, 1, 0xc0, 0]),
            (Direction.ToServer, Encoding.ASCII.GetBytes(Request)), (Direction.ToClient, Encoding.ASCII.GetBytes(Reply)));
    }

    [Fact]
    public void Socks5_may_refuse() => AssertTold(
        ["> greeting", "< 0", "> CONNECT [2001:db8::1]:80", "< 5 connection refused failed"],
        ["socks"],
        (Direction.ToServer, [5, 1, 0]), (Direction.ToClient, [5, 0]),
        (Direction.ToServer, [5, 1, 0, 4, .. IPAddress.Parse("2001:db8::1").GetAddressBytes(), 0, 80]),
        (Direction.ToClient, [5, 5, 0, 1, 0, 0, 0, 0, 0, 0]));

    [Theory]
    [InlineData("0401005009090909" + "00", "> CONNECT 9.9.9.9:80")]
    [InlineData("0401005000000001" + "616e6100" + "682e6f726700", "> CONNECT h.org:80")]
    public void Socks4_names_an_address_or_a_host(string request, string words) => AssertTold(
        [words, "< 90", "> GET /x", "< 200"],
        ["socks", "http1"],
        (Direction.ToServer, Convert.FromHexString(request)), (Direction.ToClient, [0, 90, 0, 0, 0, 0, 0, 0]),
        (Direction.ToServer, Encoding.ASCII.GetBytes(Request)), (Direction.ToClient, Encoding.ASCII.GetBytes(Reply)));

    [Fact]
    public void Inside_a_tunnel_of_HTTP_all_is_recognised_anew() => AssertTold(
        ["> CONNECT h:80", "< 200", "> GET /x", "< 200"],
        ["http1", "http1"],
        (Direction.ToServer, "CONNECT h:80 HTTP/1.1\r\n\r\n"u8.ToArray()), (Direction.ToClient, "HTTP/1.1 200 OK\r\n\r\n"u8.ToArray()),
        (Direction.ToServer, Encoding.ASCII.GetBytes(Request)), (Direction.ToClient, Encoding.ASCII.GetBytes(Reply)));

    private static void AssertProxied(byte[] header, string words) => AssertTold(
        [$"> {words} [NoReply, ProtocolChange]", "> GET /x", "< 200"],
        ["proxy", "http1"],
        (Direction.ToServer, [.. header, .. Encoding.ASCII.GetBytes(Request)]), (Direction.ToClient, Encoding.ASCII.GetBytes(Reply)));

    private static void AssertTold(string[] told, string[] layers, params (Direction From, byte[] Bytes)[] said)
    {
        foreach (int piece in (int[])[1, 5, 2000])
        {
            // Short messages are recognised where they are all of a piece.
            var sink = new Operations();
            var conversation = new Conversation(FramingRule.Auto, sink);
            foreach ((Direction from, byte[] bytes) in said)
                foreach (byte[] part in bytes.Chunk(piece)) conversation.Take(from, part);
            conversation.End(Direction.ToServer);
            conversation.End(Direction.ToClient);
            Assert.Equal(told, sink.Told);
            Assert.Equal(layers, conversation.Layers.Select(layer => layer.Layer));
        }
    }

    private sealed class Operations : IMessageSink
    {
        public List<string> Told { get; } = [];

        public void OnBytes(in MessageId message, Origin origin, ReadOnlySpan<byte> bytes) => Assert.False(bytes.IsEmpty);

        public void OnMissing(in MessageId message, Origin origin, long count) => Assert.Fail("nothing is missing");

        public void OnMessageEnd(in MessageId message, in MessageEnd end)
        {
            string words = Encoding.UTF8.GetString(end.Operation.IsEmpty ? end.Status : end.Operation);
            string traits = (end.Traits & MessageTraits.NoReply) != 0 ? $" [{end.Traits}]" : "";
            Told.Add($"{(message.Direction == Direction.ToServer ? '>' : '<')} {words}{(end.Failed == true ? " failed" : "")}{traits}");
        }

        public void OnLost(Direction direction, int layer) => Assert.Fail("nothing is lost");

        public void OnUnfit(Direction direction, string framing, FramingFailure failure) => Assert.Fail($"{framing}: {failure}");
    }
}
