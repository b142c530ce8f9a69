using System.CommandLine;
using System.Net;
using System.Text;
using Trama.Cli.CommandLine;
using Trama.Cli.Commands.Sending;
using Trama.Cli.PeerOptions;
using Trama.Cli.PeerOptions.Security;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Peers.Loading;
using Trama.Peers.Sending;
using Trama.Reports;
using Trama.Reports.Courses;
using Trama.Reports.Text;

namespace Trama.Cli.Commands.Loading;

/// <summary><c>trama load</c>: many clients, and how long the server takes to answer them.</summary>
internal sealed class LoadCommand : BilingualCommand
{
    private const int WholeLines = 200;

    private readonly Language _language;
    private readonly Argument<string> _host;
    private readonly Argument<int> _port;
    private readonly Option<string?> _message;
    private readonly Option<FramingRule?> _framing;
    private readonly LoadArguments _load;
    private readonly LoadReplay _replay;
    private readonly Option<bool> _json;
    private readonly Option<string> _svg, _html;
    private readonly TlsClientArguments _tls;

    public LoadCommand(Language language)
        : base(
            language,
            "load",
            language.Pick(
                "Be many clients: ask over and over, at a fixed rate or as fast as the server answers, and tell how long its replies took.",
                "Seja muitos clientes: pergunta sem parar, a uma taxa fixa ou tão rápido quanto o servidor responde, e conta quanto as "
                    + "respostas demoraram."),
            ("trama load localhost 5000 --per-connection 1",
                language.Pick("the lesson's server, a connection for each message", "o servidor da aula, uma conexão para cada mensagem")),
            ("trama load localhost 8080 --framing http1 --message 'GET /x' --connections 100 --rate 20k/s",
                language.Pick("HTTP, 20,000 requests a second, come what may",
                "HTTP, 20.000 pedidos por segundo, aconteça o que acontecer")),
            ("trama load http://localhost:8080/x", language.Pick("a page, as fast as it goes", "uma página, o mais rápido possível")),
            ("trama load localhost 8443 --tls --insecure --framing lines --new-connections 100/s",
                language.Pick("over TLS, a hundred handshakes a second", "por TLS, cem negociações por segundo")),
            ("trama load localhost 6379 --framing resp --message $'PING\\r\\n' --pipeline 16 --duration 30s",
                language.Pick("Redis, 16 requests under way on each connection", "Redis, 16 pedidos em andamento em cada conexão")),
            ("trama load localhost 5000 --framing lines --message @line.txt --json",
                language.Pick("the message from a file; the result as JSON", "a mensagem de um arquivo; o resultado em JSON")),
            ("trama load localhost:8080 --replay file.pcap --rate ×10",
                language.Pick("ten times the clients of a capture, when they came", "dez vezes os clientes de uma captura, quando vieram")))
    {
        _language = language;
        _host = new Argument<string>("host")
        {
            Description = language.Pick(
                "Name or address of the server; HOST:PORT, tcp://, tls://, http:// and https:// leave PORT out",
                "Nome ou endereço do servidor; HOST:PORTA, tcp://, tls://, http:// e https:// dispensam PORTA"),
            HelpName = "HOST"
        };
        _port = QuantityOptions.Port(language);
        _port.Arity = ArgumentArity.ZeroOrOne;
        _port.DefaultValueFactory = _ => 0;
        Validators.Add(result =>
        {
            if (result.GetValue(_host) is not { } host) return;
            bool hasPort = result.GetResult(_port) is { Tokens.Count: > 0 };
            if (Target.Parse(host) is not { } target)
                result.AddError(language.Pick($"'{host}' is no server", $"'{host}' não é um servidor"));
            else if (target.Port is null && !hasPort) result.AddError(language.Pick("PORT is missing", "falta PORTA"));
            else if (hasPort && (target.Scheme is not null || target.Port is not null))
                result.AddError(language.Pick($"{host} has a port already", $"{host} já tem uma porta"));
        });
        _message = new Option<string?>("--message")
        {
            Description = language.Pick(
                "What to ask: a text, or @FILE; with http1 a method and a target are enough (default: a greeting, or GET /)",
                "O que perguntar: um texto, ou @ARQUIVO; com http1 bastam método e alvo (padrão: uma saudação, ou GET /)"),
            HelpName = language.Pick("TEXT", "TEXTO"),
        };
        _framing = FramingOption.Create(language, language.Pick("default raw: each read is a reply",
            "padrão raw: cada leitura é uma resposta"));
        foreach (Argument argument in new Argument[] { _host, _port }) Add(argument);
        Group("Messages", "Mensagens");
        foreach (Option option in new Option[] { _message, _framing }) Add(option);
        Group("Load", "Carga");
        _load = new LoadArguments(this, language);
        Group("Output", "Saída");
        _json = Flag("--json", "The result as one JSON object", "O resultado como um objeto JSON");
        _svg = Value("--svg", "FILE", "Also the latency over time as a picture", "Também a latência ao longo do tempo como figura");
        _html = Value("--html", "FILE", "Also a page with the result, the latency and the rate over time",
            "Também uma página com o resultado, a latência e a taxa ao longo do tempo");
        _tls = new TlsClientArguments(this, language, isImplied: result =>
            result.GetValue(_host) is { } host && Target.Parse(host) is { IsTls: true });
        _replay = new LoadReplay(this, language, _load);
        SetAction((parse, _) => RunAsync(parse));
    }

