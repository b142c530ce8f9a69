using System.Net;
using System.Net.Sockets;
using Trama.Peers.Listening;
using Trama.Peers.Transports;

namespace Trama.Peers.Tests.Listening;

public class ListenerTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData(null)]
    public async Task Accepted_connections_take_over_what_the_kernel_is_to_do(string? address)
    {
        var tuning = new TcpTuning
        {
            KeepAlive = TimeSpan.FromSeconds(7),
            UserTimeout = TimeSpan.FromSeconds(3),
            SegmentSize = 600,
            FastOpen = true,
            NoDelay = false
        };
        using Socket listener = Listener.Open(address is null ? null : IPAddress.Parse(address), 0, tuning: tuning);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndPoint!).Port, TestContext.Current.CancellationToken);
        using Socket accepted = await listener.AcceptAsync(TestContext.Current.CancellationToken);
        Assert.Equal(7, accepted.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
        Assert.False(accepted.NoDelay);
        Assert.Equal(3000, Option(accepted, 18)); // TCP_USER_TIMEOUT
        Assert.Equal(1024, Option(listener, 23)); // TCP_FASTOPEN
        // Both sides heard of it in the handshake; the options of a segment take some of it.
        Assert.InRange(TcpStatistics.Of(accepted)!.SegmentSize, 500, 600);
        Assert.InRange(TcpStatistics.Of(client)!.SegmentSize, 500, 600);
    }

    private static int Option(Socket socket, int option)
    {
        byte[] value = new byte[4];
        socket.GetRawSocketOption(6, option, value);
        return BitConverter.ToInt32(value);
    }
}
