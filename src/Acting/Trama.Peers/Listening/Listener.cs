using System.Net;
using System.Net.Sockets;
using Trama.Peers.Transports;

namespace Trama.Peers.Listening;

/// <summary>Opens listening sockets.</summary>
internal static class Listener
{
    /// <summary>More than the system allows is cut to what it allows, so that a burst of clients finds room.</summary>
    public const int LongestBacklog = 65535;

    /// <summary>A socket that listens at <paramref name="address"/>, or at every interface, IPv6 and IPv4, when it is null.</summary>
    /// <param name="address">The address, or null.</param>
    /// <param name="port">The port, 0 to 65535.</param>
    /// <param name="backlog">How many connections may wait to be accepted.</param>
    /// <param name="tuning">What the kernel is to do with the connections; null leaves it to the system.</param>
    /// <exception cref="ListenException">The system refused.</exception>
    public static Socket Open(IPAddress? address, int port, int backlog = LongestBacklog, TcpTuning? tuning = null) =>
        OpenAny(address, port, backlog, tuning);

    /// <summary>
    /// A socket that receives datagrams at <paramref name="address"/>, or at every interface, IPv6 and IPv4, when it is null.
    /// </summary>
    /// <param name="address">The address, or null.</param>
    /// <param name="port">The port, 0 to 65535.</param>
    /// <exception cref="ListenException">The system refused.</exception>
    public static Socket OpenDatagrams(IPAddress? address, int port) => OpenAny(address, port, backlog: null, tuning: null);

    // Datagrams have no backlog.
    private static Socket OpenAny(IPAddress? address, int port, int? backlog, TcpTuning? tuning)
    {
        try
        {
            if (address is not null) return Listen(new IPEndPoint(address, port), backlog, tuning);
            try
            {
                return Listen(new IPEndPoint(IPAddress.IPv6Any, port), backlog, tuning);
            }
            catch (SocketException error) when (error.SocketErrorCode
                is SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable or SocketError.OperationNotSupported)
            {
                // IPv6 is switched off.
                return Listen(new IPEndPoint(IPAddress.Any, port), backlog, tuning);
            }
        }
        catch (SocketException error)
        {
            throw new ListenException(Reason(error.SocketErrorCode), error);
        }
    }

    /// <summary>What an error of the system says about an attempt to listen.</summary>
    public static ListenFailure Reason(SocketError error) => error switch
    {
        SocketError.AddressAlreadyInUse => ListenFailure.PortTaken,
        SocketError.AddressNotAvailable => ListenFailure.AddressNotLocal,
        SocketError.AccessDenied => ListenFailure.NoPrivilege,
        _ => ListenFailure.Other,
    };

    private static Socket Listen(IPEndPoint endpoint, int? backlog, TcpTuning? tuning)
    {
        Socket socket = backlog is null
            ? new Socket(endpoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
            : new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endpoint.Address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
            tuning?.Apply(socket, listens: true);
            socket.Bind(endpoint);
            if (backlog is { } length) socket.Listen(length);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
