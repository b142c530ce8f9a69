using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography.X509Certificates;
using Trama.Cli.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Peers.Security;
using Trama.Reports;

namespace Trama.Cli.PeerOptions.Security;

/// <summary>The options of TLS for the side that connects.</summary>
internal sealed class TlsClientArguments : TlsArguments
{
    private readonly Option<bool> _insecure;
    private readonly Option<string?> _serverName;
    private readonly Option<string?> _authorities;
    private readonly Option<string?> _fingerprint;

    /// <param name="command">The command that gets the options.</param>
    /// <param name="language">The language of their help.</param>
    /// <param name="prefix">What stands before their names.</param>
    /// <param name="isImplied">Whether something else asks for TLS too.</param>
    public TlsClientArguments(BilingualCommand command, Language language, string prefix = "", Func<CommandResult, bool>? isImplied = null)
        : base(
            command,
            language,
            prefix,
            language.Pick("Speak TLS, and verify the server's certificate", "Fala TLS, e verifica o certificado do servidor"),
            language.Pick("The client's certificate, in PEM form", "O certificado do cliente, em formato PEM"),
            isImplied)
    {
        _insecure = new Option<bool>(Name("insecure"))
        { Description = language.Pick("Take any certificate of the server", "Aceita qualquer certificado do servidor") };
        _authorities = File(Name("ca"), language.Pick("Trust those of this file alone, instead of the system's",
            "Confia só nos deste arquivo, em vez dos do sistema"));
        _serverName = new Option<string?>(Name("server-name"))
        {
            Description = language.Pick("Name to ask for (SNI) and to find in the certificate (default: HOST)",
                "Nome a pedir (SNI) e a encontrar no certificado (padrão: HOST)"),
            HelpName = language.Pick("NAME", "NOME"),
        };
        _fingerprint = new Option<string?>(Name("fingerprint"))
        {
            Description = language.Pick("Take the certificate with this SHA-256 fingerprint, and no other",
                "Aceita o certificado com esta impressão digital SHA-256, e nenhum outro"),
            HelpName = "SHA256",
            CustomParser = result =>
            {
                string text = QuantityOptions.Value(result).Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
                return text.Length == 64 && text.All(char.IsAsciiHexDigitLower)
                    ? text
                    : QuantityOptions.Refuse<string>(result, language, "64 hexadecimal digits", "64 dígitos hexadecimais");
            },
        };
        foreach (Option option in new Option[] { _insecure, _authorities, _serverName, _fingerprint }) Add(option);
    }

    /// <summary>How to speak TLS with a host; null when it is not asked for. Says so when nothing is verified.</summary>
    /// <exception cref="UserError">A file cannot be used.</exception>
    public TlsClientOptions? Read(ParseResult parse, string host)
    {
        if (!IsAsked(parse)) return null;
        bool insecure = parse.GetValue(_insecure);
        if (insecure)
        {
            Terminal.Warn(Language.Pick(
                $"trama: the server's certificate is not verified ({_insecure.Name})",
                $"trama: o certificado do servidor não é verificado ({_insecure.Name})"));
        }

        X509Certificate2Collection? certificate = Certificate(parse);
        return new TlsClientOptions
        {
            ServerName = parse.GetValue(_serverName) ?? host,
            Insecure = insecure,
            Fingerprint = parse.GetValue(_fingerprint),
            Authorities = Authorities(parse.GetValue(_authorities)),
            Protocols = Protocols(parse),
            Certificate = certificate,
        };
    }
}
