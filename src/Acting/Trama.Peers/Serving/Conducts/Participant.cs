using System.Net.Sockets;
using Trama.Peers.Misbehaving;
using Trama.Peers.Transports;

namespace Trama.Peers.Serving.Conducts;

/// <summary>A client that takes part in a broadcast: says its messages to the others, and hears theirs.</summary>
internal sealed class Participant : HeardClient
{
    private readonly Broadcasting _broadcast;
    private readonly Outbox _outbox;
    private int _hearers;

    public Participant(ServerConnection connection, Broadcasting broadcast)
        : base(connection)
    {
        _broadcast = broadcast;
        _outbox = new Outbox(PassOnAsync, connection.Options.MessageLimit, connection.Memory.Add);
    }

    /// <summary>Takes what another client says. False when this one will not hear it.</summary>
    public bool Hear(byte[] messages)
    {
        if (_outbox.TryAdd(messages)) return true;
        if (_outbox.IsFull) Connection.Ask(ConnectionEnd.TooSlow, SocketShutdown.Both);
        return false;
    }

    /// <summary>Takes no more, and waits until it has heard what it was to hear.</summary>
    public Task EndAsync() => _outbox.EndAsync();

    /// <inheritdoc/>
    protected override async ValueTask<ConnectionEnd?> TakeAsync(ReadOnlyMemory<byte> message, bool isLast)
    {
        await GatherAsync(message);
        return null;
    }

    /// <inheritdoc/>
    protected override ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        _hearers = _broadcast.Tell(this, bytes);
        return default;
    }

    /// <inheritdoc/>
    protected override void Tell(ReadOnlySpan<byte> sent) => Connection.Log.Broadcast(Connection, sent, _hearers);

    // Never throws: what goes wrong ends the connection from here.
    private async ValueTask<bool> PassOnAsync(byte[] messages)
    {
        try
        {
            await Connection.Traffic.SendAsync(messages);
            return true;
        }
        catch (MisbehaviourException over)
        {
            Connection.Traffic.NoteSent(over.Sent);
            Connection.AskWhenAnswered(ConnectionEnd.Misbehaved);
        }
        catch (Exception error) when (error.IsBroken())
        {
            Connection.Ask(ConnectionEnd.Reset, SocketShutdown.Both);
        }

        return false;
    }
}
