using System.CommandLine;
using System.Net;
using Trama.Cli.Capturing;
using Trama.Cli.CommandLine;
using Trama.Cli.Commands.Replaying;
using Trama.Cli.Logs;
using Trama.Cli.PeerOptions;
using Trama.Cli.PeerOptions.Security;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Peers;
using Trama.Peers.Datagrams;
using Trama.Peers.Listening;
using Trama.Peers.Misbehaving;
using Trama.Peers.Serving;
using Trama.Peers.Serving.Conducts;
using Trama.Reports;

namespace Trama.Cli.Commands.Serving;

/// <summary><c>trama serve</c>: be the server.</summary>
internal sealed class ServeCommand : BilingualCommand
{
    private readonly Language _language;
    private readonly ListenArguments _listen;
    private readonly ReplyArguments _reply;
    private readonly ServeReplay _replay;
    private readonly TlsServerArguments _tls;
    private readonly Option<FramingRule?> _framing;
    private readonly Option<double> _rate;
    private readonly Option<TimeSpan> _idle;
    private readonly Option<long> _maxMessage, _maxMemory;
    private readonly Option<FaultPlan[]> _fault;
    private readonly Option<bool> _keepOpen, _once, _udp, _stats, _quiet, _json;
    private readonly Option<string?> _record, _capture;

    public ServeCommand(Language language)
        : base(
            language,
            "serve",
            language.Pick(
                "Be the server: print each message that a client sends, answer it and close.",
                "Seja o servidor: mostra cada mensagem que um cliente envia, responde e fecha."),
            ("trama serve", language.Pick("the lesson's server, on port 5000, for any number of clients",
                "o servidor da aula, na porta 5000, para quantos clientes vierem")),
            ("trama serve --once --port 0", language.Pick("one connection, on any free port", "uma conexão, em qualquer porta livre")),
            ("trama serve --keep-open --echo", language.Pick("send every message back until the client closes",
                "devolve cada mensagem até o cliente fechar")),
            ("trama serve --framing lines --keep-open --reply ok",
                language.Pick("answer every line, however TCP cuts it", "responde a cada linha, como quer que o TCP a corte")),
            ("trama serve --shell 'wc -c' --keep-open", language.Pick("answer with what a command writes",
                "responde com o que um comando escreve")),
            ("trama serve --broadcast --framing lines", language.Pick("a chat: each line of a client goes to all others",
                "um chat: cada linha de um cliente vai a todos os outros")),
            ("trama serve --once --raw > file", language.Pick("receive a file (trama send HOST:PORT < file)",
                "recebe um arquivo (trama send HOST:PORTA < arquivo)")),
            ("trama serve --sink", language.Pick("read everything, answer nothing", "lê tudo, não responde nada")),
            ("trama serve --fault latency=2s,chance=50%",
                language.Pick("half of the clients wait 2 s for their reply", "metade dos clientes espera 2 s pela resposta")),
            ("trama serve --tls", language.Pick("TLS, with a certificate made for this run",
                "TLS, com um certificado feito para esta execução")),
            ("trama serve --fault reset-after=5", language.Pick("reset after 5 bytes of reply",
                "aborta (RST) depois de 5 bytes de resposta")),
            ("trama serve --unix /tmp/trama.sock --echo", language.Pick("at a Unix socket", "em um socket Unix")),
            ("trama serve --replay file.pcap", language.Pick("the server that was captured, though it is gone",
                "o servidor que foi capturado, embora não exista mais")),
            ("trama serve --udp --echo", language.Pick("datagrams, each sent back", "datagramas, cada um devolvido")),
            ("trama serve --bind 127.0.0.1 --json", language.Pick("on this machine alone; one JSON object per event",
                "só nesta máquina; um objeto JSON por evento")))
    {
        _language = language;
        Group("Connection", "Conexão");
        _listen = new ListenArguments(this, language);
        _udp = Flag("--udp", "Receive datagrams by UDP, each a message", "Recebe datagramas por UDP, cada um uma mensagem");
        _rate = QuantityOptions.Rate(language, "--rate", language.Pick(
            "With --udp, answer no more datagrams a second than this (default: any number)",
            "Com --udp, responde a no máximo tantos datagramas por segundo (padrão: quantos vierem)"));
        Add(_rate);
        Validators.Add(result =>
        {
            if (result.GetResult(_rate) is { Implicit: false } && !result.GetValue(_udp)) result.AddError(
                language.Pick("--rate needs --udp", "--rate exige --udp"));
        });
        Group("Messages", "Mensagens");
        _framing = FramingOption.Create(language, language.Pick(
            "default: raw, each read is a message, however TCP cut or joined what was sent",
            "padrão: raw, cada leitura é uma mensagem, como quer que o TCP tenha cortado ou juntado o que foi enviado"));
        Add(_framing);
        _reply = new ReplyArguments(this, language);
        _replay = new ServeReplay(this, language);
        Group("Connection", "Conexão");
        _keepOpen = Flag(
            "--keep-open",
            "Answer every message until the client closes, instead of closing after the first reply",
            "Responde a todas as mensagens até o cliente fechar, em vez de fechar depois da primeira resposta");
        _once = Flag("--once", "End after one connection", "Termina depois de uma conexão");
        _idle = QuantityOptions.Duration(language, "--idle", TimeSpan.FromMinutes(5), language.Pick(
            "Close a connection that is silent for so long; 0 = never (default 5m)",
            "Fecha uma conexão em silêncio por esse tempo; 0 = nunca (padrão 5m)"));
        _maxMessage = QuantityOptions.Size(language, "--max-message", 16 << 20, language.Pick(
            "Close a connection that sends a larger message, or more than this for its one reply (default 16MiB)",
            "Fecha uma conexão que envia uma mensagem maior, ou mais que isso por sua única resposta (padrão 16MiB)"));
        _maxMemory = MemoryOption.Create(language);
        Group("Limits", "Limites");
        foreach (Option option in new Option[] { _idle, _maxMessage, _maxMemory }) Add(option);
        Group("Misbehaviour", "Mau comportamento");
        _fault = FaultOption.Create(language, listens: true);
        Add(_fault);
        _tls = new TlsServerArguments(this, language);
        Group("Output", "Saída");
        _quiet = Flag("--quiet", "Print neither clients nor messages", "Não mostra clientes nem mensagens");
        _quiet.Aliases.Add("-q");
        _json = Flag("--json", "Print one JSON object per event", "Mostra um objeto JSON por evento");
        _stats = Flag(
            "--stats",
            "Print what the kernel counted of each connection: round trip, retransmissions, windows",
            "Mostra o que o kernel contou de cada conexão: ida e volta, retransmissões, janelas");
        _record = EventFile.Option(language);
        _capture = OwnCapture.Option(language);
        Add(_record);
        Add(_capture);
        OptionConflicts.Add(this, language, _quiet, _json.Name);
        OptionConflicts.Add(this, language, _udp, ["--unix", "--tls", "--framing", "--keep-open", "--idle", _maxMemory.Name, "--fault",
            "--source", "--stats", .. TuningArguments.Names]);
        SetAction((parse, _) => RunAsync(parse));
    }

