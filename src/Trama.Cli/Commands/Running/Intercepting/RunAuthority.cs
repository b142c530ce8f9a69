using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Trama.Cli.Commands.Running.Intercepting;

/// <summary>
/// A certificate authority for one run: its key stays in memory, and it and what it signs are valid for a day. It is installed nowhere.
/// </summary>
internal sealed class RunAuthority : IDisposable
{
    private const int MostKept = 4096;

    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5), Life = TimeSpan.FromDays(1);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256), _leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly DateTimeOffset _from = DateTimeOffset.UtcNow - ClockTolerance;
    private readonly ConcurrentDictionary<string, SslStreamCertificateContext> _leaves = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes one.</summary>
    public RunAuthority()
    {
        var request = new CertificateRequest("CN=trama run, O=this run only", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        Certificate = request.CreateSelfSigned(_from, _from + Life);
    }

    /// <summary>Its certificate.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>A certificate for a host.</summary>
    /// <param name="host">The host's name, or its address.</param>
    public SslStreamCertificateContext For(string host)
    {
        if (_leaves.Count >= MostKept) _leaves.Clear();
        return _leaves.GetOrAdd(host, Sign);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
        _leafKey.Dispose();
    }

    private SslStreamCertificateContext Sign(string host)
    {
        // The name stands in the extension alone: a subject has room for 64 characters (RFC 5280 appendix A.1).
        var request = new CertificateRequest("O=trama run", _leafKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out IPAddress? address)) names.AddIpAddress(address);
        else names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build(critical: true));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));
        byte[] serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7f;
        using X509Certificate2 signed = request.Create(Certificate, _from, Certificate.NotAfter, serial);
        return SslStreamCertificateContext.Create(signed.CopyWithPrivateKey(_leafKey), [Certificate], offline: true);
    }
}
