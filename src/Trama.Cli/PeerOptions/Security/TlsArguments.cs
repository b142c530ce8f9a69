using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography.X509Certificates;
using Trama.Captures;
using Trama.Cli.Capturing;
using Trama.Cli.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Peers.Security;
using Trama.Reports;

namespace Trama.Cli.PeerOptions.Security;

/// <summary>The options of TLS that both sides have: <c>--tls</c>, certificate and key, ALPN and the key log.</summary>
internal abstract class TlsArguments
{
    private readonly Option<bool> _tls;
    private readonly Option<string?> _certificate;
    private readonly Option<string?> _key;
    private readonly Option<string?> _protocols;
    private readonly Option<string?> _keyLog;

    private readonly Func<CommandResult, bool> _isImplied;

    protected TlsArguments(BilingualCommand command, Language language, string prefix, string tls, string certificate,
        Func<CommandResult, bool>? isImplied = null)
    {
        _isImplied = isImplied ?? (_ => false);
        Prefix = prefix;
        Command = command;
        Language = language;
        _tls = new Option<bool>(Name("tls")) { Description = tls };
        _certificate = File(Name("cert"), certificate);
        _key = File(Name("key"), language.Pick("Its private key, in PEM form (default: in the same file)",
            "A chave privada dele, em formato PEM (padrão: no mesmo arquivo)"));
        _protocols = new Option<string?>(Name("alpn"))
        {
            Description = language.Pick("Protocols to offer by ALPN, best first: h2,http/1.1",
                "Protocolos a oferecer por ALPN, o melhor primeiro: h2,http/1.1"),
            HelpName = language.Pick("NAMES", "NOMES"),
        };
        _keyLog = File(Name("keylog"), language.Pick(
            "Append the secrets of the connections to this file, for --keys of trace, and for Wireshark, to decrypt them",
            "Acrescenta os segredos das conexões a este arquivo, para o --keys do trace, e o Wireshark, as decifrarem"));
        command.Group("TLS", "TLS");
        command.Options.Add(_tls);
        foreach (Option option in new Option[] { _certificate, _key, _protocols, _keyLog }) Add(option);
    }

    protected Command Command { get; }

    /// <summary>What stands before the names of the options, where a command has those of both sides.</summary>
    private string Prefix { get; }

    protected Language Language { get; }

    /// <summary>The file that the secrets of the connections are appended to; null for none.</summary>
    public string? KeyLogFile(ParseResult parse) => parse.GetValue(_keyLog);

    /// <summary>The name of an option.</summary>
    protected string Name(string name) => $"--{Prefix}{name}";

    /// <summary>Adds an option that makes sense with <c>--tls</c> alone.</summary>
    protected void Add(Option option)
    {
        Command.Options.Add(option);
        Command.Validators.Add(result =>
        {
            if (result.GetResult(option) is { Implicit: false } && !result.GetValue(_tls) && !_isImplied(result))
                result.AddError(Language.Pick($"{option.Name} needs {_tls.Name}", $"{option.Name} exige {_tls.Name}"));
        });
    }

    /// <summary>An option that names a file.</summary>
    protected Option<string?> File(string name, string description) =>
        new(name) { Description = description, HelpName = Language.Pick("FILE", "ARQUIVO") };

    /// <summary>Whether TLS is asked for. The key log begins here.</summary>
    protected bool IsAsked(ParseResult parse)
    {
        if (parse.GetValue(_keyLog) is { } path)
        {
            try
            {
                SecretFiles.Protect(path, Language);
                KeyLog.Write(path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw CaptureErrors.Describe(CaptureException.FromFileError(path, error), Language);
            }
        }

        return parse.GetValue(_tls) || _isImplied(parse.CommandResult);
    }

    protected string[] Protocols(ParseResult parse) => parse.GetValue(_protocols)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The certificate with its key; null when none is given.</summary>
    protected X509Certificate2Collection? Certificate(ParseResult parse) =>
        parse.GetValue(_certificate) is { } path ? Read(() => Certificates.ReadWithKey(path, parse.GetValue(_key) ?? path)) : null;

    /// <summary>The certificates of a file; null when none is given.</summary>
    protected X509Certificate2Collection? Authorities(string? path) => path is null ? null : Read(() => Certificates.Read(path));

    private X509Certificate2Collection Read(Func<X509Certificate2Collection> read)
    {
        try
        {
            // The key of a server is often root's alone.
            using Privileges.Raised rights = Privileges.Raise();
            return read();
        }
        catch (CertificateException error)
        {
            throw TlsErrors.ToRead(error, Language);
        }
    }
}
