namespace Trama.Peers.Relaying;

/// <summary>How a relay tells a target whom it relays: a header of HAProxy's PROXY protocol before the client's first byte.</summary>
public enum ProxyVersion
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>Version 1, a line of text.</summary>
    V1,

    /// <summary>Version 2, in binary.</summary>
    V2,
}
