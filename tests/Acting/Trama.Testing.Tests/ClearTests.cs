using System.Net;
using System.Net.Sockets;
using Trama.Framing;

namespace Trama.Testing.Tests;

/// <summary>What becomes of connections that were there before what came before was forgotten.</summary>
public class ClearTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_reset_of_a_pooled_connection_is_a_failure(bool relayed, bool byClient)
    {
        await using var pooled = await PooledConnection.OpenAsync(relayed);
        pooled.Wire.Clear();
        (byClient ? pooled.Client : pooled.Server).Close(0);
        // What is left hears of it.
        Assert.Throws<SocketException>(() => (byClient ? pooled.Server : pooled.Client).Receive(new byte[1]));
        string message = Assert.Throws<WireAssertionException>(() => pooled.Wire.Should().HaveNoFailures()).Message;
        Assert.StartsWith("expected no failures, and connection 1 is Reset", message, StringComparison.Ordinal);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_mere_end_of_a_pooled_connection_does_not_count(bool relayed)
    {
        await using var pooled = await PooledConnection.OpenAsync(relayed);
        pooled.Wire.Clear();
        pooled.Client.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, pooled.Server.Receive(new byte[1]));
        pooled.Server.Close();
        Assert.Equal(0, pooled.Client.Receive(new byte[1]));
        pooled.Wire.Should().HaveConnections(0);
    }

    // A connection over which something has been said.
    private sealed class PooledConnection : IAsyncDisposable
    {
        private readonly TcpListener _listener;

        private PooledConnection(TcpListener listener, Wire wire, Socket client, Socket server) =>
            (_listener, Wire, Client, Server) = (listener, wire, client, server);

        public Wire Wire { get; }

        public Socket Client { get; }

        public Socket Server { get; }

        public static async Task<PooledConnection> OpenAsync(bool relayed)
        {
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            Wire wire = await Wire.CaptureAsync(((IPEndPoint)listener.LocalEndpoint).Port,
                new WireOptions { Framing = FramingRule.Lines, PreferRelay = relayed });
            var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 20_000 };
            client.Connect(wire.Address);
            Socket server = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
            server.ReceiveTimeout = 20_000;
            client.Send("a\n"u8);
            Assert.Equal(2, server.Receive(new byte[2]));
            server.Send("b\n"u8);
            Assert.Equal(2, client.Receive(new byte[2]));
            return new PooledConnection(listener, wire, client, server);
        }

        public async ValueTask DisposeAsync()
        {
            await Wire.DisposeAsync();
            Client.Dispose();
            Server.Dispose();
            _listener.Dispose();
        }
    }
}