    private async Task<int> RunAsync(ParseResult parse)
    {
        var told = new ServingOutput(parse.GetValue(_json), parse.GetValue(_quiet), parse.GetValue(_record), parse.GetValue(_capture),
            _reply.RunsCommands(parse))
        { KeyLog = _tls.KeyLogFile(parse) };
        if (parse.GetValue(_udp)) await new DatagramServing(OfDatagrams(parse), told, _language).RunAsync(parse.GetValue(_maxMessage));
        else if (!await ServeAsync(ReadOptions(parse), told, _reply.IsRaw(parse))) return ExitCode.Failed;
        return ExitCode.Done;
    }

    private ServerOptions ReadOptions(ParseResult parse)
    {
        TimeSpan idle = parse.GetValue(_idle);
        FramingRule framing = parse.GetValue(_framing) ?? FramingRule.Raw;
        return _replay.Apply(parse, _listen.Read(parse, new ServerOptions
        {
            Address = DefaultAddress(parse),
            Framing = framing,
            Conduct = _reply.Conduct(parse, framing, parse.GetValue(_maxMessage)),
            Tls = _tls.Read(parse),
            Statistics = parse.GetValue(_stats),
            Faults = parse.GetValue(_fault)!,
            KeepOpen = parse.GetValue(_keepOpen) || _reply.IsBroadcast(parse),
            Once = parse.GetValue(_once),
            IdleLimit = idle == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : idle,
            MessageLimit = parse.GetValue(_maxMessage),
            MemoryLimit = parse.GetValue(_maxMemory),
        }));
    }

    private DatagramServerOptions OfDatagrams(ParseResult parse) => _listen.Read(parse, new DatagramServerOptions
    {
        Address = DefaultAddress(parse),
        Responder = _reply.Responder(parse, FramingRule.Raw, parse.GetValue(_maxMessage)),
        Rate = parse.GetValue(_rate) is > 0 and double rate ? rate : null,
        Once = parse.GetValue(_once),
    });

    private IPAddress? DefaultAddress(ParseResult parse) => _reply.RunsCommands(parse) ? IPAddress.Loopback : null;

    // Whether all was passed on that was to be.
    private async Task<bool> ServeAsync(ServerOptions options, ServingOutput told, bool isRaw)
    {
        using var stop = new CancellationTokenSource();
        await using Stream stream = StandardOutput.Open();
        var output = new LogOutput(stream, () => _ = stop.CancelAsync());
        var notices = new LogOutput(new StandardError(), () => { });
        Piping? piping = isRaw ? new Piping(Input(), bytes => output.Append(bytes.Span)) : null;
        if (piping is not null) options = options with { Conduct = piping };
        IServerLog log = told.Json
            ? new JsonServerLog(new JsonEvents(output, TimeProvider.System))
            : new TextServerLog(_language, isRaw ? notices : output, notices, options, told.Quiet);
        using EventFile? record = EventFile.Create(told.Record, () => _ = stop.CancelAsync(), _language);
        if (record is not null) log = new BothServerLogs(log, new JsonServerLog(record.Events, whole: true));
        FileHandleLimit.Raise();
        using Server server = Listen(options, log);
        using OwnCapture? capture = told.Capture is { } file
            ? OwnCapture.OfServer(file, "tcp", (IPEndPoint)server.Endpoint, told.KeyLog, _language) : null;
        Privileges.Drop();
        ServerReach.Tell(server.Endpoint, told, _language);
        using StopSignals signals = new(stop);
        await server.RunAsync(stop.Token);
        capture?.End();
        if (output.Failure is { } failure && !StandardOutput.IsClosed(stream)) throw new StandardOutputException(failure);
        record?.Check();
        return piping?.IsWhole != false;
    }

    // What is to be said to the client; null when a person would have to write it.
    private static FileStream? Input() => Console.IsInputRedirected && !StandardInput.IsMissing ? StandardInput.Open() : null;

    private Server Listen(ServerOptions options, IServerLog log)
    {
        try
        {
            using Privileges.Raised rights = Privileges.Raise();
            InlineCompletions.Enable();
            return Server.Listen(options, log);
        }
        catch (ListenException error)
        {
            throw options.UnixPath is { } path ? ListenErrors.AtPath(error, path, _language)
                : ListenErrors.AtPort(error, options.Address, options.Port, _language);
        }
    }
}
