using System.CommandLine;
using Trama.Cli.CommandLine;
using Trama.Peers.Loading;
using Trama.Reports;

namespace Trama.Cli.Commands.Loading;

/// <summary>The options that say how many connections ask, how often and for how long.</summary>
internal sealed class LoadArguments
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);

    private readonly Option<int> _connections, _pipeline, _threads, _perConnection;
    private readonly Option<double> _newConnections;
    private readonly Option<TimeSpan> _duration, _ramp, _warmup, _timeout;

    public LoadArguments(BilingualCommand command, Language language)
    {
        _connections = QuantityOptions.Number(language, "--connections", 1, 1_000_000, 50,
            language.Pick("Connections at a time (default 50)", "Conexões ao mesmo tempo (padrão 50)"));
        _connections.Aliases.Add("-c");
        Rate = LoadRate.Create(language);
        _duration = QuantityOptions.Duration(language, "--duration", TimeSpan.FromSeconds(10),
            language.Pick("How long to measure (default 10s)", "Por quanto tempo medir (padrão 10s)"), Least);
        _duration.Aliases.Add("-d");
        _warmup = QuantityOptions.Duration(language, "--warmup", TimeSpan.Zero,
            language.Pick("How long to load before measuring (default 0)", "Por quanto tempo carregar antes de medir (padrão 0)"));
        _ramp = QuantityOptions.Duration(language, "--ramp", TimeSpan.Zero, language.Pick(
            "Before that, how long the rate, or without one the connections, grows from nothing (default 0)",
            "Antes disso, por quanto tempo a taxa, ou sem ela as conexões, cresce do nada (padrão 0)"));
        _pipeline = QuantityOptions.Number(language, "--pipeline", 1, 65_536, 1,
            language.Pick("Requests under way on one connection (default 1)", "Pedidos em andamento em uma conexão (padrão 1)"));
        _perConnection = QuantityOptions.Number(language, "--per-connection", 1, int.MaxValue, int.MaxValue, language.Pick(
            "Requests that a connection carries before it is replaced (default: no limit)",
            "Pedidos que uma conexão leva antes de ser trocada (padrão: sem limite)"));
        _newConnections = QuantityOptions.Rate(language, "--new-connections", language.Pick(
            "Replace so many connections a second, the oldest first (default: none)",
            "Troca tantas conexões por segundo, a mais velha primeiro (padrão: nenhuma)"));
        _timeout = QuantityOptions.Duration(language, "--timeout", TimeSpan.FromSeconds(5),
            language.Pick("Longest wait to connect and for a reply (default 5s)",
            "Maior espera para conectar e por uma resposta (padrão 5s)"), Least);
        _threads = QuantityOptions.Number(language, "--threads", 1, 256, 1,
            language.Pick("Threads that share the connections (default 1)", "Threads que dividem as conexões (padrão 1)"));
        foreach (Option option in new Option[] { _connections, Rate, _duration, _warmup, _ramp, _pipeline, _perConnection, _newConnections,
            _timeout, _threads })
            command.Options.Add(option);
    }

    /// <summary>The rate.</summary>
    public Option<LoadRate> Rate { get; }

    /// <summary>How long a connection or a reply may take.</summary>
    public TimeSpan Timeout(ParseResult parse) => parse.GetValue(_timeout);

    /// <summary>How many come in the place of a recorded client; null where a rate in requests was asked for.</summary>
    public double? Times(ParseResult parse) => parse.GetValue(Rate) is { PerSecond: null, Times: var times } ? times ?? 1 : null;

    /// <summary>How long to load, where that was said.</summary>
    public TimeSpan? AskedDuration(ParseResult parse) =>
        parse.GetResult(_duration) is { Implicit: false } ? parse.GetValue(_duration) : null;

    /// <summary>The most connections at a time, where that was said.</summary>
    public int? AskedConnections(ParseResult parse) =>
        parse.GetResult(_connections) is { Implicit: false } ? parse.GetValue(_connections) : null;

    /// <summary>The options of a load with what was asked for.</summary>
    public LoadOptions Read(ParseResult parse, LoadOptions options) => options with
    {
        Connections = parse.GetValue(_connections),
        Pipeline = parse.GetValue(_pipeline),
        RequestsPerConnection = parse.GetValue(_perConnection) is int.MaxValue ? long.MaxValue : parse.GetValue(_perConnection),
        Rate = parse.GetValue(Rate).PerSecond,
        Duration = parse.GetValue(_duration),
        Warmup = parse.GetValue(_warmup),
        Ramp = parse.GetValue(_ramp),
        NewConnections = parse.GetValue(_newConnections),
        Timeout = parse.GetValue(_timeout),
        Threads = parse.GetValue(_threads),
    };
}
