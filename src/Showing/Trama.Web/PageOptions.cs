using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Trama.Web;

/// <summary>Where a page is served.</summary>
/// <param name="At">The address and port; port 0 lets the system choose one.</param>
public sealed record PageOptions(IPEndPoint At)
{
    /// <summary>The certificate of TLS with its key, and behind it those that vouch for it; null to serve without TLS.</summary>
    public X509Certificate2Collection? Certificates { get; init; }
}
