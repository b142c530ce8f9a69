using System.CommandLine;
using System.Diagnostics;
using Trama.Cli.CommandLine;
using Trama.Cli.Commands.Querying;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Fleet.Asking;
using Trama.Reports;
using Trama.Reports.Findings;
using Trama.Reports.Forms;
using Trama.Rows.Sql;
using Trama.Tracing.Choosing;

namespace Trama.Cli.Commands.Recalling;

/// <summary><c>trama history</c>: what <c>trama watch</c> saw in a time of the past.</summary>
internal sealed class HistoryCommand : BilingualCommand
{
    // What was said so long is enough for a first look.
    private const string Standard = "-15m";

    private const int RestShare = 10;
    private static readonly TimeSpan s_settled = TimeSpan.FromSeconds(2);

    private readonly Language _language;
    private readonly Argument<string?> _period;
    private readonly Option<string> _store, _hub, _where;
    private readonly Option<long?> _limit, _connection;
    private readonly Option<bool> _csv, _json, _follow, _askSensors;
    private readonly Dictionary<FormChoice, Option<bool>> _forms = [];

    public HistoryCommand(Language language) : base(
        language,
        "history",
        language.Pick("What trama watch saw in a time of the past", "O que o trama watch viu em um tempo do passado"),
        ("trama history 02:40..02:50", language.Pick("ten minutes of last night", "dez minutos da noite passada")),
        ("trama history -15m --where 'failed or server>1s'", language.Pick("what failed or was slow just now",
            "o que falhou ou demorou agora há pouco")),
        ("trama history 02:47 --ladder", language.Pick("that minute, drawn", "esse minuto, desenhado")),
        ("trama history -2h..-1h --diagnose", language.Pick("what went wrong, and whose it is", "o que deu errado, e de quem é")))
    {
        _language = language;
        _period = PeriodArgument(language);
        Add(_period);
        _store = StorePlace.Option(this);
        _hub = Value("--hub", "FOLDER",
            "The store of a hub: what sensors sent of many hosts", "O armazém de um hub: o que sensores enviaram de muitos hosts");
        OptionConflicts.Add(this, language, _hub, "--store", "--follow");
        _askSensors = Flag("--ask-sensors", "Ask the hub's sensors, too, for what they keep to themselves",
            "Pergunta também aos sensores do hub pelo que guardam para si");
        OptionNeeds.Add(this, language, _hub, _askSensors);
        _where = Value("--where", language.Pick("CONDITION", "CONDIÇÃO"),
            "Only exchanges of which it holds, as trace --where has it", "Apenas trocas em que ela vale, como no trace --where");
        _limit = Number("--limit", "N", 1, 1_000_000,
            "How many exchanges at most (default 1000)", "Quantas trocas no máximo (padrão 1000)");
        _csv = Flag("--csv", "As CSV", "Como CSV");
        _json = Flag("--json", "As a JSON array of objects", "Como uma lista JSON de objetos");
        _follow = Flag("--follow", "Go on with what comes, until Ctrl-C", "Continua com o que vem, até Ctrl-C");
        OptionConflicts.Add(this, language, _follow, "--limit");
        Group("From the packets' headers", "Dos cabeçalhos dos pacotes");
        foreach (FormChoice form in FormCatalog.All.Where(form => form.Option is "--ladder" or "--summary").Append(FormCatalog.Diagnosis))
            _forms[form] = Flag(form.Option, form.English, form.Portuguese);
        _connection = Number("--connection", "N", 1, long.MaxValue, "Only this connection of them", "Apenas esta conexão deles");
        SetAction(Run);
    }

    /// <summary>The time that is meant.</summary>
    public static Argument<string?> PeriodArgument(Language language) => new("period")
    {
        HelpName = language.Pick("TIME", "TEMPO"),
        Description = language.Pick($"When: {PastPeriod.Examples}", $"Quando: {PastPeriod.ExamplesInPortuguese}"),
        Arity = ArgumentArity.ZeroOrOne,
    };

