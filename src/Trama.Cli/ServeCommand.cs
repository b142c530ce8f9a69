using System.CommandLine;
using System.Net;
using Trama.Cli.Recording;
using Trama.Cli.Security;
using Trama.Cli.Serving;
using Trama.Framing;
using Trama.Peers.Datagrams;
using Trama.Peers.Misbehaving;
using Trama.Peers.Serving;
using Trama.Reports;

namespace Trama.Cli;

/// <summary><c>trama serve</c>: be the server.</summary>
internal sealed class ServeCommand : ExampledCommand
{
    private readonly Language _language;
    private readonly Option<int> _port;
    private readonly Option<IPAddress?> _bind;
    private readonly Option<string?> _unix;
    private readonly Option<bool> _udp;
    private readonly ReplyArguments _reply;
    private readonly Option<FramingRule?> _framing;
    private readonly Option<FaultPlan[]> _fault;
    private readonly Option<bool> _keepOpen;
    private readonly Option<bool> _once;
    private readonly Option<TimeSpan> _idle;
    private readonly Option<long> _maxMessage;
    private readonly TlsServerArguments _tls;
    private readonly AccessArguments _access;
    private readonly Option<bool> _stats;
    private readonly Option<string?> _record;
    private readonly Option<string?> _capture;
    private readonly Option<bool> _quiet;
    private readonly Option<bool> _json;

