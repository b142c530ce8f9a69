using System.CommandLine;
using Trama.Cli.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Peers.Serving;
using Trama.Replay.Recording;
using Trama.Replay.Serving;
using Trama.Reports;

namespace Trama.Cli.Commands.Replaying;

/// <summary><c>trama serve --replay</c>: be the server that was captured.</summary>
internal sealed class ServeReplay
{
    private static readonly Dictionary<string, MatchRule> Rules = new()
    {
        ["content"] = MatchRule.Content,
        ["operation"] = MatchRule.Operation,
        ["exact"] = MatchRule.Exact,
        ["order"] = MatchRule.Order,
    };

    private readonly Language _language;
    private readonly ReplayInput _input;
    private readonly Option<MatchRule> _match;
    private readonly Option<UnknownPolicy?> _unknown;
    private readonly Option<string> _learn;

    public ServeReplay(BilingualCommand command, Language language)
    {
        _language = language;
        _input = new ReplayInput(command, language, "Answer as the server in this capture did, when it did",
            "Responde como o servidor desta captura respondeu, e quando respondeu");
        _match = new Option<MatchRule>("--match")
        {
            HelpName = string.Join('|', Rules.Keys),
            Description = language.Pick(
                "With --replay, by what a request is told to be a recorded one: operation and content, else operation (content, "
                    + "default); operation alone; both alone (exact); its place in the connection (order)",
                "Com --replay, pelo que se sabe que um pedido é um dos gravados: operação e conteúdo, senão operação (content, "
                    + "padrão); só a operação; só ambos (exact); seu lugar na conexão (order)"),
            CustomParser = result => Rules.TryGetValue(QuantityOptions.Value(result), out MatchRule rule) ? rule
                : QuantityOptions.Refuse<MatchRule>(
                    result, language, "content, operation, exact or order", "content, operation, exact ou order"),
        };
        _unknown = UnknownOption.Create(language);
        command.Add(_match);
        command.Add(_unknown);
        _learn = command.Value("--learn", "FILE",
            "With --unknown relay=…, keep what that server says in this capture, and know it from then on, also the next time",
            "Com --unknown relay=…, guarda o que esse servidor diz nesta captura, e passa a saber, também na próxima vez");
        OptionNeeds.Add(command, language, _input.Option, _match, _unknown, _learn);
        OptionConflicts.Add(command, language, _input.Option, "--reply", "--reply-file", "--echo", "--rules", "--exec", "--shell",
            "--broadcast", "--sink", "--source", "--raw", "--udp", "--framing", "--keep-open");
    }

    /// <summary>The options of a server, played from a capture where that is asked for.</summary>
    /// <exception cref="ThisProcess.UserError">There is nothing to play.</exception>
    public ServerOptions Apply(ParseResult parse, ServerOptions options)
    {
        if (!_input.IsAsked(parse)) return options;
        IReadOnlyList<RecordedConnection> connections = _input.Read(parse);
        UnknownPolicy unknown = parse.GetValue(_unknown) ?? new UnknownPolicy.Nearest();
        if (unknown is UnknownPolicy.Relay other && OwnPlace.Is(options, other.Host, other.Port)) throw new UserError(_language.Pick(
            $"--unknown relay={other.Host}:{other.Port} is this server itself",
            $"--unknown relay={other.Host}:{other.Port} é este próprio servidor"), ExitCode.Usage);
        if (parse.GetValue(_learn) is { } learned)
        {
            if (unknown is not UnknownPolicy.Relay relay) throw new UserError(_language.Pick(
                "--learn needs --unknown relay=HOST:PORT", "--learn exige --unknown relay=HOST:PORTA"), ExitCode.Usage);
            if (File.Exists(learned)) connections = [.. connections, .. _input.ReadLearned(learned, connections[0].Server)];
            unknown = relay with { Learned = LearnedFile.Open(learned, _language) };
        }

        var replayed = new ReplayedServer(new ReplayServerOptions
        {
            Connections = connections,
            Match = parse.GetValue(_match),
            Pace = _input.PaceOf(parse),
            Unknown = unknown,
            MessageLimit = options.MessageLimit,
            Told = Tell,
        });
        return options with { Conduct = replayed.Conduct, KeepOpen = true, Framing = FramingRule.Raw };
    }

    private void Tell(UnknownRequest request)
    {
        string asked = request.Operation.IsEmpty ? _language.Pick("a message", "uma mensagem") : VisibleText.Of(request.Operation.Span);
        string unknown = _language.Pick($"{asked} was not recorded", $"{asked} não foi gravado");
        Console.Error.WriteLine($"trama: [{request.Connection}] {unknown}{Answered(request)}");
    }

    private string Answered(UnknownRequest request) => request.Answer switch
    {
        UnknownAnswer.Nearest when VisibleText.Of((request.Nearest ?? default).Span) is var nearest =>
            _language.Pick($"; answered as {nearest}", $"; respondido como {nearest}"),
        UnknownAnswer.Refusal => _language.Pick("; refused with its protocol's error", "; recusado com o erro do seu protocolo"),
        UnknownAnswer.Close => _language.Pick("; the connection is closed", "; a conexão é fechada"),
        UnknownAnswer.Loop => _language.Pick("; refused, since whom --unknown relay= asks is this server itself",
            "; recusado, pois quem --unknown relay= consulta é este próprio servidor"),
        UnknownAnswer.Nothing => _language.Pick("; nothing is answered", "; nada é respondido"),
        _ => "",
    };
}
