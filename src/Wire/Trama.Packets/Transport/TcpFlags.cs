namespace Trama.Packets.Transport;

/// <summary>The control bits of a TCP header, RFC 9293 section 3.1; AE from RFC 9768.</summary>
[Flags]
public enum TcpFlags : ushort
{
    /// <summary>No bit set.</summary>
    None = 0,

    /// <summary>No more data from the sender.</summary>
    Fin = 0x01,

    /// <summary>Synchronise sequence numbers.</summary>
    Syn = 0x02,

    /// <summary>Reset the connection.</summary>
    Rst = 0x04,

    /// <summary>Push.</summary>
    Psh = 0x08,

    /// <summary>The acknowledgement field counts.</summary>
    Ack = 0x10,

    /// <summary>The urgent pointer counts.</summary>
    Urg = 0x20,

    /// <summary>Congestion was experienced (ECN echo, RFC 3168).</summary>
    Ece = 0x40,

    /// <summary>Congestion window reduced (RFC 3168).</summary>
    Cwr = 0x80,

    /// <summary>Accurate ECN (RFC 9768), once the nonce sum.</summary>
    Ae = 0x100,
}
