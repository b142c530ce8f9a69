using System.CommandLine;
using System.Net;
using Trama.Cli.CommandLine;
using Trama.Cli.Logs;
using Trama.Cli.PeerOptions;
using Trama.Cli.PeerOptions.Security;
using Trama.Cli.ThisProcess;
using Trama.Peers;
using Trama.Peers.Listening;
using Trama.Peers.Misbehaving;
using Trama.Peers.Relaying;
using Trama.Reports;

namespace Trama.Cli.Commands.Relaying;

/// <summary><c>trama relay</c>: stand between clients and servers, and show what they say to each other.</summary>
internal sealed class RelayCommand : BilingualCommand
{
    private readonly Language _language;
    private readonly Argument<(IPAddress? Address, int Port)> _listen;
    private readonly Argument<RelayTarget[]> _targets;
    private readonly RecordingOptions _recording;
    private readonly Option<bool> _once;
    private readonly Option<TimeSpan> _timeout, _idle;
    private readonly Option<int> _maxConnections;
    private readonly Option<long> _maxMemory;
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
        ("trama relay 5001 server:5000", language.Pick("clients of port 5001 talk with server:5000",
            "os clientes da porta 5001 falam com server:5000")),
        ("trama relay 5001 10.0.0.1:80 10.0.0.2:80", language.Pick("two servers in turn", "dois servidores, um de cada vez")),
        ("trama relay 127.0.0.1:5001 server:5000 --ladder --once", language.Pick("one connection, drawn", "uma conexão, desenhada")),
        ("trama relay 5001 server:5000 --fault latency=200ms,chance=10%",
            language.Pick("one client in ten gets its replies late", "um cliente em dez recebe as respostas com atraso")),
        ("trama relay 5001 server:443 --target-tls", language.Pick("plain clients of a TLS server, and what they say in clear",
            "clientes sem TLS de um servidor TLS, e o que dizem às claras")),
        ("trama relay 5001 server:5000 --diagnose", language.Pick("what went wrong, and whose it is", "o que deu errado, e de quem é")),
        ("trama relay 5001 server:5000 --pcapng talk.pcapng",
            language.Pick("a capture of it, for Wireshark too", "uma captura dela, também para o Wireshark")))
    {
        _language = language;
        _listen = new Argument<(IPAddress?, int)>("listen")
        {
            HelpName = language.Pick("LISTEN", "ESCUTA"),
            Description = language.Pick("Where clients connect: PORT, or ADDRESS:PORT; 0 = any free port",
                "Onde os clientes conectam: PORTA, ou ENDEREÇO:PORTA; 0 = qualquer porta livre"),
            CustomParser = result => Addresses.TryParseListen(QuantityOptions.Value(result), out (IPAddress?, int) place)
                ? place
                : QuantityOptions.Refuse<(IPAddress?, int)>(result, language, "a port such as 5001, or an address and port such "
                    + "as 127.0.0.1:5001", "uma porta como 5001, ou endereço e porta como 127.0.0.1:5001"),
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
                    else result.AddError(language.Pick($"{_targets!.HelpName}: expected HOST:PORT such as server:5000, got '{token.Value}'",
                        $"{_targets!.HelpName}: esperava HOST:PORTA como server:5000, veio '{token.Value}'"));
                }

                return [.. targets];
            },
        };
        Add(_listen);
        Add(_targets);
        Group("Messages", "Mensagens");
        _recording = new RecordingOptions(this, language);
        Group("Connection", "Conexão");
        _once = Flag("--once", "End after one connection", "Termina depois de uma conexão");
        _timeout = QuantityOptions.Duration(language, "--timeout", TimeSpan.FromSeconds(5),
            language.Pick("Longest wait to connect to a target (default 5s)", "Maior espera para conectar a um destino (padrão 5s)"));
        _idle = QuantityOptions.Duration(language, "--idle", TimeSpan.Zero,
            language.Pick("Reset a connection that is silent for so long; 0 = never (default)",
            "Aborta uma conexão em silêncio por esse tempo; 0 = nunca (padrão)"));
        _maxConnections = QuantityOptions.Number(language, "--max-connections", 1, int.MaxValue, int.MaxValue, language.Pick(
            "Relay so many at a time; other clients wait (default: as many as file handles allow)",
            "Repassa no máximo tantas ao mesmo tempo; outros clientes esperam (padrão: quantas os descritores permitirem)"));
        _maxMemory = MemoryOption.Create(language);
        foreach (Option option in new Option[] { _timeout, _idle, _maxConnections, _maxMemory }) Add(option);
        _proxy = Value("--proxy-protocol", "v1|v2", "Tell the target who the client is, by a header of the PROXY protocol",
            "Conta ao destino quem é o cliente, com um cabeçalho do protocolo PROXY");
        _proxy.AcceptOnlyFromAmong("v1", "v2");
        _acceptProxy = Flag("--accept-proxy", "Each client is a proxy that begins with such a header, of either version",
            "Cada cliente é um proxy que começa com tal cabeçalho, de qualquer versão");
        Group("Misbehaviour", "Mau comportamento");
        _fault = FaultOption.Create(language, listens: false);
        _targetFault = FaultOption.Create(language, listens: false, "--target-fault");
        _targetFault.Description = language.Pick("The same, towards the target", "O mesmo, em direção ao destino");
        Add(_fault);
        Add(_targetFault);
        _tls = new TlsServerArguments(this, language);
        _targetTls = new TlsClientArguments(this, language, "target-");
        SetAction((parse, _) => RunAsync(parse));
    }

    private async Task<int> RunAsync(ParseResult parse)
    {
        var values = new OptionValues(parse, _language);
        RelayOptions options = RelayOptions(parse, values);
        using RelayRecording? recording = _recording.Open(values, decrypts: options.Tls is not null || options.TargetTls is not null);
        using var stop = new CancellationTokenSource();
        var notices = new LogOutput(new StandardError(), () => { });
        using Relay relay = Listen(options, new RelayLog(_language, notices, options, recording?.Journal));
        Privileges.Drop();
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
            Proxy = values.Of(_proxy) switch { "v1" => ProxyVersion.V1, "v2" => ProxyVersion.V2, _ => ProxyVersion.None },
            ConnectTimeout = parse.GetValue(_timeout),
            IdleLimit = idle == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : idle,
            // A connection of a relay takes two handles.
            MaxConnections = (int)Math.Clamp((FileHandleLimit.Raise() - FileHandleLimit.Aside) / 2, 1, parse.GetValue(_maxConnections)),
            MemoryLimit = parse.GetValue(_maxMemory),
            Once = values.Has(_once),
        };
    }

    private Relay Listen(RelayOptions options, RelayLog log)
    {
        try
        {
            using Privileges.Raised rights = Privileges.Raise();
            InlineCompletions.Enable();
            return Relay.Listen(options, log);
        }
        catch (ListenException error)
        {
            throw RelayErrors.ToListen(error, options, _language);
        }
    }
}
