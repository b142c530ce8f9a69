namespace Trama.Framing.Tls.Records;

/// <summary>The content type of a record (RFC 8446 section 5.1, RFC 6520).</summary>
internal enum RecordType : byte
{
    /// <summary>change_cipher_spec.</summary>
    ChangeCipherSpec = 20,

    /// <summary>alert.</summary>
    Alert = 21,

    /// <summary>handshake.</summary>
    Handshake = 22,

    /// <summary>application_data; in TLS 1.3 any encrypted record.</summary>
    ApplicationData = 23,

    /// <summary>heartbeat.</summary>
    Heartbeat = 24,
}
