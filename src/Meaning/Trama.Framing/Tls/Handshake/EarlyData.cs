namespace Trama.Framing.Tls.Handshake;

/// <summary>What becomes of the data that a client sends before the server's hello (RFC 8446 section 4.2.10).</summary>
internal enum EarlyData : byte
{
    /// <summary>There are none, or nobody saw that there are.</summary>
    None,

    /// <summary>The client sends some, and the server has not said whether it takes them.</summary>
    Offered,

    /// <summary>The server takes them.</summary>
    Accepted,

    /// <summary>The server passes over them; what the client has to say it says again.</summary>
    Refused,
}
