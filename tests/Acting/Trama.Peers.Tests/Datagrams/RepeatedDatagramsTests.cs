using System.Net;
using Trama.Peers.Datagrams;

namespace Trama.Peers.Tests.Datagrams;

public class RepeatedDatagramsTests
{
    private static readonly IPEndPoint Client = new(IPAddress.Loopback, 5001);

    [Fact]
    public void A_thousand_equal_ones_are_told_of_once()
    {
        var repeated = new RepeatedDatagrams();
        int told = Enumerable.Range(0, 5000).Count(_ => repeated.IsOneTooMany(Client, "ping"u8));
        Assert.Equal(1, told);
    }

    [Fact]
    public void Others_between_do_not_hide_them_and_a_different_one_begins_anew()
    {
        var repeated = new RepeatedDatagrams();
        var other = new IPEndPoint(IPAddress.Loopback, 5002);
        bool[] told = [.. Enumerable.Range(0, 999).Select(
            number => repeated.IsOneTooMany(Client, "ping"u8) | repeated.IsOneTooMany(other, BitConverter.GetBytes(number)))];
        Assert.DoesNotContain(true, told);
        Assert.False(repeated.IsOneTooMany(Client, "pong"u8));
        Assert.False(repeated.IsOneTooMany(Client, "ping"u8));
    }
}
