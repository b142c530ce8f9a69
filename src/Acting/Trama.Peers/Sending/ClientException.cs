using System.Net.Sockets;
using Trama.Peers.Misbehaving;

namespace Trama.Peers.Sending;

/// <summary>A client could not connect, or did not get its reply.</summary>
public sealed class ClientException : Exception
{
    /// <summary>A failure of the conversation, or of the look-up.</summary>
    public ClientException(ClientFailure failure, Exception? cause = null)
        : base(cause?.Message ?? failure.ToString(), cause) => Failure = failure;

    /// <summary>A failure to connect to every address.</summary>
    public ClientException(IReadOnlyList<ConnectAttempt> attempts)
        : this(attempts[^1].Failure) => Attempts = attempts;

    /// <summary>Why; when several addresses were tried, what the last one met.</summary>
    public ClientFailure Failure { get; }

    /// <summary>What each address met, in order; empty when the failure is not one to connect.</summary>
    public IReadOnlyList<ConnectAttempt> Attempts { get; } = [];

    /// <summary>What an error of a connection means to the client; null when it is another kind of error.</summary>
    internal static ClientException? Of(Exception error)
    {
        // Nothing but a fault closes the connection under the client.
        if (error is MisbehaviourException or ObjectDisposedException) return new(ClientFailure.Misbehaved, error);
        SocketError? code = (error as SocketException ?? (error as IOException)?.InnerException as SocketException)?.SocketErrorCode;
        bool reset = code is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted;
        return code is null ? null : new(reset ? ClientFailure.Reset : ClientFailure.Other, error);
    }
}
