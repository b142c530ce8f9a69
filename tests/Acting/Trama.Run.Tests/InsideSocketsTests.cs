using System.Net;
using System.Net.Sockets;
using Trama.Processes.Sockets;

namespace Trama.Run.Tests;

/// <summary>What the kernel answers and what its files tell is the same.</summary>
public sealed class InsideSocketsTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", true)]
    [InlineData("::1", false)]
    public void Sockets_of_a_network_are_found_either_way(string address, bool asksKernel)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems have no sock_diag");
        using InsideSockets sockets = Of(asksKernel);
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        var place = (IPEndPoint)listener.LocalEndpoint;
        using var client = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(place);
        var local = (IPEndPoint)client.LocalEndPoint!;
        Assert.Contains(place, sockets.Listening());
        Assert.DoesNotContain(local, sockets.Listening());
        Assert.Equal($"socket:[{sockets.InodeOf(local, place)}]", new FileInfo($"/proc/self/fd/{client.Handle}").LinkTarget);
        Assert.Equal(0u, sockets.InodeOf(local, new IPEndPoint(place.Address, 1)));
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("0.0.0.0", "127.0.0.1", true)]
    [InlineData("0.0.0.0", "::1", false)]
    [InlineData("::", "127.0.0.1", true)]
    [InlineData("::1", "127.0.0.1", false)]
    public void A_datagram_goes_to_who_would_get_it(string bound, string sentTo, bool isHeard)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems have no sock_diag");
        var address = IPAddress.Parse(bound);
        using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(address, 0));
        var place = new IPEndPoint(IPAddress.Parse(sentTo), ((IPEndPoint)socket.LocalEndPoint!).Port);
        foreach (bool asksKernel in (bool[])[true, false])
        {
            using InsideSockets sockets = Of(asksKernel);
            Assert.Equal(isHeard, sockets.HasDatagrams(place));
        }
    }

    private static InsideSockets Of(bool asksKernel) =>
        new(Environment.ProcessId, asksKernel ? new SocketTable().Handle : null);
}
