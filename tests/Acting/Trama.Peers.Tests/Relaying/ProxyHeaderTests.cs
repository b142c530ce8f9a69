using System.Net;
using System.Text;
using CsCheck;
using Trama.Framing;
using Trama.Peers.Relaying;

namespace Trama.Peers.Tests.Relaying;

public class ProxyHeaderTests
{
    private static readonly IPEndPoint Client = IPEndPoint.Parse("192.0.2.1:40000"), Local = IPEndPoint.Parse("192.0.2.2:443");
    private static readonly IPEndPoint Client6 = IPEndPoint.Parse("[2001:db8::1]:40000"), Local6 = IPEndPoint.Parse("[2001:db8::2]:443");

    [Fact]
    public void Version_1_is_a_line_of_text()
    {
        Assert.Equal("PROXY TCP4 192.0.2.1 192.0.2.2 40000 443\r\n",
            Encoding.ASCII.GetString(ProxyHeader.Write(ProxyVersion.V1, Client, Local)));
        Assert.Equal("PROXY TCP6 2001:db8::1 2001:db8::2 40000 443\r\n",
            Encoding.ASCII.GetString(ProxyHeader.Write(ProxyVersion.V1, Client6, Local6)));
        Assert.Equal("PROXY TCP6 ::ffff:192.0.2.1 2001:db8::2 40000 443\r\n",
            Encoding.ASCII.GetString(ProxyHeader.Write(ProxyVersion.V1, Client, Local6)));
    }

    [Fact]
    public void Version_2_is_binary() => Assert.Equal(
        "0D0A0D0A000D0A515549540A" + "2111000C" + "C0000201" + "C0000202" + "9C40" + "01BB",
        Convert.ToHexString(ProxyHeader.Write(ProxyVersion.V2, Client, Local)));

    [Theory]
    [InlineData(ProxyVersion.V1, false)]
    [InlineData(ProxyVersion.V1, true)]
    [InlineData(ProxyVersion.V2, false)]
    [InlineData(ProxyVersion.V2, true)]
    public void What_is_written_is_read_and_every_part_of_it_needs_more(ProxyVersion version, bool isIpv6)
    {
        byte[] header = ProxyHeader.Write(version, isIpv6 ? Client6 : Client, isIpv6 ? Local6 : Local);
        Assert.Equal(FrameStep.Complete(header.Length), ProxyHeader.Read([.. header, .. "GET /"u8], out IPEndPoint? client));
        Assert.Equal(isIpv6 ? Client6 : Client, client);
        for (int length = 1; length < header.Length; length++)
            Assert.Equal(FrameStep.NeedMore(length), ProxyHeader.Read(header.AsSpan(0, length), out _));
    }

    [Theory]
    [InlineData("PROXY UNKNOWN\r\nx", 15)]
    [InlineData("PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n", 35)]
    public void A_proxy_may_say_that_it_does_not_know(string text, int length)
    {
        Assert.Equal(FrameStep.Complete(length), ProxyHeader.Read(Encoding.ASCII.GetBytes(text), out IPEndPoint? client));
        Assert.Null(client);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 192.0.2.2 40000\r\n")]
    [InlineData("PROXY TCP4 ::1 ::1 1 2\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 192.0.2.2 70000 443\r\n")]
    [InlineData("PROXY TCP5 192.0.2.1 192.0.2.2 1 2\r\n")]
    [InlineData("\r\n\r\n\0\r\nQUIX")]
    public void Other_bytes_are_refused(string text) =>
        Assert.Equal(FrameStatus.Unfit, ProxyHeader.Read(Encoding.Latin1.GetBytes(text), out _).Status);

    [Fact]
    public void A_line_without_end_is_refused_at_its_longest()
    {
        byte[] line = Encoding.ASCII.GetBytes("PROXY TCP6 ".PadRight(107, 'f'));
        Assert.Equal(FrameStatus.Unfit, ProxyHeader.Read(line, out _).Status);
        Assert.Equal(FrameStatus.NeedMore, ProxyHeader.Read(line.AsSpan(0, 106), out _).Status);
    }

    [Fact]
    public void No_bytes_break_it() => Gen.Select(Gen.Int[0, 16], Gen.Byte.Array[0, 200]).Sample((kept, bytes) =>
    {
        byte[] header = [.. ProxyHeader.Write(ProxyVersion.V2, Client, Local)[..kept], .. bytes];
        FrameStep step = ProxyHeader.Read(header, out _);
        Assert.InRange(step.Taken, 0, header.Length);
    }, iter: 2000);
}
