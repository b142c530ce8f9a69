using System.CommandLine;
using Trama.Cli.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Reports;

namespace Trama.Cli.Decrypting;

/// <summary>The option that names the key logs to decrypt TLS with, the same in every command that reads what was said.</summary>
internal sealed class KeysOption
{
    private readonly Language _language;
    private readonly Option<string[]> _keys;

    /// <summary>Adds the option to a command.</summary>
    public KeysOption(Command command, Language language)
    {
        _language = language;
        _keys = new Option<string[]>("--keys")
        {
            HelpName = language.Pick("FILE", "ARQUIVO"),
            Description = language.Pick(
                "Decrypt TLS with the secrets in this key log, as --keylog of serve and send or SSLKEYLOGFILE writes it; may be repeated",
                "Decifra o TLS com os segredos deste log de chaves, como o --keylog de serve e send ou o SSLKEYLOGFILE o escreve; "
                    + "pode ser repetida"),
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        command.Add(_keys);
    }

    /// <summary>Opens the key logs that the command line and the environment name.</summary>
    /// <param name="values">The command line.</param>
    /// <param name="isLive">Whether what is read happens now: then secrets may still come.</param>
    /// <exception cref="UserError">A file cannot be read, or is no key log.</exception>
    public KeySources Open(OptionValues values, bool isLive) =>
        KeySources.Open(values.Of(_keys) ?? [], Environment.GetEnvironmentVariable("SSLKEYLOGFILE"), isLive, _language);
}