    public ServeCommand(Language language)
        : base(
            "serve",
            language.Pick(
                "Be the server: print each message that a client sends, answer it and close.",
                "Seja o servidor: mostra cada mensagem que um cliente envia, responde e fecha."),
            ("trama serve", language.Pick("the lesson's server, on port 5000, for any number of clients", "o servidor da aula, na porta 5000, para quantos clientes vierem")),
            ("trama serve --once --port 0", language.Pick("one connection, on any free port", "uma conexão, em qualquer porta livre")),
            ("trama serve --keep-open --echo", language.Pick("send every message back until the client closes", "devolve cada mensagem até o cliente fechar")),
            ("trama serve --framing lines --keep-open --reply ok", language.Pick("answer every line, however TCP cuts it", "responde a cada linha, como quer que o TCP a corte")),
            ("trama serve --shell 'wc -c' --keep-open", language.Pick("answer with what a command writes", "responde com o que um comando escreve")),
            ("trama serve --broadcast --framing lines", language.Pick("a chat: each line of a client goes to all others", "um chat: cada linha de um cliente vai a todos os outros")),
            ("trama serve --sink", language.Pick("read everything, answer nothing", "lê tudo, não responde nada")),
            ("trama serve --fault latency=2s,chance=50%", language.Pick("half of the clients wait 2 s for their reply", "metade dos clientes espera 2 s pela resposta")),
            ("trama serve --tls", language.Pick("TLS, with a certificate made for this run", "TLS, com um certificado feito para esta execução")),
            ("trama serve --fault reset-after=5", language.Pick("reset after 5 bytes of reply", "aborta (RST) depois de 5 bytes de resposta")),
            ("trama serve --unix /tmp/trama.sock --echo", language.Pick("at a Unix socket", "em um socket Unix")),
            ("trama serve --udp --echo", language.Pick("datagrams, each sent back", "datagramas, cada um devolvido")),
            ("trama serve --bind 127.0.0.1 --json", language.Pick("on this machine alone; one JSON object per event", "só nesta máquina; um objeto JSON por evento")))
    {
        _language = language;
        _port = QuantityOptions.Number(language, "--port", 0, 65535, 5000, language.Pick(
            "Port to listen on; 0 = any free one, which is printed (default 5000)",
            "Porta em que escuta; 0 = qualquer uma livre, que é mostrada (padrão 5000)"));
        _port.Aliases.Add("-p");
        _bind = new Option<IPAddress?>("--bind")
        {
            Description = language.Pick(
                "Listen at this address alone (default: all interfaces, IPv4 and IPv6)",
                "Escuta só neste endereço (padrão: todas as interfaces, IPv4 e IPv6)"),
            HelpName = language.Pick("ADDRESS", "ENDEREÇO"),
            CustomParser = result => IPAddress.TryParse(QuantityOptions.Value(result), out IPAddress? address) && QuantityOptions.Value(result).AsSpan().ContainsAny('.', ':')
                ? address
                : QuantityOptions.Refuse<IPAddress>(result, language, "an IP address such as 127.0.0.1 or ::1", "um endereço IP como 127.0.0.1 ou ::1"),
        };
        _framing = FramingOption.Create(language, language.Pick(
            "default: raw, each read is a message, however TCP cut or joined what was sent",
            "padrão: raw, cada leitura é uma mensagem, como quer que o TCP tenha cortado ou juntado o que foi enviado"));
        _keepOpen = Flag("--keep-open", language.Pick(
            "Answer every message until the client closes, instead of closing after the first reply",
            "Responde a todas as mensagens até o cliente fechar, em vez de fechar depois da primeira resposta"));
        _once = Flag("--once", language.Pick("End after one connection", "Termina depois de uma conexão"));
        _idle = QuantityOptions.Duration(language, "--idle", TimeSpan.FromMinutes(5), language.Pick(
            "Close a connection that is silent for so long; 0 = never (default 5m)",
            "Fecha uma conexão em silêncio por esse tempo; 0 = nunca (padrão 5m)"));
        _maxMessage = QuantityOptions.Size(language, "--max-message", 16 << 20, language.Pick(
            "Close a connection that sends a larger message, or more than this for its one reply (default 16MiB)",
            "Fecha uma conexão que envia uma mensagem maior, ou mais que isso por sua única resposta (padrão 16MiB)"));
        _fault = FaultOption.Create(language, listens: true);
        _quiet = Flag("--quiet", language.Pick("Print neither clients nor messages", "Não mostra clientes nem mensagens"));
        _quiet.Aliases.Add("-q");
        _json = Flag("--json", language.Pick("Print one JSON object per event", "Mostra um objeto JSON por evento"));
        foreach (Option option in new Option[] { _port, _bind, _framing, _keepOpen, _once, _idle, _maxMessage, _fault, _quiet, _json })
            Options.Add(option);
        _unix = UnixOption.AddTo(this, language, language.Pick(
            "Listen at this Unix socket instead of a port", "Escuta neste socket Unix em vez de uma porta"), "--port", "--bind", "--allow", "--deny", "--capture");
        _reply = new ReplyArguments(this, language);
        _tls = new TlsServerArguments(this, language);
        _access = new AccessArguments(this, language);
        _stats = Flag("--stats", language.Pick(
            "Print what the kernel counted of each connection: round trip, retransmissions, windows",
            "Mostra o que o kernel contou de cada conexão: ida e volta, retransmissões, janelas"));
        _record = EventFile.Option(language);
        _capture = OwnCapture.Option(language);
        Options.Add(_stats);
        Options.Add(_record);
        Options.Add(_capture);
        OptionConflicts.Add(this, language, _quiet, _json.Name);
        _udp = Flag("--udp", language.Pick("Receive datagrams by UDP, each a message", "Recebe datagramas por UDP, cada um uma mensagem"));
        Options.Add(_udp);
        OptionConflicts.Add(this, language, _udp, "--unix", "--tls", "--framing", "--keep-open", "--idle", "--fault", "--source", "--stats", "--record", "--capture");
        SetAction((parse, _) => RunAsync(parse));
    }

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    private async Task<int> RunAsync(ParseResult parse)
    {
        TimeSpan idle = parse.GetValue(_idle);
        FramingRule framing = parse.GetValue(_framing) ?? FramingRule.Raw;
        var options = new ServerOptions
        {
            Address = parse.GetValue(_bind) ?? (_reply.RunsCommands(parse) ? IPAddress.Loopback : null),
            Port = parse.GetValue(_port),
            UnixPath = parse.GetValue(_unix),
            Framing = framing,
            Responder = _reply.Responder(parse, framing, parse.GetValue(_maxMessage)),
            Broadcast = _reply.IsBroadcast(parse),
            Sink = _reply.IsSink(parse),
            Source = _reply.Source(parse),
            Tls = _tls.Read(parse),
            Access = _access.Read(parse),
            Statistics = parse.GetValue(_stats),
            Faults = parse.GetValue(_fault)!,
            KeepOpen = parse.GetValue(_keepOpen) || _reply.IsBroadcast(parse),
            Once = parse.GetValue(_once),
            IdleLimit = idle == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : idle,
            MessageLimit = parse.GetValue(_maxMessage),
        };

        if (parse.GetValue(_udp)) return await RunDatagramsAsync(options, parse);
        using var stop = new CancellationTokenSource();
        await using Stream stream = StandardOutput.Open();
        var output = new LogOutput(stream, () => _ = stop.CancelAsync());
        IServerLog log = parse.GetValue(_json)
            ? new JsonServerLog(new JsonEvents(output, TimeProvider.System))
            : new TextServerLog(_language, output, new LogOutput(new StandardError(), () => { }), options, parse.GetValue(_quiet));
        using EventFile? record = EventFile.Create(parse.GetValue(_record), () => _ = stop.CancelAsync());
        if (record is not null) log = new BothServerLogs(log, new JsonServerLog(record.Events, whole: true));
        FileHandleLimit.Raise();
        using Server server = Listen(options, log);
        WarnOfReach(parse, server.Endpoint);
        using OwnCapture? capture = parse.GetValue(_capture) is { } file ? OwnCapture.OfServer(file, (IPEndPoint)server.Endpoint, _language) : null;
        using StopSignals signals = new(stop);
        await server.RunAsync(stop.Token);
        capture?.End();
        if (output.Failure is { } failure && !StandardOutput.IsClosed(stream)) throw new StandardOutputException(failure);
        record?.Check();
        return ExitCode.Done;
    }

