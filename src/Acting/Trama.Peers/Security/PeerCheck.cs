using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Trama.Peers.Security;

/// <summary>Judges the certificate of the other side, and remembers why it was refused.</summary>
/// <param name="insecure">Whether any certificate will do.</param>
/// <param name="fingerprint">The fingerprint that it must have; null means that it must be trusted.</param>
internal sealed class PeerCheck(bool insecure, string? fingerprint)
{
    /// <summary>Why it was refused, if it was.</summary>
    public TlsFailure? Failure { get; private set; }

    /// <summary>What the other side gave.</summary>
    public X509Certificate2? Certificate { get; private set; }

    /// <summary>The decision.</summary>
    public bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        // The one given belongs to the handshake and ends with it.
        Certificate = certificate is null ? null : X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        if (insecure) return true;
        Failure = fingerprint is not null && Certificate is not null
            ? Certificates.Fingerprint(Certificate) == fingerprint ? null : TlsFailure.WrongFingerprint
            : Judge(chain, errors);
        return Failure is null;
    }

    private static TlsFailure? Judge(X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return null;
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)) return TlsFailure.NoCertificate;
        bool late = chain is not null && chain.ChainStatus.Any(status => status.Status.HasFlag(X509ChainStatusFlags.NotTimeValid));
        if (late) return TlsFailure.NotInTime;
        // The key usage or the extended one (RFC 5280, sections 4.2.1.3 and 4.2.1.12).
        bool misused = chain is not null && chain.ChainStatus.Any(status => status.Status.HasFlag(X509ChainStatusFlags.NotValidForUsage));
        if (misused) return TlsFailure.WrongPurpose;
        return errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? TlsFailure.Untrusted : TlsFailure.WrongName;
    }
}
