using System.CommandLine;
using System.Net;
using System.Text;
using Trama.Cli.Security;
using Trama.Cli.Sending;
using Trama.Framing;
using Trama.Peers.Loading;
using Trama.Peers.Sending;
using Trama.Reports;

namespace Trama.Cli.Loading;

/// <summary><c>trama load</c>: many clients, and how long the server takes to answer them.</summary>
internal sealed class LoadCommand : ExampledCommand
{
    private readonly Language _language;
    private readonly Argument<string> _host;
    private readonly Argument<int> _port;
    private readonly Option<int> _connections, _pipeline, _threads, _perConnection;
    private readonly Option<double> _rate, _newConnections;
    private readonly Option<TimeSpan> _duration, _ramp, _warmup, _timeout;
    private readonly Option<string?> _message;
    private readonly Option<FramingRule?> _framing;
    private readonly Option<bool> _json;
    private readonly TlsClientArguments _tls;

    public LoadCommand(Language language)
        : base(
            "load",
            language.Pick(
                "Be many clients: ask over and over, at a fixed rate or as fast as the server answers, and tell how long its replies took.",
                "Seja muitos clientes: pergunta sem parar, a uma taxa fixa ou tão rápido quanto o servidor responde, e conta quanto as respostas demoraram."),
            ("trama load localhost 5000 --per-connection 1", language.Pick("the lesson's server, a connection for each message", "o servidor da aula, uma conexão para cada mensagem")),
            ("trama load localhost 8080 --framing http1 --message 'GET /x' --connections 100 --rate 20k/s", language.Pick("HTTP, 20,000 requests a second, come what may", "HTTP, 20.000 pedidos por segundo, aconteça o que acontecer")),
            ("trama load localhost 8443 --tls --insecure --framing lines --new-connections 100/s", language.Pick("over TLS, a hundred handshakes a second", "por TLS, cem negociações por segundo")),
            ("trama load localhost 6379 --framing resp --message $'PING\\r\\n' --pipeline 16 --duration 30s", language.Pick("Redis, 16 requests under way on each connection", "Redis, 16 pedidos em andamento em cada conexão")),
            ("trama load localhost 5000 --framing lines --message @line.txt --json", language.Pick("the message from a file; the result as JSON", "a mensagem de um arquivo; o resultado em JSON")))
    {
        _language = language;
        _host = new Argument<string>("host") { Description = language.Pick("Name or address of the server", "Nome ou endereço do servidor"), HelpName = "HOST" };
        _port = QuantityOptions.Port(language);
        _message = new Option<string?>("--message")
        {
            Description = language.Pick(
                "What to ask: a text, or @FILE; with http1 a method and a target are enough (default: a greeting, or GET /)",
                "O que perguntar: um texto, ou @ARQUIVO; com http1 bastam método e alvo (padrão: uma saudação, ou GET /)"),
            HelpName = language.Pick("TEXT", "TEXTO"),
        };
        _framing = FramingOption.Create(language, language.Pick("default raw: each read is a reply", "padrão raw: cada leitura é uma resposta"));
        _connections = QuantityOptions.Number(language, "--connections", 1, 1_000_000, 50, language.Pick("Connections at a time (default 50)", "Conexões ao mesmo tempo (padrão 50)"));
        _connections.Aliases.Add("-c");
        _rate = Rate("--rate", language.Pick(
            "Requests a second, due whatever the server does: latency counts from when a request was due (default: ask again once answered)",
            "Pedidos por segundo, devidos faça o servidor o que fizer: a latência conta de quando um pedido era devido (padrão: pergunta de novo quando respondido)"));
        _duration = QuantityOptions.Duration(language, "--duration", TimeSpan.FromSeconds(10), language.Pick("How long to measure (default 10s)", "Por quanto tempo medir (padrão 10s)"));
        _duration.Aliases.Add("-d");
        _warmup = QuantityOptions.Duration(language, "--warmup", TimeSpan.Zero, language.Pick("How long to load before measuring (default 0)", "Por quanto tempo carregar antes de medir (padrão 0)"));
        _ramp = QuantityOptions.Duration(language, "--ramp", TimeSpan.Zero, language.Pick(
            "Before that, how long the rate, or without one the connections, grows from nothing (default 0)",
            "Antes disso, por quanto tempo a taxa, ou sem ela as conexões, cresce do nada (padrão 0)"));
        _pipeline = QuantityOptions.Number(language, "--pipeline", 1, 65_536, 1, language.Pick("Requests under way on one connection (default 1)", "Pedidos em andamento em uma conexão (padrão 1)"));
        _perConnection = QuantityOptions.Number(language, "--per-connection", 1, int.MaxValue, int.MaxValue, language.Pick(
            "Requests that a connection carries before it is replaced (default: no limit)", "Pedidos que uma conexão leva antes de ser trocada (padrão: sem limite)"));
        _newConnections = Rate("--new-connections", language.Pick(
            "Replace so many connections a second, the oldest first (default: none)", "Troca tantas conexões por segundo, a mais velha primeiro (padrão: nenhuma)"));
        _timeout = QuantityOptions.Duration(language, "--timeout", TimeSpan.FromSeconds(5), language.Pick("Longest wait to connect and for a reply (default 5s)", "Maior espera para conectar e por uma resposta (padrão 5s)"));
        _threads = QuantityOptions.Number(language, "--threads", 1, 256, 1, language.Pick("Threads that share the connections (default 1)", "Threads que dividem as conexões (padrão 1)"));
        _json = new Option<bool>("--json") { Description = language.Pick("The result as one JSON object", "O resultado como um objeto JSON") };
        Add(_host);
        Add(_port);
        foreach (Option option in new Option[]
        {
            _message, _framing, _connections, _rate, _duration, _warmup, _ramp, _pipeline, _perConnection, _newConnections, _timeout, _threads, _json,
        }) Add(option);
        _tls = new TlsClientArguments(this, language);
        SetAction((parse, _) => RunAsync(parse));
    }

