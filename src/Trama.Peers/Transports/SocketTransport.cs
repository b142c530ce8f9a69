using System.Net.Sockets;

namespace Trama.Peers.Transports;

/// <summary>A connection without anything between.</summary>
internal sealed class SocketTransport(Socket socket) : ITransport
{
    // The runtime resets a connection that is disposed of while another thread is in a call on its socket.
    private readonly Lock _closing = new();

    /// <inheritdoc/>
    public Socket Socket { get; } = socket;

    /// <inheritdoc/>
    public ValueTask OpenAsync() => default;

    /// <inheritdoc/>
    public ValueTask ReadableAsync()
    {
        ValueTask<int> readable = Socket.ReceiveAsync(Memory<byte>.Empty);
        return readable.IsCompletedSuccessfully ? default : Awaited(readable);
        static async ValueTask Awaited(ValueTask<int> readable) => await readable;
    }

    /// <inheritdoc/>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => Socket.ReceiveAsync(buffer);

    /// <inheritdoc/>
    public ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes) => Socket.SendAsync(bytes);

    /// <inheritdoc/>
    public ValueTask EndAsync()
    {
        Socket.Shutdown(SocketShutdown.Send);
        return default;
    }

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
