using System.Net.Sockets;
using Trama.Peers.Misbehaving;

namespace Trama.Peers.Serving;

/// <content>Takes part in a broadcast: hears its client, and tells it what the others say.</content>
public sealed partial class ServerConnection
{
    private Outbox? _outbox;

    /// <summary>Takes what another client says. False when this one will not hear it.</summary>
    internal bool Hear(byte[] messages)
    {
        if (Volatile.Read(ref _outbox) is not { } outbox) return false;
        if (outbox.TryAdd(messages)) return true;
        if (outbox.IsFull) Ask(ConnectionEnd.TooSlow, SocketShutdown.Both);
        return false;
    }

    private async Task<ConnectionEnd> TakePartAsync()
    {
        var outbox = new Outbox(PassOnAsync, _server.Options.MessageLimit);
        Volatile.Write(ref _outbox, outbox);
        ConnectionEnd? end = ConnectionEnd.Reset;
        try
        {
            end = await HearAsync();
        }
        finally
        {
            // A client that is sent away need not take first what waits for it.
            if (end is not (null or ConnectionEnd.ClientClosed or ConnectionEnd.Cut)) _transport.Shutdown(SocketShutdown.Both);
            await outbox.EndAsync();
        }

        return end ?? await LingerAsync();
    }

    // Never throws: what goes wrong ends the connection from here.
    private async ValueTask<bool> PassOnAsync(byte[] messages)
    {
        try
        {
            await SendAsync(messages);
            return true;
        }
        catch (MisbehaviourException over)
        {
            SentBytes += over.Sent;
            AskWhenAnswered(ConnectionEnd.Misbehaved);
        }
        catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException)
        {
            Ask(ConnectionEnd.Reset, SocketShutdown.Both);
        }

        return false;
    }
}
