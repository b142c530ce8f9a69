using System.CommandLine;
using Trama.Cli.Capturing;
using Trama.Cli.CommandLine;
using Trama.Cli.Decrypting;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Packets.Transport;
using Trama.Replay;
using Trama.Replay.Recording;
using Trama.Reports;
using Trama.Tracing;
using Trama.Tracing.Choosing;

namespace Trama.Cli.Commands.Replaying;

/// <summary>The options that say what of which capture is played again, and how fast.</summary>
internal sealed class ReplayInput
{
    private readonly Language _language;
    private readonly Option<string> _replay, _server, _where;
    private readonly Option<long?> _connection;
    private readonly Option<Pace?> _pace;
    private readonly KeysOption _keys;

    /// <param name="command">The command that gets the options.</param>
    /// <param name="language">The language of their help.</param>
    /// <param name="english">What is played, in English.</param>
    /// <param name="portuguese">What is played, in Portuguese.</param>
    public ReplayInput(BilingualCommand command, Language language, string english, string portuguese)
    {
        _language = language;
        command.Group("Replay", "Repetição");
        _replay = command.Value("--replay", "FILE", english, portuguese);
        _server = command.Value("--of", "ADDRESS:PORT", "With --replay, the server in the capture (default: the one that was asked most)",
            "Com --replay, o servidor na captura (padrão: o que mais foi consultado)");
        _connection = command.Number("--connection", "N", 1, long.MaxValue, "With --replay, only this connection of the capture",
            "Com --replay, apenas esta conexão da captura");
        _where = command.Value("--where", language.Pick("CONDITION", "CONDIÇÃO"),
            "With --replay, only exchanges of which it holds, as trace --where has it; what logs in has to be among them",
            "Com --replay, apenas trocas em que ela vale, como no trace --where; o que faz login tem de estar entre elas");
        _pace = new Option<Pace?>("--pace")
        {
            HelpName = "recorded|fast|×N",
            Description = language.Pick("With --replay: as it was, without waiting, or N times as fast (default recorded)",
                "Com --replay: como foi, sem esperar, ou N vezes mais rápido (padrão recorded)"),
            CustomParser = result => Pace.Parse(QuantityOptions.Value(result)) ?? QuantityOptions.Refuse<Pace?>(
                result, language, "recorded, fast or a factor such as ×2", "recorded, fast ou um fator como ×2"),
        };
        command.Add(_pace);
        _keys = new KeysOption(command, language);
        OptionNeeds.Add(command, language, _replay, _server, _connection, _where, _pace);
    }

    /// <summary>The name of the option.</summary>
    public Option Option => _replay;

    /// <summary>How fast it is played.</summary>
    public Pace PaceOf(ParseResult parse) => parse.GetValue(_pace) ?? Pace.Recorded;

    /// <summary>Whether a capture is to be played.</summary>
    public bool IsAsked(ParseResult parse) => parse.GetResult(_replay) is { Implicit: false };

    /// <summary>The connections of the server that is played, and says which they are.</summary>
    /// <exception cref="UserError">The capture cannot be read, or there is nothing to play.</exception>
    public IReadOnlyList<RecordedConnection> Read(ParseResult parse)
    {
        string path = parse.GetValue(_replay)!;
        var values = new OptionValues(parse, _language);
        using KeySources keys = _keys.Open(values, isLive: false);
        RecordedCapture capture = Recorded(parse, path, keys, FramingRule.Auto);
        // A client that says little is known by what others said to the same server.
        if (CaptureFiles.CanBeReadAgain(path) && SpokenAt.Of(capture) is { } spoken) capture = Recorded(parse, path, keys, spoken);
        IReadOnlyList<RecordedServer> servers = RecordedServer.In(capture);
        RecordedServer? server = parse.GetValue(_server) is { } wanted
            ? servers.FirstOrDefault(candidate => candidate.Endpoint.ToString() == wanted)
            : servers is [var most, ..] ? most : null;
        if (server is null) throw new UserError(_language.Pick(
            $"{VisibleText.Of(path)}: there is no conversation to play{Known(servers)}",
            $"{VisibleText.Of(path)}: não há conversa a repetir{Known(servers)}"));
        ReplayWords.Tell(server, servers, capture.LeftOut, _language);
        return server.Connections;
    }

    /// <summary>What another server taught, as if this one had said it.</summary>
    /// <param name="path">The capture that holds it.</param>
    /// <param name="server">This one.</param>
    public IEnumerable<RecordedConnection> ReadLearned(string path, Endpoint server)
    {
        var sink = new RecordingSink();
        var tracker = new ConnectionTracker(sink.Options(null), sink);
        new TraceInput(_language) { Files = [path] }.Run(tracker, () => { });
        tracker.Complete();
        return sink.Capture.Connections.Where(connection => connection.Exchanges.Count > 0)
            .Select(connection => connection with { Server = server });
    }

    private RecordedCapture Recorded(ParseResult parse, string path, KeySources keys, FramingRule framing)
    {
        var sink = new RecordingSink(parse.GetValue(_connection));
        var input = new TraceInput(_language) { Files = [path], Keys = keys };
        var tracker = new ConnectionTracker(sink.Options(keys.Keys, Where(parse)) with { Framing = framing }, sink);
        input.Run(tracker, () => { });
        tracker.Complete();
        input.ThrowIfNoTcp(tracker.Totals);
        return sink.Capture;
    }

    private ExchangeCondition? Where(ParseResult parse)
    {
        if (parse.GetValue(_where) is not { } text) return null;
        return ExchangeCondition.TryParse(text, out ExchangeCondition? where, out ConditionError error) ? where
            : throw new UserError(ConditionWords.Refusal(text, error, _language), ExitCode.Usage);
    }

    private static string Known(IReadOnlyList<RecordedServer> servers) =>
        servers.Count == 0 ? "" : $" ({string.Join(", ", servers.Take(8).Select(server => server.Endpoint))})";
}
