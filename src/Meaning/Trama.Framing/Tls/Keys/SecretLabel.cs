namespace Trama.Framing.Tls.Keys;

/// <summary>Which secret a line of a key log holds (RFC 9850 section 2).</summary>
internal enum SecretLabel : byte
{
    /// <summary>One that decrypts no record of TLS over TCP: an exporter's, QUIC's, or a kind yet unknown.</summary>
    Other,

    /// <summary>CLIENT_RANDOM: the master secret, up to TLS 1.2.</summary>
    Master,

    /// <summary>CLIENT_EARLY_TRAFFIC_SECRET.</summary>
    ClientEarly,

    /// <summary>CLIENT_HANDSHAKE_TRAFFIC_SECRET.</summary>
    ClientHandshake,

    /// <summary>SERVER_HANDSHAKE_TRAFFIC_SECRET.</summary>
    ServerHandshake,

    /// <summary>CLIENT_TRAFFIC_SECRET_0.</summary>
    ClientApplication,

    /// <summary>SERVER_TRAFFIC_SECRET_0.</summary>
    ServerApplication,

    /// <summary>RSA: the premaster secret, named by the first 8 bytes of what the client encrypted.</summary>
    Premaster,
}
