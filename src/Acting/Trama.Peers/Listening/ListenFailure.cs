namespace Trama.Peers.Listening;

/// <summary>Why a server could not listen.</summary>
public enum ListenFailure
{
    /// <summary>Anything else; the cause has the system's words.</summary>
    Other,

    /// <summary>Another program listens at the port, or at the Unix socket.</summary>
    PortTaken,

    /// <summary>There is a file at the path of the Unix socket that is no socket.</summary>
    NotASocket,

    /// <summary>The address belongs to no interface of this machine, or the path to no directory.</summary>
    AddressNotLocal,

    /// <summary>The port, or the directory of the Unix socket, needs a privilege that the process lacks.</summary>
    NoPrivilege,
}
