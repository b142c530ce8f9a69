using System.CommandLine;
using System.Net;
using Trama.Cli.Security;
using Trama.Cli.Serving;
using Trama.Cli.Tracing;
using Trama.Framing;
using Trama.Peers.Misbehaving;
using Trama.Peers.Relaying;
using Trama.Peers.Serving;
using Trama.Reports;
using Trama.Tracing;

namespace Trama.Cli.Relaying;

/// <summary><c>trama relay</c>: stand between clients and servers, and show what they say to each other.</summary>
internal sealed class RelayCommand : BilingualCommand
{
    // Those of the process itself: standard streams, files, the runtime's own.
    private const int HandlesAside = 100;
    private const int SegmentsDrawn = 5000;

    private readonly Language _language;
    private readonly Argument<(IPAddress? Address, int Port)> _listen;
    private readonly Argument<RelayTarget[]> _targets;
    private readonly Option<string> _framing, _html, _pcapng;
    private readonly Option<bool> _ladder, _summary, _json, _ndjson, _full, _ascii, _quiet, _once;
    private readonly Option<TimeSpan> _timeout, _idle;
    private readonly Option<int> _maxConnections;
    private readonly Option<FaultPlan[]> _fault, _targetFault;
    private readonly Option<bool> _acceptProxy;
    private readonly Option<string> _proxy;
    private readonly TlsServerArguments _tls;
    private readonly TlsClientArguments _targetTls;

