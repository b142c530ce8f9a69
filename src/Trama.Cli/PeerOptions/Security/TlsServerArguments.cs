using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using Trama.Cli.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Peers.Security;
using Trama.Reports;

namespace Trama.Cli.PeerOptions.Security;

/// <summary>The options of TLS for the side that is connected to.</summary>
internal sealed class TlsServerArguments : TlsArguments
{
    private readonly Option<string?> _clientAuthorities;

    public TlsServerArguments(BilingualCommand command, Language language)
        : base(
            command,
            language,
            "",
            language.Pick("Speak TLS; without --cert, with a certificate made for this run, whose fingerprint is printed",
                "Fala TLS; sem --cert, com um certificado feito para esta execução, cuja impressão digital é mostrada"),
            language.Pick("Certificate to show, in PEM form, followed by those that vouch for it",
                "Certificado a mostrar, em formato PEM, seguido dos que o garantem"))
    {
        _clientAuthorities = File("--client-ca", language.Pick("Ask clients for a certificate that one of this file vouches for",
            "Exige dos clientes um certificado que um deste arquivo garanta"));
        Add(_clientAuthorities);
    }

    /// <summary>How to speak TLS; null when it is not asked for. Tells the fingerprint of a certificate that is made.</summary>
    /// <exception cref="UserError">A file cannot be used.</exception>
    public TlsServerOptions? Read(ParseResult parse)
    {
        if (!IsAsked(parse)) return null;
        X509Certificate2Collection? certificate = Certificate(parse);
        X509Certificate2Collection? authorities = Authorities(parse.GetValue(_clientAuthorities));
        try
        {
            var options = new TlsServerOptions(certificate ?? Certificates.Generate(TimeProvider.System.GetUtcNow()))
            {
                Protocols = Protocols(parse),
                ClientAuthorities = authorities,
            };
            if (certificate is null)
            {
                string fingerprint = Certificates.Fingerprint(options.Certificate);
                Console.Error.WriteLine(Language.Pick($"trama: certificate made for this run, fingerprint {fingerprint}",
                    $"trama: certificado feito para esta execução, impressão digital {fingerprint}"));
            }

            return options;
        }
        catch (Exception error) when (error is TypeInitializationException or DllNotFoundException)
        {
            throw new UserError(TlsErrors.Describe(new TlsException(TlsFailure.NoLibrary, null, error), null, Language));
        }
    }
}
