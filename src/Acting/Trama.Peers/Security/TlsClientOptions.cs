using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Trama.Peers.Security;

/// <summary>How the side that connects speaks TLS.</summary>
public sealed record TlsClientOptions
{
    /// <summary>The name that is asked for (SNI, RFC 6066) and that the certificate must have.</summary>
    public required string ServerName { get; init; }

    /// <summary>Whether any certificate of the server will do.</summary>
    public bool Insecure { get; init; }

    /// <summary>
    /// The SHA-256 fingerprint, in lower-case hexadecimal, of the one certificate that will do; null means one that is trusted.
    /// </summary>
    public string? Fingerprint { get; init; }

    /// <summary>Who is trusted; null means those whom the system trusts.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>The protocols offered by ALPN (RFC 7301), best first; empty means that ALPN is not used.</summary>
    public IReadOnlyList<string> Protocols { get; init; } = [];

    /// <summary>The client's certificate, with its key; null means none.</summary>
    public X509Certificate2Collection? Certificate { get; init; }

    /// <summary>
    /// Whether a session that an earlier connection agreed on may go on (RFC 8446, section 2.2), which spares most of the handshake.
    /// </summary>
    public bool Resumes { get; init; } = true;

    internal SslClientAuthenticationOptions Options(PeerCheck check) => new()
    {
        TargetHost = ServerName,
        ApplicationProtocols = TlsTransport.Protocols(Protocols),
        CertificateChainPolicy = TlsTransport.Trust(Authorities),
        ClientCertificateContext = Certificate is null
            ? null : SslStreamCertificateContext.Create(Certificate[0], [.. Certificate.Skip(1)], offline: true),
        AllowTlsResume = Resumes,
        RemoteCertificateValidationCallback = check.Accept,
    };
}