    public RelayCommand(Language language)
        : base(
        language,
        "relay",
            language.Pick(
                "Stand between clients and a server: pass on what they say, and show each exchange as trace does, without any privilege.",
                "Fique entre os clientes e um servidor: repassa o que dizem e mostra cada troca como o trace, sem privilégio algum."),
            ("trama relay 5001 server:5000", language.Pick("clients of port 5001 talk with server:5000", "os clientes da porta 5001 falam com server:5000")),
            ("trama relay 5001 10.0.0.1:80 10.0.0.2:80", language.Pick("two servers in turn", "dois servidores, um de cada vez")),
            ("trama relay 127.0.0.1:5001 server:5000 --ladder --once", language.Pick("one connection, drawn", "uma conexão, desenhada")),
            ("trama relay 5001 server:5000 --fault latency=200ms,chance=10%", language.Pick("one client in ten gets its replies late", "um cliente em dez recebe as respostas com atraso")),
            ("trama relay 5001 server:443 --target-tls", language.Pick("plain clients of a TLS server, and what they say in clear", "clientes sem TLS de um servidor TLS, e o que dizem às claras")),
            ("trama relay 5001 server:5000 --pcapng talk.pcapng", language.Pick("a capture of it, for Wireshark too", "uma captura dela, também para o Wireshark")))
    {
        _language = language;
        _listen = new Argument<(IPAddress?, int)>("listen")
        {
            HelpName = language.Pick("LISTEN", "ESCUTA"),
            Description = language.Pick("Where clients connect: PORT, or ADDRESS:PORT; 0 = any free port", "Onde os clientes conectam: PORTA, ou ENDEREÇO:PORTA; 0 = qualquer porta livre"),
            CustomParser = result => Addresses.TryParseListen(QuantityOptions.Value(result), out (IPAddress?, int) place)
                ? place
                : QuantityOptions.Refuse<(IPAddress?, int)>(result, language, "a port such as 5001, or an address and port such as 127.0.0.1:5001", "uma porta como 5001, ou endereço e porta como 127.0.0.1:5001"),
        };
        _targets = new Argument<RelayTarget[]>("target")
        {
            HelpName = language.Pick("TARGET", "DESTINO"),
            Description = language.Pick("The server, HOST:PORT; several take turns", "O servidor, HOST:PORTA; vários se revezam"),
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result =>
            {
                var targets = new List<RelayTarget>();
                foreach (var token in result.Tokens)
                {
                    if (Addresses.TryParseTarget(token.Value, out RelayTarget? target)) targets.Add(target!);
                    else result.AddError(language.Pick($"{_targets!.HelpName}: expected HOST:PORT such as server:5000, got '{token.Value}'", $"{_targets!.HelpName}: esperava HOST:PORTA como server:5000, veio '{token.Value}'"));
                }

                return [.. targets];
            },
        };
        Add(_listen);
        Add(_targets);
        _framing = Value("--framing", language.Pick("RULE", "REGRA"), $"Where messages end: {FramingWords.Names}", $"Onde as mensagens terminam: {FramingWords.Names}");
        _ladder = Flag("--ladder", "Draw each connection once it is over and another one begins, or at the end", "Desenha cada conexão depois que termina e outra começa, ou no fim");
        _summary = Flag("--summary", "At the end, a table of connections, and latencies per target", "No fim, uma tabela de conexões e as latências por destino");
        _json = Flag("--json", "At the end, one JSON document", "No fim, um documento JSON");
        _ndjson = Flag("--ndjson", "One JSON object a line, as soon as it is known", "Um objeto JSON por linha, assim que é conhecido");
        _html = Value("--html", language.Pick("FILE", "ARQUIVO"), "At the end, a page with connections, ladders and messages", "No fim, uma página com conexões, desenhos e mensagens");
        _full = Flag("--full", "With JSON, messages whole and not just their first 256 bytes", "Com JSON, as mensagens inteiras e não só seus primeiros 256 bytes");
        _ascii = Flag("--ascii", "Draw with ASCII characters only", "Desenha apenas com caracteres ASCII");
        _pcapng = Value("--pcapng", language.Pick("FILE", "ARQUIVO"), "Keep what was said as a synthetic capture", "Guarda o que foi dito como uma captura sintética");
        _quiet = Flag("--quiet", "Show no exchanges; what went wrong is still told", "Não mostra as trocas; o que deu errado ainda é contado");
        _quiet.Aliases.Add("-q");
        _once = Flag("--once", "End after one connection", "Termina depois de uma conexão");
        _timeout = QuantityOptions.Duration(language, "--timeout", TimeSpan.FromSeconds(5), language.Pick("Longest wait to connect to a target (default 5s)", "Maior espera para conectar a um destino (padrão 5s)"));
        _idle = QuantityOptions.Duration(language, "--idle", TimeSpan.Zero, language.Pick("Reset a connection that is silent for so long; 0 = never (default)", "Aborta uma conexão em silêncio por esse tempo; 0 = nunca (padrão)"));
        _maxConnections = QuantityOptions.Number(language, "--max-connections", 1, int.MaxValue, int.MaxValue, language.Pick(
            "Relay so many at a time; other clients wait (default: as many as file handles allow)", "Repassa no máximo tantas ao mesmo tempo; outros clientes esperam (padrão: quantas os descritores permitirem)"));
        _fault = FaultOption.Create(language, listens: false);
        _targetFault = FaultOption.Create(language, listens: false, "--target-fault");
        _targetFault.Description = language.Pick("The same, towards the target", "O mesmo, em direção ao destino");
        foreach (Option option in new Option[] { _timeout, _idle, _maxConnections, _fault, _targetFault }) Add(option);
        _proxy = Value("--proxy-protocol", "v1|v2", "Tell the target who the client is, by a header of the PROXY protocol", "Conta ao destino quem é o cliente, com um cabeçalho do protocolo PROXY");
        _proxy.AcceptOnlyFromAmong("v1", "v2");
        _acceptProxy = Flag("--accept-proxy", "Each client is a proxy that begins with such a header, of either version", "Cada cliente é um proxy que começa com tal cabeçalho, de qualquer versão");
        _tls = new TlsServerArguments(this, language);
        _targetTls = new TlsClientArguments(this, language, "target-");
        SetAction((parse, _) => RunAsync(parse));
    }

