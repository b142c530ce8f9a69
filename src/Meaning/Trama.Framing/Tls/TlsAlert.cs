namespace Trama.Framing.Tls;

/// <summary>An alert that could be read (RFC 8446 section 6, RFC 5246 section 7.2).</summary>
/// <param name="Direction">Where it went.</param>
/// <param name="Level">1 for a warning, 2 for the end of the connection.</param>
/// <param name="Description">What it says, as a number.</param>
public readonly record struct TlsAlert(Direction Direction, byte Level, byte Description)
{
    /// <summary>Whether it says that its sender says no more (close_notify).</summary>
    public bool IsClose => Description == 0;

    /// <summary>Whether it ends the connection.</summary>
    public bool IsFatal => Level == 2;

    /// <summary>Its name in the RFC, or its number.</summary>
    public string Name => Description switch
    {
        0 => "close_notify",
        10 => "unexpected_message",
        20 => "bad_record_mac",
        21 => "decryption_failed",
        22 => "record_overflow",
        30 => "decompression_failure",
        40 => "handshake_failure",
        41 => "no_certificate",
        42 => "bad_certificate",
        43 => "unsupported_certificate",
        44 => "certificate_revoked",
        45 => "certificate_expired",
        46 => "certificate_unknown",
        47 => "illegal_parameter",
        48 => "unknown_ca",
        49 => "access_denied",
        50 => "decode_error",
        51 => "decrypt_error",
        60 => "export_restriction",
        70 => "protocol_version",
        71 => "insufficient_security",
        80 => "internal_error",
        86 => "inappropriate_fallback",
        90 => "user_canceled",
        100 => "no_renegotiation",
        109 => "missing_extension",
        110 => "unsupported_extension",
        111 => "certificate_unobtainable",
        112 => "unrecognized_name",
        113 => "bad_certificate_status_response",
        114 => "bad_certificate_hash_value",
        115 => "unknown_psk_identity",
        116 => "certificate_required",
        120 => "no_application_protocol",
        121 => "ech_required",
        _ => $"{Description}",
    };
}
