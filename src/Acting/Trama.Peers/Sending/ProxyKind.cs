namespace Trama.Peers.Sending;

/// <summary>What a proxy speaks.</summary>
public enum ProxyKind
{
    /// <summary>SOCKS version 5 (RFC 1928), with names and passwords (RFC 1929).</summary>
    Socks5,

    /// <summary>The CONNECT method of HTTP (RFC 9110, section 9.3.6).</summary>
    Http,
}