    private async Task<int> RunAsync(ParseResult parse)
    {
        if (_replay.IsAsked(parse)) return await _replay.RunAsync(parse, Server(parse), parse.GetValue(_json));
        LoadOptions options = await OptionsAsync(parse);
        using Stream? svg = Output(parse.GetValue(_svg)), html = Output(parse.GetValue(_html));
        FileHandleLimit.Raise();
        using var stop = new CancellationTokenSource();
        using StopSignals signals = new(stop);
        using Load load = Prepared(options);
        if (load.Connect(stop.Token) == 0 && !stop.IsCancellationRequested) throw NoConnection(load, options);
        // A program that reads the lines finds each whole; on a terminal none is wider than that.
        TextOptions text = Terminal.Options(_language), whole = text with { Width = WholeLines };
        using var course = new LoadCourse(load, options.Ramp + options.Warmup + options.Duration);
        using (new LoadProgress(load, course, text).Show()) load.Run(stop.Token);
        course.Dispose();
        IReadOnlyList<CourseMoment> moments = course.Course;
        LoadTally tally = load.Tally();
        using StandardOutputPipe output = StandardOutputPipe.Open();
        // A picture or page that goes there stands alone.
        bool isTaken = parse.GetValue(_svg) == "-" || parse.GetValue(_html) == "-";
        if (parse.GetValue(_json) && !isTaken) LoadJson.Write(output, options, tally, moments);
        else if (!isTaken) output.Write(Encoding.UTF8.GetBytes(
            new LoadReport(tally, moments, Console.IsOutputRedirected ? whole : text).Draw()));
        if (moments.Count > 0)
        {
            var page = new CoursePage($"trama load {options.Server}", moments, _language);
            svg?.Write(Encoding.UTF8.GetBytes(page.Picture()));
            html?.Write(Encoding.UTF8.GetBytes(page.Page(
                new LoadReport(tally, [], whole with { Colour = false, Ascii = false }).Draw())));
        }

        bool everyOneFailed = tally.Connections > 0 && tally.Broken >= tally.Connections;
        return tally.Answered > 0 && !everyOneFailed ? ExitCode.Done : ExitCode.Failed;
    }

    private static Stream? Output(string? path) =>
        path switch { null => null, "-" => StandardOutputPipe.Open(), _ => new ReportFile(path) };

    // Where to connect, and how.
    private ClientOptions Server(ParseResult parse)
    {
        Target target = Target.Parse(parse.GetValue(_host)!)!;
        return new ClientOptions
        {
            Host = target.Host,
            Port = target.Port ?? parse.GetValue(_port),
            ConnectTimeout = _load.Timeout(parse),
            ReplyTimeout = _load.Timeout(parse),
            Tls = _tls.Read(parse, target.Host),
        };
    }

    private async Task<LoadOptions> OptionsAsync(ParseResult parse)
    {
        Target target = Target.Parse(parse.GetValue(_host)!)!;
        ClientOptions client = Server(parse);
        FramingRule framing = parse.GetValue(_framing) ?? (target.IsHttp ? FramingRule.Http1 : FramingRule.Raw);
        string? message = parse.GetValue(_message) ?? (target.IsHttp ? $"GET {target.Path}" : null);
        ReadOnlyMemory<byte> request = LoadMessage.Read(message, framing, client.Host, client.Port, _language);
        try
        {
            // A first connection tells which of the name's addresses answers, or what stands in the way.
            using Client first = await Client.ConnectAsync(client);
            return _load.Read(parse, new LoadOptions
            {
                Server = (IPEndPoint)first.Server,
                // As many clients who meet the server for the first time.
                Tls = client.Tls is { } tls ? tls with { Resumes = false } : null,
                Request = request,
                Framing = framing,
            });
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
        return new UserError(_language.Pick($"cannot connect to {options.Server}: {reason}",
            $"não foi possível conectar a {options.Server}: {reason}"));
    }
}