    private int Run(ParseResult parse)
    {
        var values = new OptionValues(parse, _language);
        PastPeriod period = PastPeriod.Named(parse.GetValue(_period) ?? Standard, values);
        bool isHub = values.Of(_hub) is not null;
        string path = values.Of(_hub) ?? StorePlace.Of(values, _store, _language);
        Option[] asked = [.. _forms.Values.Cast<Option>().Append(_csv).Append(_json).Append(_follow).Where(values.Has)];
        if (asked.Length > 1) throw values.Wrong($"{asked[0].Name} and {asked[1].Name} exclude each other",
            $"{asked[0].Name} e {asked[1].Name} se excluem");
        if (_forms.Keys.FirstOrDefault(form => values.Has(_forms[form])) is { } form) return !isHub ? Show(form, path, period, values)
            : throw values.Wrong($"{form.Option} draws headers, which stay with the sensors: ask there, without --hub",
                $"{form.Option} desenha cabeçalhos, que ficam com os sensores: pergunte lá, sem --hub");
        if (values.Has(_follow)) return Follow(path, period, Where(values));
        long most = values.Of(_limit) ?? 1000;
        using var output = new BufferedStream(StandardOutputPipe.Open(), 64 * 1024);
        using var json = new JsonAnswer(output);
        bool isData = values.Has(_csv) || values.Has(_json);
        string columns = isData ? "e.*, c.* EXCLUDE (id, client, server, happenedAt, runAt)"
            : isHub ? HistoryLines.ColumnsOfHub : HistoryLines.Columns;
        string where = Where(values);
        // Of what a sensor had sent already, its own row stands for itself alone.
        const string once =
            """(SELECT DISTINCT ON (sensor, runAt, connection, "index") * FROM exchanges ORDER BY standsFor)""";
        IReadOnlyList<SensorRows> answers = values.Has(_askSensors)
            ? new SensorsQuestion(path, _language).Ask(period, values.Of(_where), isData ? most : most + 1) : [];
        new StoreQuestion(path, isHub, _language) { Asked = answers }.Ask(period, $"""
            SELECT {columns} FROM {(answers.Count > 0 ? once : "exchanges")} e
            LEFT JOIN connections c ON c.id = e.connection AND c.runAt = e.runAt
            WHERE coalesce(e.requestFirstAt, e.replyFirstAt, e.happenedAt) BETWEEN {period.From} AND {period.To} AND {where}
            ORDER BY coalesce(e.requestFirstAt, e.replyFirstAt, e.happenedAt), e.runAt, e.connection, e."index"
            LIMIT {(isData ? most : most + 1)}
            """, values.Has(_csv) ? new CsvAnswer(output) : values.Has(_json) ? json : new HistoryLines(output, period, most, _language));
        return ExitCode.Done;
    }

    // Rows are in the store a second after they are known; those of a time before that do not change.
    private int Follow(string path, PastPeriod period, string where)
    {
        using var output = new BufferedStream(StandardOutputPipe.Open(), 64 * 1024);
        using var stop = new CancellationTokenSource();
        using var signals = new StopSignals(stop);
        var question = new StoreQuestion(path, isHub: false, _language);
        var lines = new FollowedExchanges(output, _language);
        for (long from = period.From; !stop.IsCancellationRequested;)
        {
            var taken = Stopwatch.StartNew();
            long to = (DateTimeOffset.UtcNow - s_settled - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
            try
            {
                if (to > from) question.Ask(new PastPeriod(from, to), FollowedExchanges.Question(from, to, where), lines);
            }
            catch (UserError) when (stop.IsCancellationRequested)
            {
                break;
            }

            output.Flush();
            from = Math.Max(from, to);
            // A store with much in its hour takes long to ask: it is asked less often then.
            stop.Token.WaitHandle.WaitOne(s_settled > taken.Elapsed * RestShare ? s_settled : taken.Elapsed * RestShare);
        }

        return ExitCode.Done;
    }

    private int Show(FormChoice choice, string path, PastPeriod period, OptionValues values)
    {
        if (values.Has(_where)) throw values.Wrong("--where is of exchanges, which headers do not tell: leave it out, or the form",
            "--where é de trocas, que cabeçalhos não contam: retire-o, ou a forma");
        var selection = new Selection(values.Of(_connection));
        JudgedConnections? judged = choice.Findings == FindingsShown.Always ? new JudgedConnections { Selection = selection } : null;
        var settings = new FormSettings
        {
            Output = StandardOutputPipe.Open(),
            Text = Terminal.Options(_language),
            Columns = !Console.IsOutputRedirected,
            FindingsOf = judged is null ? null : judged.FindingsOf,
            Note = Console.Error.WriteLine,
        };
        using var report = new Report(choice.Make(settings), judged, selection) { Outputs = [settings.Output] };
        var input = new TraceInput(_language) { Files = [path], Stored = period };
        new ReportedInput(input, report, _language).Show();
        return ExitCode.Done;
    }

    private string Where(OptionValues values)
    {
        if (values.Of(_where) is not { } text) return "TRUE";
        if (!ExchangeCondition.TryParse(text, out ExchangeCondition? where, out ConditionError error))
            throw new UserError(ConditionWords.Refusal(text, error, _language), ExitCode.Usage);
        var terms = new ConditionSql();
        string sql = where.In(terms);
        return terms.Untold is not { Name: var name } ? sql : throw values.Wrong($"a store has nothing of '{name}': leave it out",
            $"um armazém não tem nada de '{name}': retire-o");
    }
}
