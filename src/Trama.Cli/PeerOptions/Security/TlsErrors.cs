using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Trama.Captures;
using Trama.Cli.Capturing;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Peers.Security;
using Trama.Reports;

namespace Trama.Cli.PeerOptions.Security;

/// <summary>Why a certificate or a handshake is no good, in words for people.</summary>
internal static class TlsErrors
{
    /// <summary>Why a certificate's file cannot be used.</summary>
    public static UserError ToRead(CertificateException error, Language language) => error.Failure switch
    {
        CertificateFailure.Unreadable => CaptureErrors.Describe(CaptureException.FromFileError(error.Path, error.InnerException!),
            language),
        _ => new UserError(Describe(error, language)),
    };

    /// <summary>Why a handshake failed.</summary>
    /// <param name="error">What happened.</param>
    /// <param name="name">The name that was asked for; null on the side that was connected to.</param>
    /// <param name="language">The language to say it in.</param>
    /// <param name="options">What the names of the options begin with that could help.</param>
    public static string Describe(TlsException error, string? name, Language language, string options = "--")
    {
        string other = name is null ? language.Pick("client", "cliente") : language.Pick("server", "servidor");
        X509Certificate2? certificate = error.Certificate;
        return error.Failure switch
        {
            TlsFailure.NotTls => language.Pick($"the {other} does not speak TLS", $"o {other} não fala TLS"),
            TlsFailure.Refused => language.Pick($"the {other} refused the TLS handshake", $"o {other} recusou a negociação TLS")
                + (error.Message.Contains("alert", StringComparison.Ordinal) ? $" ({VisibleText.Of(error.Message)})" : ""),
            TlsFailure.NotInTime when certificate is not null && certificate.NotBefore > DateTime.Now => language.Pick(
                $"the certificate of the {other} is not valid before {Date(certificate.NotBefore)}",
                $"o certificado do {other} só vale a partir de {Date(certificate.NotBefore)}"),
            TlsFailure.NotInTime when certificate is not null => language.Pick(
                $"the certificate of the {other} expired on {Date(certificate.NotAfter)}",
                $"o certificado do {other} venceu em {Date(certificate.NotAfter)}"),
            TlsFailure.WrongName when certificate is not null => language.Pick(
                $"the certificate is not for {name} but for {Names(certificate)} ({options}server-name)",
                $"o certificado não é de {name}, e sim de {Names(certificate)} ({options}server-name)"),
            TlsFailure.WrongPurpose when certificate is not null => language.Pick(
                $"the certificate of the {other} is not for a {other}: it is for {Purposes(certificate)}",
                $"o certificado do {other} não é de {other}: é para {Purposes(certificate)}"),
            TlsFailure.Untrusted when certificate is not null => language.Pick(
                $"nobody trusted vouches for the certificate of {VisibleText.Of(certificate.Subject)}, fingerprint "
                    + $"{Certificates.Fingerprint(certificate)} ({options}ca, {options}fingerprint, {options}insecure)",
                $"ninguém confiável garante o certificado de {VisibleText.Of(certificate.Subject)}, impressão digital "
                    + $"{Certificates.Fingerprint(certificate)} ({options}ca, {options}fingerprint, {options}insecure)"),
            TlsFailure.WrongFingerprint when certificate is not null => language.Pick(
                $"the certificate has the fingerprint {Certificates.Fingerprint(certificate)}, not the one expected ({options}fingerprint)",
                $"o certificado tem a impressão digital {Certificates.Fingerprint(certificate)}, não a esperada ({options}fingerprint)"),
            TlsFailure.NoCertificate => language.Pick($"the {other} gave no certificate", $"o {other} não deu certificado"),
            TlsFailure.NoLibrary => language.Pick(
                "TLS needs libssl of OpenSSL; install it (Debian: apt-get install libssl3)",
                "TLS precisa da libssl do OpenSSL; instale-a (Debian: apt-get install libssl3)"),
            _ => language.Pick($"the TLS handshake failed: {VisibleText.Of(error.Message)}",
                $"a negociação TLS falhou: {VisibleText.Of(error.Message)}"),
        };
    }

    private static string Describe(CertificateException error, Language language) => error.Failure switch
    {
        CertificateFailure.NoCertificate => language.Pick(
            $"{error.Path}: no certificate in PEM form (-----BEGIN CERTIFICATE-----)",
            $"{error.Path}: nenhum certificado em formato PEM (-----BEGIN CERTIFICATE-----)"),
        CertificateFailure.NoKey => language.Pick(
            $"{error.Path}: no private key in PEM form and without a password (--key)",
            $"{error.Path}: nenhuma chave privada em formato PEM e sem senha (--key)"),
        _ => language.Pick($"{error.Path}: the key is not that of the certificate", $"{error.Path}: a chave não é a do certificado"),
    };

    // As the certificate names them, or by their numbers.
    private static string Purposes(X509Certificate2 certificate)
    {
        string[] all = [.. certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .SelectMany(usage => usage.EnhancedKeyUsages.Cast<Oid>())
            .Select(purpose => purpose.Value switch
            {
                "1.3.6.1.5.5.7.3.1" => "serverAuth",
                "1.3.6.1.5.5.7.3.2" => "clientAuth",
                "1.3.6.1.5.5.7.3.3" => "codeSigning",
                "1.3.6.1.5.5.7.3.4" => "emailProtection",
                var other => other ?? "?",
            })];
        string usages = string.Join(", ", certificate.Extensions.OfType<X509KeyUsageExtension>().Select(usage => $"{usage.KeyUsages}"));
        return VisibleText.Of(all.Length > 0 ? string.Join(", ", all.Take(5)) : usages);
    }

    private static string Date(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Names(X509Certificate2 certificate)
    {
        X509SubjectAlternativeNameExtension? names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        string[] all = names is null ? [] : [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses()
            .Select(address => address.ToString())];
        return VisibleText.Of(all.Length > 0 ? string.Join(", ", all.Take(5)) : certificate.Subject);
    }
}
