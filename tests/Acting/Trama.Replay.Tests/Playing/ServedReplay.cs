using System.Net;
using System.Net.Sockets;
using System.Text;
using Trama.Peers.Replies;
using Trama.Peers.Serving;
using Trama.Replay.Recording;
using Trama.Replay.Serving;

namespace Trama.Replay.Tests.Playing;

/// <summary>A recorded server at a free port of this machine.</summary>
internal sealed class ServedReplay : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Server _server;
    private readonly Task _running;

    public ServedReplay(IReadOnlyList<RecordedConnection> connections, MatchRule match = MatchRule.Content, UnknownPolicy? unknown = null,
        Pace? pace = null, int port = 0)
    {
        var replayed = new ReplayedServer(new ReplayServerOptions
        {
            Connections = connections,
            Match = match,
            Pace = pace ?? Pace.Fast,
            Unknown = unknown ?? new UnknownPolicy.Nearest(),
            Told = request =>
            {
                lock (Unknown) Unknown.Add(request);
            },
        });
        var options = new ServerOptions { Address = IPAddress.Loopback, Port = port, Conduct = replayed.Conduct, KeepOpen = true };
        _server = Server.Listen(options, new SilentLog());
        _running = _server.RunAsync(_stop.Token);
    }

    public int Port => ((IPEndPoint)_server.Endpoint).Port;

    public List<UnknownRequest> Unknown { get; } = [];

    /// <summary>Says something, and hears all until the server closes.</summary>
    public static async Task<string> SayAsync(int port, params string[] said)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, deadline.Token);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Concat(said)), deadline.Token);
        client.Client.Shutdown(SocketShutdown.Send);
        using var heard = new MemoryStream();
        await stream.CopyToAsync(heard, deadline.Token);
        return Encoding.Latin1.GetString(heard.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _server.Dispose();
        _stop.Dispose();
    }

    private sealed class SilentLog : IServerLog
    {
        public void Listening(EndPoint endpoint)
        {
        }

        public void Connected(ServerConnection connection)
        {
        }

        public void Received(ServerConnection connection, ReadOnlySpan<byte> message)
        {
        }

        public void Replied(ServerConnection connection, ReadOnlySpan<byte> reply)
        {
        }

        public void RepliedFile(ServerConnection connection, string path, long bytes)
        {
        }

        public void Troubled(ServerConnection connection, ResponderException trouble)
        {
        }

        public void Broadcast(ServerConnection connection, ReadOnlySpan<byte> message, int clients)
        {
        }

        public void Closed(ServerConnection connection, ConnectionEnd end)
        {
        }

        public void Refused(IPEndPoint client)
        {
        }

        public void AcceptFailed(SocketError error)
        {
        }

        public void Stopped()
        {
        }
    }
}
