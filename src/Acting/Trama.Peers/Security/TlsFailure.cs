namespace Trama.Peers.Security;

/// <summary>Why a TLS handshake failed.</summary>
public enum TlsFailure
{
    /// <summary>Anything else; the exception has the library's words.</summary>
    Other,

    /// <summary>The other side did not answer with TLS.</summary>
    NotTls,

    /// <summary>The other side ended the connection during the handshake, with or without an alert.</summary>
    Refused,

    /// <summary>The certificate of the other side is not valid any more, or not yet.</summary>
    NotInTime,

    /// <summary>The certificate is for another name.</summary>
    WrongName,

    /// <summary>The certificate is for another purpose: that of a client where a server shows it, or of something else.</summary>
    WrongPurpose,

    /// <summary>Nobody who is trusted vouches for the certificate.</summary>
    Untrusted,

    /// <summary>The other side gave no certificate.</summary>
    NoCertificate,

    /// <summary>The certificate has another fingerprint than the one expected.</summary>
    WrongFingerprint,

    /// <summary>The system has no TLS library (libssl).</summary>
    NoLibrary,
}
