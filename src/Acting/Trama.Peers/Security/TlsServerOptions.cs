using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Trama.Peers.Security;

/// <summary>How the side that was connected to speaks TLS.</summary>
public sealed class TlsServerOptions
{
    private readonly SslStreamCertificateContext _certificate;

    /// <param name="certificates">The certificate, with its key, and those that vouch for it.</param>
    public TlsServerOptions(X509Certificate2Collection certificates)
    {
        Certificate = certificates[0];
        // Without this, a key that was read from a file is of no use to some systems.
        _certificate = SslStreamCertificateContext.Create(Certificate, [.. certificates.Skip(1)], offline: true);
    }

    /// <summary>The certificate that is shown.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The protocols offered by ALPN (RFC 7301), best first; empty means that ALPN is not used.</summary>
    public IReadOnlyList<string> Protocols { get; init; } = [];

    /// <summary>Who must vouch for the certificates of clients; null means that clients need none.</summary>
    public X509Certificate2Collection? ClientAuthorities { get; init; }

    internal SslServerAuthenticationOptions Options(PeerCheck check) => new()
    {
        ServerCertificateContext = _certificate,
        ApplicationProtocols = TlsTransport.Protocols(Protocols),
        ClientCertificateRequired = ClientAuthorities is not null,
        CertificateChainPolicy = TlsTransport.Trust(ClientAuthorities),
        RemoteCertificateValidationCallback = ClientAuthorities is null ? null : check.Accept,
    };
}
