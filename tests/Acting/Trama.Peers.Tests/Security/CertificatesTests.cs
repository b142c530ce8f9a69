using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Trama.Peers.Security;

namespace Trama.Peers.Tests.Security;

public sealed class CertificatesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void Reads_a_certificate_with_its_key()
    {
        X509Certificate2 made = Certificates.Generate(DateTimeOffset.UtcNow)[0];
        string both = Write("both.pem", made.ExportCertificatePem() + "\n" + made.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        Assert.True(Certificates.ReadWithKey(both, both)[0].HasPrivateKey);
    }

    [Fact]
    public void Tells_apart_what_is_wrong_with_the_files()
    {
        string certificate = Write("certificate.pem", Certificates.Generate(DateTimeOffset.UtcNow)[0].ExportCertificatePem());
        using ECDsa other = ECDsa.Create();
        string key = Write("key.pem", other.ExportPkcs8PrivateKeyPem());
        string locked = Write("locked.pem", other.ExportEncryptedPkcs8PrivateKeyPem(
            "password", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 10)));
        Assert.Equal(CertificateFailure.Unreadable, Failure(Path.Combine(_folder, "none"), key));
        Assert.Equal(CertificateFailure.NoCertificate, Failure(key, key));
        Assert.Equal(CertificateFailure.NoKey, Failure(certificate, certificate));
        Assert.Equal(CertificateFailure.NoKey, Failure(certificate, locked));
        Assert.Equal(CertificateFailure.KeyMismatch, Failure(certificate, key));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static CertificateFailure Failure(string certificate, string key) =>
        Assert.Throws<CertificateException>(() => Certificates.ReadWithKey(certificate, key)).Failure;

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
