using System.Net.Sockets;

namespace Trama.Peers.Relaying;

/// <summary>One of the two connections that a relay joins.</summary>
internal sealed class RelaySide
{
    private readonly Socket _socket;

    // The runtime resets a connection that is disposed of while another thread is in a call on its socket.
    private readonly Lock _closing = new();

    public RelaySide(Socket socket)
    {
        _socket = socket;
        socket.NoDelay = true;
        // A peer that vanished without a word would be kept for ever.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        Stream = new NetworkStream(socket);
    }

    /// <summary>The bytes of the connection.</summary>
    public Stream Stream { get; }

    /// <summary>Says that no more will be sent.</summary>
    public void EndSending() => Shutdown(SocketShutdown.Send);

    /// <summary>Takes what has arrived for all there is.</summary>
    public void EndReceiving() => Shutdown(SocketShutdown.Receive);

    /// <summary>Resets the connection at once.</summary>
    public void Reset() => _socket.Close(0);

    /// <summary>Closes the connection.</summary>
    public void Close()
    {
        lock (_closing) _socket.Dispose();
    }

    private void Shutdown(SocketShutdown how)
    {
        try
        {
            lock (_closing) _socket.Shutdown(how);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It is over already.
        }
    }
}
