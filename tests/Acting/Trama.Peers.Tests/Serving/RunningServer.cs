using System.Net;
using System.Net.Sockets;
using System.Text;
using Trama.Framing;
using Trama.Peers.Replies;
using Trama.Peers.Serving;
using Trama.Peers.Serving.Conducts;

namespace Trama.Peers.Tests.Serving;

/// <summary>A server on a free port of loopback, stopped at the end of the test.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Server _server;

    public RunningServer(ServerOptions options, TimeProvider? time = null)
    {
        _server = Server.Listen(options with { Port = 0, Address = options.Address ?? IPAddress.Loopback }, Log, time);
        Endpoint = (IPEndPoint)_server.Endpoint;
        Running = _server.RunAsync(_stop.Token);
    }

    public RecordingLog Log { get; } = new();

    public IPEndPoint Endpoint { get; }

    public Task Running { get; }

    public static ServerOptions Echoing { get; } = new() { Conduct = new Answering(new EchoResponder()), KeepOpen = true };

    public static ServerOptions Replying(string reply) => Replying(Encoding.UTF8.GetBytes(reply));

    public static ServerOptions Replying(byte[] reply) => new() { Conduct = new Answering(new FixedResponder(reply, FramingRule.Raw)) };

    // Not asynchronously: that looks for errors some time after the connection was made, when the server may have reset it already.
    public Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 20_000 };
        socket.Connect(Endpoint);
        return Task.FromResult(socket);
    }

    public Task StopAsync()
    {
        _stop.Cancel();
        return Running.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _server.Dispose();
        _stop.Dispose();
    }
}
