using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Trama.Peers.Security;

/// <summary>Reads certificates from PEM files (RFC 7468), and makes one.</summary>
public static class Certificates
{
    // More than a list of all authorities has; a device has no end.
    private const int MostBytes = 4 << 20;

    /// <summary>Reads a certificate, the chain that follows it in its file, and its private key.</summary>
    /// <param name="path">The certificate's file.</param>
    /// <param name="keyPath">The key's file, which may be the same.</param>
    /// <exception cref="CertificateException">One of the files cannot be used.</exception>
    public static X509Certificate2Collection ReadWithKey(string path, string keyPath)
    {
        X509Certificate2Collection chain = Read(path);
        string key = ReadText(keyPath);
        try
        {
            chain[0] = X509Certificate2.CreateFromPem(chain[0].ExportCertificatePem(), key);
        }
        catch (ArgumentException error)
        {
            throw new CertificateException(CertificateFailure.KeyMismatch, keyPath, error);
        }
        catch (CryptographicException error)
        {
            bool readable = key.Contains("PRIVATE KEY-----", StringComparison.Ordinal)
                && !key.Contains("ENCRYPTED", StringComparison.Ordinal);
            throw new CertificateException(readable ? CertificateFailure.KeyMismatch : CertificateFailure.NoKey, keyPath, error);
        }

        return chain;
    }

    /// <summary>Reads every certificate of a file, at least one.</summary>
    /// <exception cref="CertificateException">The file cannot be read, or holds none.</exception>
    public static X509Certificate2Collection Read(string path)
    {
        string text = ReadText(path);
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(text);
        }
        catch (CryptographicException error)
        {
            throw new CertificateException(CertificateFailure.NoCertificate, path, error);
        }

        return certificates.Count > 0 ? certificates : throw new CertificateException(CertificateFailure.NoCertificate, path);
    }

    /// <summary>A new certificate, signed by itself and valid for a month, for this machine: its names and loopback.</summary>
    public static X509Certificate2Collection Generate(DateTimeOffset now)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost, O=trama serve", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        if (Environment.MachineName is { Length: > 0 } name && Uri.CheckHostName(name) == UriHostNameType.Dns) names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        return [request.CreateSelfSigned(now.AddMinutes(-5), now.AddDays(30))];
    }

    /// <summary>The SHA-256 fingerprint of a certificate, in lower-case hexadecimal.</summary>
    public static string Fingerprint(X509Certificate certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256)
        .ToLowerInvariant();

    private static string ReadText(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            byte[] text = new byte[MostBytes];
            int count = file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
            return Encoding.UTF8.GetString(text, 0, count);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CertificateException(CertificateFailure.Unreadable, path, error);
        }
    }
}
