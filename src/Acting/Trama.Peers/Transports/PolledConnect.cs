using System.Net;
using System.Net.Sockets;
using Trama.Peers.Native;

namespace Trama.Peers.Transports;

/// <summary>
/// Connects on Linux without the runtime, which would watch the socket from then on as long as it is open, and wake two threads for nothing
/// each time that something comes.
/// </summary>
internal static class PolledConnect
{
    /// <summary>Connects a socket.</summary>
    /// <param name="socket">The socket, of no more use once it is connected.</param>
    /// <param name="server">To where.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>The connected socket.</returns>
    /// <exception cref="SocketException">It could not be connected.</exception>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public static async ValueTask<Socket> ConnectAsync(Socket socket, IPEndPoint server, CancellationToken stop)
    {
        socket.Blocking = false;
        SocketError error = LinuxConnect.Start(socket, server.Serialize());
        if (error == SocketError.InProgress)
        {
            var connecting = new PolledTransport(socket, Poller.Shared);
            try
            {
                await connecting.WritableAsync(stop);
            }
            finally
            {
                Poller.Shared.Release(connecting);
            }

            error = (SocketError)(int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
        }

        if (error != SocketError.Success) throw new SocketException((int)error);
        // A socket knows that it is connected when it did it, or when it is made of one that is.
        var handle = new SafeSocketHandle(socket.SafeHandle.DangerousGetHandle(), ownsHandle: true);
        socket.SafeHandle.SetHandleAsInvalid();
        socket.Dispose();
        return new Socket(handle);
    }
}
