using System.Net.Sockets;

namespace Trama.Peers.Loading;

/// <summary>What an error of the system says about an attempt to connect.</summary>
internal static class ConnectFailures
{
    /// <summary>The failure.</summary>
    public static LoadFailure Of(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => LoadFailure.Refused,
        SocketError.ConnectionReset => LoadFailure.Reset,
        SocketError.TimedOut => LoadFailure.ConnectTimedOut,
        _ => LoadFailure.Unreachable,
    };
}
