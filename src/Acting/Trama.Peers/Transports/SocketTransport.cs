using System.Net.Sockets;

namespace Trama.Peers.Transports;

/// <summary>A connection without anything between.</summary>
internal sealed class SocketTransport(Socket socket) : ITransport
{
    // The runtime resets a connection that is disposed of while another thread is in a call on its socket.
    private readonly Lock _closing = new();
    private readonly EmptyRead _waiting = new();

    /// <inheritdoc/>
    public Socket Socket { get; } = socket;

    /// <inheritdoc/>
    public bool AwaitsMore => _waiting.IsPending;

    /// <inheritdoc/>
    public ValueTask OpenAsync() => default;

    /// <inheritdoc/>
    public ValueTask ReadableAsync() => _waiting.WaitAsync(() => Socket.ReceiveAsync(Memory<byte>.Empty));

    /// <inheritdoc/>
    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        await _waiting.EndAsync();
        return await Socket.ReceiveAsync(buffer);
    }

    /// <inheritdoc/>
    public ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes) => Socket.SendAsync(bytes);

    /// <inheritdoc/>
    public ValueTask EndAsync()
    {
        Socket.Shutdown(SocketShutdown.Send);
        return default;
    }

    /// <inheritdoc/>
    public void Wake() => _waiting.Wake();

    /// <inheritdoc/>
    public void Shutdown(SocketShutdown how)
    {
        try
        {
            lock (_closing) Socket.Shutdown(how);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It is over already.
        }
    }

    /// <inheritdoc/>
    public void Abort() => Socket.Close(0);

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        lock (_closing) Socket.Dispose();
    }
}
