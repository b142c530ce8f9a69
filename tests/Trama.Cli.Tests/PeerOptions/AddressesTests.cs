using System.Net;
using Trama.Cli.PeerOptions;

namespace Trama.Cli.Tests.PeerOptions;

public class AddressesTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1/32")]
    [InlineData("192.0.2.0/24", "192.0.2.0/24")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("::1", "::1/128")]
    [InlineData("2001:db8::/32", "2001:db8::/32")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1/32")]
    [InlineData("::ffff:192.0.2.0/120", "192.0.2.0/24")]
    public void Networks_are_read(string text, string network) => Assert.Equal(IPNetwork.Parse(network), Addresses.ParseNetwork(text));

    [Theory]
    [InlineData("1.2.3")]
    [InlineData("1")]
    [InlineData("010/8")]
    [InlineData("010.0.0.0/8")]
    [InlineData("0x7f.1")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("256.0.0.0")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.4/33")]
    [InlineData("1.2.3.4/08")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("10.0.0.0/ 8")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("192.0.2.1/24")]
    [InlineData("::1/129")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[::1]")]
    [InlineData("localhost")]
    [InlineData("")]
    public void What_is_no_network_is_refused(string text) => Assert.Null(Addresses.ParseNetwork(text));

    [Theory]
    [InlineData("127.0.0.2", "127.0.0.2:0")]
    [InlineData("127.0.0.2:4000", "127.0.0.2:4000")]
    [InlineData("[::1]:4000", "[::1]:4000")]
    [InlineData("::1", "[::1]:0")]
    [InlineData("127.1:4000", null)]
    [InlineData("127.0.0.2:70000", null)]
    public void Endpoints_are_read(string text, string? endpoint) => Assert.Equal(endpoint, Addresses.ParseEndpoint(text)?.ToString());
}
