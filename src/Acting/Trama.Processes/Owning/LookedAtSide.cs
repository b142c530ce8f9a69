using Trama.Processes.Sockets;

namespace Trama.Processes.Owning;

/// <summary>One side of a connection and the socket that it is now.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="IsClient">Whether it is the client's side.</param>
/// <param name="Socket">The socket.</param>
internal readonly record struct LookedAtSide(OwnedConnection Connection, bool IsClient, TcpSocket Socket)
{
    /// <summary>Whose the side is.</summary>
    public SocketOwner? Owner
    {
        get => IsClient ? Connection.ClientOwner : Connection.ServerOwner;
        set
        {
            if (IsClient) Connection.ClientOwner = value;
            else Connection.ServerOwner = value;
        }
    }
}
