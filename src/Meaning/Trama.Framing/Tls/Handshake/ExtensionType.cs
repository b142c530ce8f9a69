namespace Trama.Framing.Tls.Handshake;

/// <summary>The extensions of a hello that are read (RFC 8446 section 4.2 and the registry).</summary>
internal enum ExtensionType : ushort
{
    /// <summary>server_name (RFC 6066 section 3).</summary>
    ServerName = 0,

    /// <summary>application_layer_protocol_negotiation (RFC 7301).</summary>
    ApplicationProtocols = 16,

    /// <summary>encrypt_then_mac (RFC 7366).</summary>
    EncryptThenMac = 22,

    /// <summary>extended_master_secret (RFC 7627).</summary>
    ExtendedMasterSecret = 23,

    /// <summary>session_ticket (RFC 5077).</summary>
    SessionTicket = 35,

    /// <summary>pre_shared_key.</summary>
    PreSharedKey = 41,

    /// <summary>early_data.</summary>
    EarlyData = 42,

    /// <summary>supported_versions.</summary>
    SupportedVersions = 43,
}