    private async Task<int> RunDatagramsAsync(ServerOptions options, ParseResult parse)
    {
        var datagrams = new DatagramServerOptions
        {
            Address = options.Address,
            Port = options.Port,
            Responder = options.Sink ? null : options.Responder,
            Access = options.Access,
            Once = options.Once,
        };
        await new DatagramServing(datagrams, _language).RunAsync(parse.GetValue(_json), parse.GetValue(_quiet), options.MessageLimit, server => WarnOfReach(parse, server.Endpoint));
        return ExitCode.Done;
    }

    private void WarnOfReach(ParseResult parse, EndPoint endpoint)
    {
        if (_reply.RunsCommands(parse)) Console.Error.WriteLine(Terminal.Warning(Reach(endpoint)));
    }

    private string Reach(EndPoint endpoint) => endpoint switch
    {
        IPEndPoint { Address: var address } when !IPAddress.IsLoopback(address) => _language.Pick(
            $"trama: whoever reaches {address} can have the command run (--bind)",
            $"trama: quem alcançar {address} pode executar o comando (--bind)"),
        IPEndPoint => _language.Pick(
            "trama: every program of this machine can have the command run; --bind lets others",
            "trama: qualquer programa desta máquina pode executar o comando; --bind permite outros"),
        _ => _language.Pick(
            $"trama: whoever may write to {endpoint} can have the command run",
            $"trama: quem puder escrever em {endpoint} pode executar o comando"),
    };

    private Server Listen(ServerOptions options, IServerLog log)
    {
        try
        {
            return Server.Listen(options, log);
        }
        catch (ListenException error)
        {
            throw options.UnixPath is { } path ? ListenErrors.AtPath(error, path, _language) : ListenErrors.AtPort(error, options.Address, options.Port, _language);
        }
    }
}
