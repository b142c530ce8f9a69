using System.Net.Sockets;

namespace Trama.Lab.Programs;

/// <summary>What a socket's error is called in truth.json.</summary>
internal static class Outcomes
{
    /// <summary>The name that errno(3) has for it; <c>application-timeout</c> when the program gave up waiting.</summary>
    public static string Of(Exception error) => (error as SocketException ?? error.InnerException as SocketException) switch
    {
        { SocketErrorCode: SocketError.ConnectionReset } => "ECONNRESET",
        { SocketErrorCode: SocketError.ConnectionRefused } => "ECONNREFUSED",
        { SocketErrorCode: SocketError.HostUnreachable } => "EHOSTUNREACH",
        { SocketErrorCode: SocketError.NetworkUnreachable } => "ENETUNREACH",
        { SocketErrorCode: SocketError.Shutdown } => "EPIPE",
        { SocketErrorCode: SocketError.ConnectionAborted } => "ECONNABORTED",
        { SocketErrorCode: SocketError.AccessDenied } => "EACCES",
        { SocketErrorCode: SocketError.TimedOut } => "ETIMEDOUT",
        { SocketErrorCode: SocketError.WouldBlock } => "application-timeout",
        { } other => other.SocketErrorCode.ToString(),
        null => error.GetType().Name,
    };
}
