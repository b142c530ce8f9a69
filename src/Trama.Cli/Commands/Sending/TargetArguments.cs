using System.CommandLine;
using System.CommandLine.Parsing;
using Trama.Cli.CommandLine;
using Trama.Cli.PeerOptions;
using Trama.Peers.Sending;
using Trama.Reports;

namespace Trama.Cli.Commands.Sending;

/// <summary>What stands in its place on the command line: HOST PORT [MESSAGE]; with <c>--unix</c> [MESSAGE] alone.</summary>
internal sealed class TargetArguments
{
    private readonly Language _language;
    private readonly Argument<string?> _host;
    private readonly Argument<int> _port;
    private readonly Argument<string?> _message;
    private readonly Option<string?> _unix;

    public TargetArguments(BilingualCommand command, Language language)
    {
        _language = language;
        _host = Optional("host", "HOST", "Name or address of the server", "Nome ou endereço do servidor");
        _port = QuantityOptions.Port(language);
        _port.Arity = ArgumentArity.ZeroOrOne;
        _message = Optional(
            "message",
            language.Pick("MESSAGE", "MENSAGEM"),
            "What to send; - or nothing: standard input (with --framing, each message of it), on a terminal line by line. '' sends nothing and waits for the server to speak",
            "O que enviar; - ou nada: a entrada padrão (com --framing, cada mensagem dela), num terminal linha a linha. '' não envia nada e espera o servidor falar");
        foreach (Argument argument in new Argument[] { _host, _port, _message }) command.Arguments.Add(argument);
        _unix = UnixOption.AddTo(
            command,
            language,
            language.Pick("Connect to this Unix socket; HOST and PORT are left out", "Conecta a este socket Unix; HOST e PORTA são omitidos"),
            ["-4", "-6", "--from", "--capture", "--proxy", .. TuningArguments.Names]);
        command.Validators.Add(Validate);
    }

    /// <summary>The text of the message; null where there is none.</summary>
    public string? Message(ParseResult parse) => parse.GetValue(parse.GetValue(_unix) is null ? _message : _host);

    /// <summary>Where to connect to.</summary>
    public ClientOptions Read(ParseResult parse)
    {
        string? unix = parse.GetValue(_unix);
        return new ClientOptions { Host = unix is null ? parse.GetValue(_host)! : "localhost", Port = parse.GetValue(_port), UnixPath = unix };
    }

    private Argument<string?> Optional(string name, string value, string english, string portuguese) => new(name)
    {
        Description = _language.Pick(english, portuguese),
        HelpName = value,
        Arity = ArgumentArity.ZeroOrOne,
    };

    private void Validate(CommandResult result)
    {
        bool isUnix = result.GetResult(_unix) is not null;
        bool isMissing(Argument argument) => result.GetResult(argument) is not { Tokens.Count: > 0 };
        Argument? missing = isUnix ? null : isMissing(_host) ? _host : isMissing(_port) ? _port : null;
        if (missing is not null) result.AddError(_language.Pick($"{missing.HelpName} is missing", $"falta {missing.HelpName}"));
        if (isUnix && !isMissing(_port)) result.AddError(_language.Pick("--unix stands for HOST and PORT", "--unix substitui HOST e PORTA"));
    }
}
