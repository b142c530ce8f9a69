using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Trama.Cli.CommandLine;
using Trama.Cli.PeerOptions;
using Trama.Peers.Sending;
using Trama.Reports;

namespace Trama.Cli.Commands.Sending;

/// <summary>
/// What stands in its place on the command line: HOST PORT [MESSAGE]; HOST:PORT or a URL, and [MESSAGE]; with <c>--unix</c> [MESSAGE]
/// alone.
/// </summary>
internal sealed class TargetArguments
{
    private readonly Language _language;
    private readonly Argument<string?> _host, _port, _message;
    private readonly Option<string?> _unix;

    public TargetArguments(BilingualCommand command, Language language)
    {
        _language = language;
        _host = Optional(
            "host",
            "HOST",
            "Name or address of the server; HOST:PORT, [ADDRESS]:PORT, tcp://, tls://, http:// and https:// leave PORT out",
            "Nome ou endereço do servidor; HOST:PORTA, [ENDEREÇO]:PORTA, tcp://, tls://, http:// e https:// dispensam PORTA");
        _port = Optional("port", language.Pick("PORT", "PORTA"), "Its port, 1 to 65535", "A porta dele, de 1 a 65535");
        _message = Optional(
            "message",
            language.Pick("MESSAGE", "MENSAGEM"),
            "What to send; - or nothing: standard input (with --framing, each message of it), on a terminal line by line; with http:// "
                + "nothing is a GET. '' sends nothing and waits for the server to speak",
            "O que enviar; - ou nada: a entrada padrão (com --framing, cada mensagem dela), num terminal linha a linha; com http:// nada "
                + "é um GET. '' não envia nada e espera o servidor falar");
        foreach (Argument argument in new Argument[] { _host, _port, _message }) command.Arguments.Add(argument);
        _unix = UnixOption.AddTo(
            command,
            language,
            language.Pick("Connect to this Unix socket; HOST and PORT are left out",
                "Conecta a este socket Unix; HOST e PORTA são omitidos"),
            ["-4", "-6", "--from", "--capture", "--proxy", .. TuningArguments.Names]);
        command.Validators.Add(Validate);
    }

    /// <summary>Whether a URL asks for TLS.</summary>
    public bool ImpliesTls(CommandResult result) => result.GetValue(_host) is { } host && PeerOptions.Target.Parse(host) is { IsTls: true };

    /// <summary>Whether HOST is a URL.</summary>
    public bool HasScheme(CommandResult result) => result.GetValue(_host) is { } host
        && PeerOptions.Target.Parse(host) is { Scheme: not null };

    /// <summary>What HOST says; null with a Unix socket.</summary>
    public Target? Target(ParseResult parse) => parse.GetValue(_unix) is null ? PeerOptions.Target.Parse(parse.GetValue(_host)!) : null;

    /// <summary>The text of the message; null where there is none. For HTTP a method alone is about the path of the URL.</summary>
    public string? Message(ParseResult parse)
    {
        if (parse.GetValue(_unix) is not null) return parse.GetValue(_host);
        Target target = Target(parse)!;
        string? text = parse.GetValue(target.Port is null ? _message : _port);
        if (!target.IsHttp || text is "-" or "") return text;
        return text is null ? $"GET {target.Path}" : text.Contains(' ', StringComparison.Ordinal) ? text : $"{text} {target.Path}";
    }

    /// <summary>A message that looks like an option, and does not come after <c>--</c>; null when it is none.</summary>
    public string? Mistaken(ParseResult parse) =>
        Message(parse) is ['-', '-', _, ..] text && !parse.Tokens.Any(token => token.Type == TokenType.DoubleDash) ? text : null;

    /// <summary>Where to connect to.</summary>
    public ClientOptions Read(ParseResult parse)
    {
        Target? target = Target(parse);
        return new ClientOptions
        {
            Host = target?.Host ?? "localhost",
            Port = target is null ? 0 : target.Port ?? Port(parse.GetValue(_port)),
            UnixPath = parse.GetValue(_unix),
        };
    }

    private static int Port(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is >= 1 and <= 65535 ? port : 0;

    private Argument<string?> Optional(string name, string value, string english, string portuguese) => new(name)
    {
        Description = _language.Pick(english, portuguese),
        HelpName = value,
        Arity = ArgumentArity.ZeroOrOne,
    };

    private void Validate(CommandResult result)
    {
        string? host = result.GetValue(_host), port = result.GetValue(_port), message = result.GetValue(_message);
        if (result.GetResult(_unix) is not null)
        {
            if (port is not null) result.AddError(_language.Pick("--unix stands for HOST and PORT", "--unix substitui HOST e PORTA"));
        }
        else if (host is null)
        {
            result.AddError(_language.Pick($"{_host.HelpName} is missing", $"falta {_host.HelpName}"));
        }
        else if (PeerOptions.Target.Parse(host) is not { } target)
        {
            result.AddError(_language.Pick(
                $"HOST: expected a name, an address, HOST:PORT, [ADDRESS]:PORT or a URL of tcp, tls, http or https, got '{host}'",
                $"HOST: esperava um nome, um endereço, HOST:PORTA, [ENDEREÇO]:PORTA ou uma URL de tcp, tls, http ou https, veio '{host}'"));
        }
        else if (target.Port is not null)
        {
            if (message is not null) result.AddError(_language.Pick($"{host} has a port already; what follows is the message",
                $"{host} já tem uma porta; o que segue é a mensagem"));
        }
        else if (port is null)
        {
            result.AddError(_language.Pick($"{_port.HelpName} is missing", $"falta {_port.HelpName}"));
        }
        else if (Port(port) == 0)
        {
            result.AddError(_language.Pick($"{_port.HelpName}: expected a number from 1 to 65535, got '{port}'",
                $"{_port.HelpName}: esperava um número de 1 a 65535, veio '{port}'"));
        }
    }
}