    private async Task<int> RunAsync(ParseResult parse)
    {
        var values = new OptionValues(parse, _language);
        RelayOptions options = RelayOptions(parse, values);
        using RelayRecording? recording = Recording(values);
        using var stop = new CancellationTokenSource();
        var notices = new LogOutput(new StandardError(), () => { });
        using Relay relay = Listen(options, new RelayLog(_language, notices, options, recording?.Journal));
        using (new StopSignals(stop))
        {
            recording?.Start(() => _ = stop.CancelAsync());
            await relay.RunAsync(stop.Token);
        }

        recording?.End();
        return ExitCode.Done;
    }

    private RelayOptions RelayOptions(ParseResult parse, OptionValues values)
    {
        (IPAddress? address, int port) = parse.GetValue(_listen);
        TimeSpan idle = parse.GetValue(_idle);
        return new RelayOptions
        {
            Address = address,
            Port = port,
            Targets = parse.GetValue(_targets)!,
            Tls = _tls.Read(parse),
            TargetTls = _targetTls.Read(parse, host: ""),
            Faults = parse.GetValue(_fault)!,
            TargetFaults = parse.GetValue(_targetFault)!,
            AcceptProxy = values.Has(_acceptProxy),
            Proxy = values.Text(_proxy) switch { "v1" => ProxyVersion.V1, "v2" => ProxyVersion.V2, _ => ProxyVersion.None },
            ConnectTimeout = parse.GetValue(_timeout),
            IdleLimit = idle == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : idle,
            // A connection of a relay takes two handles.
            MaxConnections = (int)Math.Clamp((FileHandleLimit.Raise() - HandlesAside) / 2, 1, parse.GetValue(_maxConnections)),
            Once = values.Has(_once),
        };
    }

    private RelayRecording? Recording(OptionValues values)
    {
        TraceForm? form = Form(values);
        string? file = values.Text(_pcapng);
        if (form is null && file is null) return null;
        var options = new TracingOptions
        {
            Framing = Rule(values),
            KeepExchanges = form is TraceForm.Ladder or TraceForm.Html,
            KeptSegments = form is TraceForm.Ladder or TraceForm.Html ? SegmentsDrawn : 0,
            HeadBytes = form is TraceForm.Summary ? 0 : values.Has(_full) ? int.MaxValue : 256,
            // After the end of a relayed connection nothing of it comes, so it can be shown as soon as there is another one.
            MaxLingering = 1,
            MaxPacketNumbers = form is TraceForm.Lines or TraceForm.Summary ? 0 : 4096,
        };
        var report = form is not { } shown ? null : new TraceReport(shown, Terminal.Options(_language) with { Ascii = Terminal.AsciiOnly || values.Has(_ascii) }, values.Has(_full))
        {
            Path = values.Text(_html),
            Top = 20,
        };
        return new RelayRecording(options, report, file, _language);
    }

    private TraceForm? Form(OptionValues values)
    {
        TraceForm?[] forms =
        [
            .. new (Option Option, TraceForm? Form)[]
            {
                (_ladder, TraceForm.Ladder), (_summary, TraceForm.Summary), (_json, TraceForm.Json), (_ndjson, TraceForm.NdJson), (_html, TraceForm.Html), (_quiet, null),
            }.Where(pair => values.Has(pair.Option)).Select(pair => pair.Form),
        ];
        return forms.Length switch
        {
            0 => TraceForm.Lines,
            1 => forms[0],
            _ => throw values.Wrong(
                "--ladder, --summary, --json, --ndjson, --html and --quiet exclude each other", "--ladder, --summary, --json, --ndjson, --html e --quiet se excluem"),
        };
    }

    private FramingRule Rule(OptionValues values)
    {
        if (values.Text(_framing) is not { } text) return FramingRule.Auto;
        if (FramingRuleParser.TryParse(text, out FramingRule? rule, out FramingRuleError error)) return rule;
        throw new UserError(FramingWords.Refusal(text, error, _language), ExitCode.Usage);
    }

    private Relay Listen(RelayOptions options, RelayLog log)
    {
        try
        {
            return Relay.Listen(options, log);
        }
        catch (ListenException error)
        {
            throw RelayErrors.ToListen(error, options, _language);
        }
    }
}
