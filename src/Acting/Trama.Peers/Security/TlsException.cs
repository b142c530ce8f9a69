using System.Security.Cryptography.X509Certificates;

namespace Trama.Peers.Security;

/// <summary>A TLS handshake failed.</summary>
public sealed class TlsException(TlsFailure failure, X509Certificate2? certificate, Exception? cause)
    : IOException(cause?.InnerException?.Message ?? cause?.Message ?? failure.ToString(), cause)
{
    /// <summary>Why.</summary>
    public TlsFailure Failure { get; } = failure;

    /// <summary>The certificate of the other side, when it gave one.</summary>
    public X509Certificate2? Certificate { get; } = certificate;
}
