using System.Net;
using System.Net.Sockets;
using Trama.Processes.Facts;
using Trama.Processes.Holders;
using Trama.Processes.Sockets;

namespace Trama.Processes.Tests.Sockets;

public sealed class SocketTableTests : IDisposable
{
    private readonly SocketTable _table;

    public SocketTableTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems have no sock_diag");
        _table = new SocketTable();
    }

    public void Dispose() => _table.Dispose();

    [Theory, InlineData("127.0.0.1"), InlineData("::1")]
    public void Both_sides_of_a_connection_are_told(string address)
    {
        using var pair = new LocalPair(address);
        TcpSocket client = _table.List().Single(socket => socket.Local.Equals(pair.ClientEnd) && socket.Peer.Equals(pair.ServerEnd));
        TcpSocket server = _table.Find(pair.ServerEnd, pair.ClientEnd)!;
        Assert.Equal((TcpSocketState.Established, TcpSocketState.Established), (client.State, server.State));
        Assert.NotEqual(client.Inode, server.Inode);
        Assert.Equal(client with { Figures = null, Timer = default, TimerMs = 0 },
            _table.Find(pair.ClientEnd, pair.ServerEnd)! with { Figures = null, Timer = default, TimerMs = 0 });
        Assert.Null(_table.Find(pair.ClientEnd, new IPEndPoint(pair.ServerEnd.Address, 1)));
        TcpSocket listener = _table.FindListener(pair.ServerEnd)!;
        Assert.Equal((TcpSocketState.Listening, pair.ServerEnd, 16u), (listener.State, listener.Local, listener.SendQueue));
        Assert.Null(_table.FindListener(pair.ClientEnd));
    }

    [Theory, InlineData("127.0.0.1"), InlineData("::1")]
    public void Where_somebody_listens_is_told_and_no_connection(string address)
    {
        using var pair = new LocalPair(address);
        List<IPEndPoint> places = _table.ListListening();
        Assert.Contains(pair.ServerEnd, places);
        Assert.DoesNotContain(pair.ClientEnd, places);
    }

    [Fact]
    public void Another_goes_on_to_ask_with_its_handle()
    {
        using var pair = new LocalPair("127.0.0.1");
        using var handed = new SocketTable();
        using var other = new SocketTable(handed.Handle);
        Assert.Equal(_table.Find(pair.ClientEnd, pair.ServerEnd)!.Inode, other.Find(pair.ClientEnd, pair.ServerEnd)!.Inode);
    }

    [Fact]
    public void What_is_not_read_stands_in_the_queue_and_is_counted()
    {
        using var pair = new LocalPair("127.0.0.1");
        pair.Client.Send(new byte[1234]);
        TcpSocket server = Until(() => _table.Find(pair.ServerEnd, pair.ClientEnd)!, socket => socket.ReceiveQueue == 1234);
        Assert.Equal(1234ul, server.Figures!.BytesReceived);
        TcpSocket client = Until(() => _table.Find(pair.ClientEnd, pair.ServerEnd)!, socket => socket.SendQueue == 0);
        Assert.Equal((1u, 0u), (client.Figures!.DataSegmentsSent, client.Figures.Retransmissions));
    }

    [Fact]
    public void A_socket_that_nobody_has_is_in_no_file()
    {
        using var pair = new LocalPair("127.0.0.1", accept: false);
        Assert.Equal(0u, _table.Find(pair.ServerEnd, pair.ClientEnd)!.Inode);
        Assert.Empty(SocketHolders.Look().Of(0));
    }

    [Fact]
    public void This_process_holds_its_sockets()
    {
        using var pair = new LocalPair("127.0.0.1");
        var holders = SocketHolders.Look();
        Assert.True(holders.HasProcesses);
        Assert.Equal([Environment.ProcessId], holders.Of(_table.Find(pair.ClientEnd, pair.ServerEnd)!.Inode));
        ProcessFacts self = new ProcessTable().Of(Environment.ProcessId)!;
        Assert.Equal(Environment.ProcessPath, self.Program);
        Assert.Equal(_table.Find(pair.ClientEnd, pair.ServerEnd)!.User, self.User);
    }

    private static TcpSocket Until(Func<TcpSocket> look, Func<TcpSocket, bool> isThere)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            TcpSocket socket = look();
            if (isThere(socket)) return socket;
            deadline.Token.ThrowIfCancellationRequested();
            Thread.Yield();
        }
    }

    /// <summary>A connection within this process.</summary>
    private sealed class LocalPair : IDisposable
    {
        private readonly Socket _listener;
        private readonly Socket? _server;

        public LocalPair(string address, bool accept = true)
        {
            var place = new IPEndPoint(IPAddress.Parse(address), 0);
            _listener = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            _listener.Bind(place);
            _listener.Listen(16);
            Client = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            Client.Connect(_listener.LocalEndPoint!);
            if (accept) _server = _listener.Accept();
        }

        public Socket Client { get; }

        public IPEndPoint ClientEnd => (IPEndPoint)Client.LocalEndPoint!;

        public IPEndPoint ServerEnd => (IPEndPoint)_listener.LocalEndPoint!;

        public void Dispose()
        {
            Client.Dispose();
            _server?.Dispose();
            _listener.Dispose();
        }
    }
}
