namespace Trama.Peers.Security;

/// <summary>Why a certificate cannot be used.</summary>
public enum CertificateFailure
{
    /// <summary>The file cannot be read; the cause has the system's words.</summary>
    Unreadable,

    /// <summary>The file holds no certificate in PEM form.</summary>
    NoCertificate,

    /// <summary>The file holds no private key in PEM form that can be read without a password.</summary>
    NoKey,

    /// <summary>The private key is not that of the certificate.</summary>
    KeyMismatch,
}
