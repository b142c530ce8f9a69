using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Trama.Peers.Replies;
using Trama.Peers.Serving;

namespace Trama.Peers.Tests.Serving;

/// <summary>Keeps the events of a server as lines that tests wait for.</summary>
internal sealed class RecordingLog : IServerLog
{
    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();
    private int _replies;

    /// <summary>Replies that the system has taken.</summary>
    public int Replies => Volatile.Read(ref _replies);

    /// <summary>Bytes that connections had received when they closed; to be read when the last of them has.</summary>
    public long ReceivedBytes { get; private set; }

    public void Listening(EndPoint endpoint) => Add("listening");

    public void Connected(ServerConnection connection) => Add($"connected {((IPEndPoint)connection.Client).Address}");

    public void Received(ServerConnection connection, ReadOnlySpan<byte> message) =>
        Add($"message {Encoding.UTF8.GetString(message)}");

    public void Replied(ServerConnection connection, ReadOnlySpan<byte> reply)
    {
        Interlocked.Increment(ref _replies);
        Add($"reply {reply.Length}");
    }

    public void RepliedFile(ServerConnection connection, string path, long bytes) => Add($"reply {bytes} of a file");

    public void Troubled(ServerConnection connection, ResponderException trouble) => Add($"trouble {trouble.Failure} {trouble.Code}");

    public void Broadcast(ServerConnection connection, ReadOnlySpan<byte> message, int clients) =>
        Add($"broadcast {Encoding.UTF8.GetString(message)} to {clients}");

    public void Closed(ServerConnection connection, ConnectionEnd end)
    {
        ReceivedBytes += connection.ReceivedBytes;
        Add($"closed {end}");
    }

    public void Refused(IPEndPoint client) => Add("refused");

    public void AcceptFailed(SocketError error) => Add($"accept failed {error}");

    public void Stopped() => Add("stopped");

    /// <summary>The next event.</summary>
    public async Task<string> NextAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _events.Reader.ReadAsync(deadline.Token);
    }

    /// <summary>The next message that was received, passing over other events.</summary>
    public async Task<string> NextMessageAsync()
    {
        while (true)
            if (await NextAsync() is var next && next.StartsWith("message ", StringComparison.Ordinal)) return next;
    }

    /// <summary>Waits for this event, passing over others.</summary>
    public async Task UntilAsync(string expected)
    {
        while (await NextAsync() != expected)
        {
        }
    }

    private void Add(string line) => _events.Writer.TryWrite(line);
}
