using System.Net.Sockets;

namespace Trama.Peers.Listening;

/// <summary>A server could not listen.</summary>
public sealed class ListenException(ListenFailure failure, SocketException cause) : Exception(cause.Message, cause)
{
    /// <summary>Why.</summary>
    public ListenFailure Failure { get; } = failure;
}
