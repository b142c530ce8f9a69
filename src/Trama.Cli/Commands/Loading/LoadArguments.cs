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
    private readonly Option<double> _rate, _newConnections;
    private readonly Option<TimeSpan> _duration, _ramp, _warmup, _timeout;

    public LoadArguments(BilingualCommand command, Language language)
    {
        _connections = QuantityOptions.Number(language, "--connections", 1, 1_000_000, 50,
            language.Pick("Connections at a time (default 50)", "Conexões ao mesmo tempo (padrão 50)"));
        _connections.Aliases.Add("-c");
        _rate = QuantityOptions.Rate(language, "--rate", language.Pick(
            "Requests a second, due whatever the server does: latency counts from when a request was due (default: ask "
                + "again once answered)",
            "Pedidos por segundo, devidos faça o servidor o que fizer: a latência conta de quando um pedido era devido (padrão: pergunta "
                + "de novo quando respondido)"));
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
        foreach (Option option in new Option[] { _connections, _rate, _duration, _warmup, _ramp, _pipeline, _perConnection, _newConnections,
            _timeout, _threads })
            command.Options.Add(option);
    }

    /// <summary>How long a connection or a reply may take.</summary>
    public TimeSpan Timeout(ParseResult parse) => parse.GetValue(_timeout);

    /// <summary>The options of a load with what was asked for.</summary>
    public LoadOptions Read(ParseResult parse, LoadOptions options) => options with
    {
        Connections = parse.GetValue(_connections),
        Pipeline = parse.GetValue(_pipeline),
        RequestsPerConnection = parse.GetValue(_perConnection) is int.MaxValue ? long.MaxValue : parse.GetValue(_perConnection),
        Rate = parse.GetValue(_rate) is > 0 and double rate ? rate : null,
        Duration = parse.GetValue(_duration),
        Warmup = parse.GetValue(_warmup),
        Ramp = parse.GetValue(_ramp),
        NewConnections = parse.GetValue(_newConnections),
        Timeout = parse.GetValue(_timeout),
        Threads = parse.GetValue(_threads),
    };
}
