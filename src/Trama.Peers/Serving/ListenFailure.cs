namespace Trama.Peers.Serving;

/// <summary>Why a server could not listen.</summary>
public enum ListenFailure
{
    /// <summary>Anything else; the cause has the system's words.</summary>
    Other,

    /// <summary>Another program listens at the port.</summary>
    PortTaken,

    /// <summary>The address belongs to no interface of this machine.</summary>
    AddressNotLocal,

    /// <summary>The port needs a privilege that the process lacks.</summary>
    NoPrivilege,
}
