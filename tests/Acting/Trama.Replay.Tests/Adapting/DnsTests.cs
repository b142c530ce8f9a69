using System.Net;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Replay.Adapting;
using Trama.Replay.Recording;
using Trama.Tracing;

namespace Trama.Replay.Tests.Adapting;

/// <summary>What a client of DNS has said is what it hears.</summary>
public class DnsTests
{
    private const string Cookie = "000a0008", ServerCookie = "000a0010";

    private static readonly Occasion Here = new(Side.Server, new Endpoint(IpAddress.FromIpv4(0x0a000001), 53),
        new IPEndPoint(IPAddress.Loopback, 4000), new IPEndPoint(IPAddress.Loopback, 40_000), TimeProvider.System);

    [Fact]
    public void A_reply_has_the_letters_and_the_cookie_of_its_question()
    {
        byte[] then = Query("aaaa", "01610178", Cookie + "1111111111111111"), now = Query("bbbb", "01410158", Cookie + "2222222222222222");
        byte[] reply = Reply("aaaa", "01610178", ServerCookie + "11111111111111113333333333333333");
        Assert.Equal(Reply("bbbb", "01410158", ServerCookie + "22222222222222223333333333333333"), Said(then, now, reply));
    }

    [Fact]
    public void Who_gives_no_cookie_gets_none() => Assert.Equal(Reply("bbbb", "01610178", ""),
        Said(Query("aaaa", "01610178", Cookie + "1111111111111111"), Query("bbbb", "01610178", ""),
            Reply("aaaa", "01610178", Cookie + "1111111111111111")));

    [Fact]
    public void Every_message_of_a_transfer_has_the_number()
    {
        byte[] one = Reply("aaaa", "01610178", ""), other = Reply("bbbb", "01610178", "");
        Assert.Equal([.. other, .. other], Said(Query("aaaa", "01610178", ""), Query("bbbb", "01610178", ""), [.. one, .. one]));
    }

    [Fact]
    public void Questions_that_differ_by_letters_and_cookies_are_alike()
    {
        Adaptation adaptation = new Adaptations().Of("dns");
        byte[] one = adaptation.Content(Query("aaaa", "01610178", Cookie + "1111111111111111"), Side.Client).ToArray();
        Assert.Equal(one, adaptation.Content(Query("bbbb", "01410158", Cookie + "2222222222222222"), Side.Client).ToArray());
        Assert.NotEqual(one, adaptation.Content(Query("bbbb", "01410159", Cookie + "2222222222222222"), Side.Client).ToArray());
    }

    private static byte[] Said(byte[] then, byte[] now, byte[] reply) => new Adaptations().Of("dns").Write(new Saying(
        Message(Side.Server, reply), reply, Message(Side.Client, then), new LiveMessage { Bytes = now, Protocol = "dns" }, Here)).ToArray();

    private static byte[] Query(string number, string name, string options) =>
        Framed($"{number} 0100 0001 0000 0000 0001 {name}00 0001 0001", options);

    private static byte[] Reply(string number, string name, string options) =>
        Framed($"{number} 8180 0001 0001 0000 0001 {name}00 0001 0001 c00c 0001 0001 00000000 0004 0a000001", options);

    private static byte[] Framed(string said, string options)
    {
        string all = $"{said}00 0029 04d0 00000000 {options.Length / 2:x4} {options}";
        byte[] message = Convert.FromHexString(all.Replace(" ", "", StringComparison.Ordinal));
        return [(byte)(message.Length >> 8), (byte)message.Length, .. message];
    }

    private static RecordedMessage Message(Side from, byte[] bytes) => new()
    {
        From = from,
        AtNs = 0,
        EndNs = 0,
        Offset = 0,
        Bytes = bytes,
        Length = bytes.Length,
        Protocol = "dns",
    };
}
