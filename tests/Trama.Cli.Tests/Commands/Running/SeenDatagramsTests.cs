using Trama.Cli.Commands.Running;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Cli.Tests.Commands.Running;

public class SeenDatagramsTests
{
    // Of example.org: 10.0.0.1.
    private static readonly byte[] Reply = Convert.FromHexString("123481800001000100000000" + "076578616d706c65036f72670000010001"
        + "c00c000100010000003c0004" + "0a000001");

    private static readonly byte[] Question = [.. Convert.FromHexString("123401000001000000000000"), .. Reply[12..29]];

    [Fact]
    public void A_name_is_learnt_of_who_was_asked_and_of_nobody_else()
    {
        var seen = new SeenDatagrams();
        Endpoint asked = new(IpAddress.FromIpv4(0x0a000035), 53), other = new(IpAddress.FromIpv4(0x0a000036), 53);
        IpAddress told = IpAddress.FromIpv4(0x0a000001);
        seen.Add(other, [1, 2, 3], isFromServer: false);
        seen.Add(asked, Question, isFromServer: false);
        seen.Add(other, Reply, isFromServer: true);
        Assert.Null(seen.Names.Of(told));
        seen.Add(asked, Reply, isFromServer: true);
        Assert.Equal("example.org", seen.Names.Of(told));
    }
}
