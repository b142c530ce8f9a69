using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using Trama.Cli.CommandLine;
using Trama.Cli.PeerOptions.Security;
using Trama.Cli.ThisProcess;
using Trama.Peers.Security;
using Trama.Reports;

namespace Trama.Cli.Commands.Browsing;

/// <summary>The options that serve the page by TLS, with a certificate of one's own or one that is made for the run.</summary>
internal sealed class PageTlsOptions
{
    private readonly Language _language;
    private readonly Option<bool> _tls;
    private readonly Option<string> _certificate, _key;

    public PageTlsOptions(BilingualCommand command, Language language)
    {
        _language = language;
        _tls = command.Flag("--tls", "Serve by TLS; without --cert, with a certificate made for this run, whose fingerprint is printed",
            "Serve por TLS; sem --cert, com um certificado feito para esta execução, cuja impressão digital é mostrada");
        string file = language.Pick("FILE", "ARQUIVO");
        _certificate = command.Value("--cert", file, "Certificate to show, in PEM form, followed by those that vouch for it",
            "Certificado a mostrar, em formato PEM, seguido dos que o garantem");
        _key = command.Value("--key", file, "Its private key, in PEM form (default: in the same file)",
            "A chave privada dele, em formato PEM (padrão: no mesmo arquivo)");
        OptionNeeds.Add(command, language, _tls, _certificate);
        OptionNeeds.Add(command, language, _certificate, _key);
    }

    /// <summary>Whether TLS is asked for.</summary>
    public bool IsAsked(OptionValues values) => values.Has(_tls);

    /// <summary>The certificate, and those that vouch for it; null where TLS is not asked for. Tells the fingerprint of one that is
    /// made.</summary>
    /// <exception cref="UserError">A file cannot be used.</exception>
    public X509Certificate2Collection? Read(OptionValues values)
    {
        if (!IsAsked(values)) return null;
        if (values.Of(_certificate) is { } path) return Read(path, values.Of(_key) ?? path);
        X509Certificate2Collection made = Certificates.Generate(TimeProvider.System.GetUtcNow());
        string fingerprint = Certificates.Fingerprint(made[0]);
        Console.Error.WriteLine(_language.Pick($"trama: certificate made for this run, fingerprint {fingerprint}",
            $"trama: certificado feito para esta execução, impressão digital {fingerprint}"));
        return made;
    }

    private X509Certificate2Collection Read(string certificate, string key)
    {
        try
        {
            // The key of a server is often root's alone.
            using Privileges.Raised rights = Privileges.Raise();
            return Certificates.ReadWithKey(certificate, key);
        }
        catch (CertificateException error)
        {
            throw TlsErrors.ToRead(error, _language);
        }
    }
}
