using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Trama.Framing;
using Trama.Peers.Relaying;
using Trama.Peers.Sending;

namespace Trama.Peers.Tests.Relaying;

/// <summary>Keeps the events of a relay as lines that tests wait for.</summary>
internal sealed class RelayRecordingLog : IRelayLog
{
    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();

    /// <summary>What a relay waits for before it passes bytes on.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public void Listening(IPEndPoint endpoint)
    {
    }

    /// <summary>What happens to a connection as soon as it is accepted.</summary>
    public Action<RelayConnection> OnAccepted { get; set; } = _ => { };

    public void Accepted(RelayConnection connection)
    {
        Add($"{connection.Id} accepted {connection.Client.Address}");
        OnAccepted(connection);
    }

    public void TargetFailed(RelayConnection connection, RelayTarget target, ClientException failure) =>
        Add($"{connection.Id} failed {failure.Failure}");

    public void Connected(RelayConnection connection) => Add($"{connection.Id} connected {connection.Target!.Port}");

    public async ValueTask RelayingAsync(RelayConnection connection, Direction direction, ReadOnlyMemory<byte> bytes)
    {
        await Gate;
        Add($"{connection.Id} {direction} {Encoding.UTF8.GetString(bytes.Span)}");
    }

    public void Stalled(RelayConnection connection, Direction direction) => Add($"{connection.Id} stalled {direction}");

    public void Resumed(RelayConnection connection, Direction direction) => Add($"{connection.Id} resumed {direction}");

    public void Finished(RelayConnection connection, Direction direction) => Add($"{connection.Id} finished {direction}");

    public void Closed(RelayConnection connection, RelayEnd end) =>
        Add($"{connection.Id} closed {end} {connection.BytesToServer} {connection.BytesToClient}");

    public void AcceptFailed(SocketError error) => Add($"accept failed {error}");

    /// <summary>The next event.</summary>
    public async Task<string> NextAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _events.Reader.ReadAsync(deadline.Token);
    }

    /// <summary>An event that has come already.</summary>
    public bool TryNext(out string? line) => _events.Reader.TryRead(out line);

    /// <summary>Waits for this event, passing over others.</summary>
    public async Task UntilAsync(string expected)
    {
        while (await NextAsync() != expected)
        {
        }
    }

    /// <summary>The end of a connection, passing over what comes before.</summary>
    public async Task<string> EndAsync()
    {
        while (true)
        {
            if (await NextAsync() is var line && line.Contains(" closed ", StringComparison.Ordinal)) return line;
        }
    }

    private void Add(string line) => _events.Writer.TryWrite(line);
}
