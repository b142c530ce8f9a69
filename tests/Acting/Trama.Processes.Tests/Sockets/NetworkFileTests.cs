using System.Net;
using System.Net.Sockets;
using Trama.Processes.Sockets;

namespace Trama.Processes.Tests.Sockets;

public class NetworkFileTests
{
    private const string Sample = """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 0100007F:46A0 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 98765 1 0000000000000000 100 0 0 10 0
           1: 0100007F:CFB4 0100007F:46A0 01 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0000000000000000 20 0 0 10 -1
        """;

    [Theory]
    [InlineData("127.0.0.1:53172", "127.0.0.1:18080", 4711)]
    [InlineData("127.0.0.1:18080", "0.0.0.0:0", 98765)]
    [InlineData("127.0.0.1:18080", "127.0.0.1:53172", 0)]
    public void Finds_the_line_of_a_socket(string local, string peer, uint inode) =>
        Assert.Equal(inode, NetworkFile.Find(Sample, NetworkFile.Text(IPEndPoint.Parse(local)), NetworkFile.Text(IPEndPoint.Parse(peer))));

    [Theory]
    [InlineData("127.0.0.1:53172")]
    [InlineData("[2001:db8::7]:443")]
    public void Reads_an_end_as_it_is_written(string end) =>
        Assert.Equal(IPEndPoint.Parse(end), NetworkFile.End(NetworkFile.Text(IPEndPoint.Parse(end))));

    [Theory]
    [InlineData("")]
    [InlineData("0100007F")]
    [InlineData("0100007F:")]
    [InlineData("0100007F:10000")]
    [InlineData("0100007G:46A0")]
    [InlineData("0100007F00:46A0")]
    public void What_is_no_end_is_none(string text) => Assert.Null(NetworkFile.End(text));

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", false)]
    public void Finds_a_socket_of_this_process(string address, bool isDual)
    {
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        var place = (IPEndPoint)listener.LocalEndpoint;
        using Socket client = isDual ? new Socket(SocketType.Stream, ProtocolType.Tcp) : new Socket(place.AddressFamily, SocketType.Stream,
            ProtocolType.Tcp);
        client.Connect(place.Address, place.Port);
        var local = new IPEndPoint(place.Address, ((IPEndPoint)client.LocalEndPoint!).Port);
        uint inode = NetworkFile.InodeOf(Environment.ProcessId, local, place);
        Assert.Equal($"socket:[{inode}]", new FileInfo($"/proc/self/fd/{client.Handle}").LinkTarget);
        Assert.Equal(0u, NetworkFile.InodeOf(Environment.ProcessId, local, new IPEndPoint(place.Address, 1)));
    }
}
