using System.Net.Sockets;
using Trama.Peers.Native;

namespace Trama.Peers.Listening;

/// <summary>Opens listening Unix sockets; the runtime removes the file when the socket is disposed of.</summary>
internal static class UnixListener
{
    /// <summary>A socket that listens at <paramref name="path"/>. The file that a server left there which is no more is replaced.</summary>
    /// <param name="path">The path.</param>
    /// <param name="backlog">How many connections may wait to be accepted.</param>
    /// <exception cref="ListenException">The system refused, or there is something else at the path.</exception>
    public static Socket Open(string path, int backlog)
    {
        var endpoint = new UnixDomainSocketEndPoint(path);
        try
        {
            return Listen(endpoint, backlog);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse && LinuxFile.IsSocket(path)
            && IsDeserted(endpoint))
        {
            return Replace(path, endpoint, backlog);
        }
        catch (SocketException error)
        {
            bool isTaken = error.SocketErrorCode == SocketError.AddressAlreadyInUse;
            throw new ListenException(isTaken && !LinuxFile.IsSocket(path) ? ListenFailure.NotASocket
                : Listener.Reason(error.SocketErrorCode), error);
        }
    }

    private static Socket Replace(string path, UnixDomainSocketEndPoint endpoint, int backlog)
    {
        try
        {
            File.Delete(path);
            return Listen(endpoint, backlog);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ListenException(ListenFailure.NoPrivilege, new SocketException((int)SocketError.AccessDenied));
        }
        catch (SocketException error)
        {
            throw new ListenException(Listener.Reason(error.SocketErrorCode), error);
        }
    }

    // Without waiting: a server whose queue is full is there.
    private static bool IsDeserted(UnixDomainSocketEndPoint endpoint)
    {
        using var socket = NewSocket();
        socket.Blocking = false;
        try
        {
            socket.Connect(endpoint);
            return false;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode == SocketError.ConnectionRefused;
        }
    }

    private static Socket Listen(UnixDomainSocketEndPoint endpoint, int backlog)
    {
        Socket socket = NewSocket();
        try
        {
            socket.Bind(endpoint);
            socket.Listen(backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
}