    private Option<double> Rate(string name, string description) => new(name)
    {
        Description = description,
        HelpName = _language.Pick("RATE", "TAXA"),
        CustomParser = result => Rates.TryParse(QuantityOptions.Value(result), out double perSecond)
            ? perSecond
            : QuantityOptions.Refuse<double>(result, _language, "a rate such as 2000/s, 50k/s or 30/m", "uma taxa como 2000/s, 50k/s ou 30/m"),
    };

    private async Task<int> RunAsync(ParseResult parse)
    {
        LoadOptions options = await OptionsAsync(parse);
        FileHandleLimit.Raise();
        using var stop = new CancellationTokenSource();
        using StopSignals signals = new(stop);
        using Load load = Prepared(options);
        if (load.Connect(stop.Token) == 0 && !stop.IsCancellationRequested) throw NoConnection(load, options);
        using (new LoadProgress(load, Terminal.Options(_language))) load.Run(stop.Token);

        LoadTally tally = load.Tally();
        using StandardOutputPipe output = StandardOutputPipe.Open();
        if (parse.GetValue(_json)) LoadJson.Write(output, options, tally);
        else output.Write(Encoding.UTF8.GetBytes(new LoadReport(tally, Terminal.Options(_language)).Draw()));
        return tally.Answered > 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private async Task<LoadOptions> OptionsAsync(ParseResult parse)
    {
        var values = new OptionValues(parse, _language);
        string host = parse.GetValue(_host)!;
        int port = parse.GetValue(_port);
        FramingRule framing = parse.GetValue(_framing) ?? FramingRule.Raw;
        ReadOnlyMemory<byte> request = LoadMessage.Read(parse.GetValue(_message), framing, host, port, _language);
        var client = new ClientOptions { Host = host, Port = port, ConnectTimeout = parse.GetValue(_timeout), Tls = _tls.Read(parse, host) };
        try
        {
            // A first connection tells which of the name's addresses answers, or what stands in the way.
            using Client first = await Client.ConnectAsync(client);
            return new LoadOptions
            {
                Server = (IPEndPoint)first.Server,
                Tls = client.Tls is { } tls ? tls with { Resumes = false } : null,
                Request = request,
                Framing = framing,
                Connections = parse.GetValue(_connections),
                Pipeline = parse.GetValue(_pipeline),
                RequestsPerConnection = parse.GetValue(_perConnection) is int.MaxValue ? long.MaxValue : parse.GetValue(_perConnection),
                Rate = values.Has(_rate) ? parse.GetValue(_rate) : null,
                Duration = parse.GetValue(_duration),
                Warmup = parse.GetValue(_warmup),
                Ramp = parse.GetValue(_ramp),
                NewConnections = parse.GetValue(_newConnections),
                Timeout = parse.GetValue(_timeout),
                Threads = parse.GetValue(_threads),
            };
        }
        catch (ClientException error)
        {
            throw SendErrors.ToConnect(error, client, _language);
        }
    }

    private Load Prepared(LoadOptions options)
    {
        try
        {
            return new Load(options);
        }
        catch (PlatformNotSupportedException)
        {
            throw new UserError(_language.Pick("load needs Linux", "load precisa do Linux"));
        }
    }

    private UserError NoConnection(Load load, LoadOptions options)
    {
        string reason = load.LastFailure is { } failure ? LoadFailureWords.Of(failure, _language) : "";
        return new UserError(_language.Pick($"cannot connect to {options.Server}: {reason}", $"não foi possível conectar a {options.Server}: {reason}"));
    }
}
