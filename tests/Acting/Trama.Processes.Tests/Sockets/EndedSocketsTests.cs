using System.Net;
using System.Net.Sockets;
using Trama.Processes.Sockets;

namespace Trama.Processes.Tests.Sockets;

public class EndedSocketsTests
{
    [Fact]
    public void The_kernel_tells_of_what_ended_with_its_last_counters()
    {
        using var ended = EndedSockets.Open();
        if (ended is null) Assert.Skip("the kernel does not tell of ended sockets");
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        int port;
        using (var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            client.Connect(listener.LocalEndPoint!);
            port = ((IPEndPoint)client.LocalEndPoint!).Port;
            client.Send(new byte[1234]);
            using Socket server = listener.Accept();
            int count = 0;
            while (count < 1234) count += server.Receive(new byte[2000]);
            client.Shutdown(SocketShutdown.Send);
            Assert.Equal(0, server.Receive(new byte[1]));
        }

        TcpSocket? found = null;
        Assert.True(SpinWait.SpinUntil(() => (found ??= ended.Take().Find(socket => socket.Local.Port == port)) is not null,
            TimeSpan.FromSeconds(10)));
        Assert.Equal((1234UL, 0U), (found!.Figures!.BytesSent, found.Figures.Retransmissions));
        Assert.Equal(listener.LocalEndPoint, found.Peer);
        Assert.Equal(0u, found.Inode);
    }

    [Fact]
    public void Udp_sockets_are_told_apart_by_whom_they_talk_to()
    {
        using var table = new SocketTable();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(IPAddress.Loopback, 5353);
        UdpSocket one = Assert.Single(table.ListUdp(), udp => udp.Local.Equals(socket.LocalEndPoint));
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 5353), one.Peer);
        Assert.NotEqual(0u, one.Inode);
    }
}
