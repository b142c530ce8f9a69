using System.CommandLine;
using Trama.Cli.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Reports;
using Trama.Reports.Findings;
using Trama.Reports.Forms;
using Trama.Reports.Summary;
using Trama.Tracing;
using Trama.Tracing.Choosing;

namespace Trama.Cli.Reporting;

/// <summary>The options that say how what was traced is shown, the same in every command that traces.</summary>
internal sealed class ReportOptions
{
    private readonly Language _language;
    private readonly FormChoice _standard;
    private readonly Dictionary<FormChoice, Option> _forms = [];
    private readonly Option<string> _between, _where;
    private readonly ProcessOptions _processes;
    private readonly Option<string>? _sort;
    private readonly Option<long?> _connection;
    private readonly Option<long?>? _top;
    private readonly Option<bool>? _findings, _why, _credentials;
    private readonly Option<bool> _full, _digests, _ascii, _packets;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="language">The language of their help.</param>
    /// <param name="standard">The form that is shown when none is asked for; one that always shows what went wrong makes that the
    /// command's business.</param>
    public ReportOptions(BilingualCommand command, Language language, FormChoice standard)
    {
        (_language, _standard) = (language, standard);
        bool isDiagnosis = standard.Findings == FindingsShown.Always;
        foreach (FormChoice choice in FormCatalog.All.Where(choice => !isDiagnosis || choice.Findings != FindingsShown.Never))
        {
            _forms[choice] = choice.Target switch
            {
                FormTarget.Output => command.Flag(choice.Option, choice.English, choice.Portuguese),
                _ => command.Value(choice.Option, choice.Target switch
                {
                    FormTarget.Words => string.Join('|', choice.Words),
                    FormTarget.File => language.Pick("FILE", "ARQUIVO"),
                    FormTarget.Folder => language.Pick("FOLDER", "PASTA"),
                    FormTarget.Collector => "URL",
                    _ => language.Pick("ADDRESS", "ENDEREÇO"),
                }, choice.English, choice.Portuguese),
            };
            if (choice.Target == FormTarget.Words) ((Option<string>)_forms[choice]).AcceptOnlyFromAmong([.. choice.Words]);
        }

        if (!isDiagnosis) _credentials = command.Flag("--credentials", "With --code, also passwords, tokens and cookies",
            "Com --code, também senhas, tokens e cookies");
        _packets = command.Flag("--packets", "With --parquet or --csv, also a table of packets",
            "Com --parquet ou --csv, também uma tabela de pacotes");

        _connection = command.Number("--connection", "N", 1, long.MaxValue, "Only this connection", "Apenas esta conexão");
        _processes = new ProcessOptions(command, language);
        _between = command.Value(
            "--between",
            "T1..T2",
            "Only this part of the capture; each a time as lines show it (12:05:01.5), with a date before it (2026-11-28T12:05:01), or "
                + "how long after the first packet (90s); either may be left out",
            "Apenas esta parte da captura; cada um uma hora como as linhas mostram (12:05:01.5), com a data antes (2026-11-28T12:05:01), "
                + "ou quanto depois do primeiro pacote (90s); qualquer um pode faltar");
        _where = command.Value(
            "--where",
            language.Pick("CONDITION", "CONDIÇÃO"),
            "Only exchanges of which it holds: status>=500 or server>200ms. Operators = != < <= > >= ~ !~ (pattern), and, or, not, "
                + $"brackets; what is unknown compares false. Fields: {ConditionWords.Names}",
            "Apenas trocas em que ela vale: status>=500 or server>200ms. Operadores = != < <= > >= ~ !~ (padrão), and, or, not, "
                + $"parênteses; o desconhecido compara falso. Campos: {ConditionWords.Names}");
        if (!isDiagnosis)
        {
            _sort = command.Value("--sort", language.Pick("KEY", "CHAVE"), $"Order of --summary: {SummarySorts.Names}",
                $"Ordem de --summary: {SummarySorts.Names}");
            _top = command.Number("--top", "N", 1, int.MaxValue, "With --summary, only N connections (default 20)",
                "Com --summary, apenas N conexões (padrão 20)");
            _findings = command.Flag(
                "--findings",
                "With lines or --ndjson, also what went wrong on each connection; the other forms but --summary always show it",
                "Com linhas ou --ndjson, também o que deu errado em cada conexão; as outras formas, salvo --summary, sempre mostram");
        }

        if (isDiagnosis)
        {
            _why = command.Flag(
                "--why",
                "With each finding, what else it might have been and what excludes that; what would settle what is not certain",
                "Com cada achado, o que mais poderia ser e o que o exclui; o que decidiria o que não é certo");
        }

        _full = command.Flag("--full", "With JSON, messages whole, up to 4 MiB each, and not just their first 256 bytes",
            "Com JSON, as mensagens inteiras, até 4 MiB cada, e não só seus primeiros 256 bytes");
        _digests = command.Flag("--digests", "With JSON, the SHA-256 of every stream", "Com JSON, o SHA-256 de cada fluxo");
        _ascii = command.Flag("--ascii", "Draw with ASCII characters only", "Desenha apenas com caracteres ASCII");
    }

    /// <summary>Where text goes that no option sends elsewhere; standard output unless set.</summary>
    public Func<Stream> Output { get; set; } = StandardOutputPipe.Open;

    /// <summary>What makes a check fail; null for what goes wrong at all.</summary>
    public FailOn? FailOn { get; set; }

    /// <summary>Whether what went wrong is looked for though the form does not show it.</summary>
    public bool AlwaysJudges { get; init; }

    /// <summary>Whether a form, a connection or findings are asked for.</summary>
    public bool AsksForAny(OptionValues values) => _forms.Values.Append(_connection).Append(_between).Any(values.Has)
        || (_findings is not null && values.Has(_findings));

    /// <summary>What the tracker is to do of what the options ask for.</summary>
    public TracingOptions Apply(TracingOptions options, OptionValues values)
    {
        options = options with { Digests = values.Has(_digests), Where = Where(values) };
        return options.Where is null ? options : options with { HeadBytes = Math.Max(options.HeadBytes, FormBounds.HeadBytes) };
    }

    /// <summary>The report that a command line asks for.</summary>
    /// <param name="values">The command line.</param>
    /// <param name="isLive">Whether it is of something that happens now.</param>
    /// <param name="diagnosis">Whether what went wrong is told as text: in place of lines, or beside another form.</param>
    /// <exception cref="UserError">The options contradict each other.</exception>
    public Report Open(OptionValues values, bool isLive, bool diagnosis = false)
    {
        _ = Where(values);
        FormChoice? chosen = Chosen(values) ?? (diagnosis ? FormCatalog.Diagnosis : null);
        FormChoice[] beside = [.. _forms.Keys.Where(choice => choice.IsBeside && values.Has(_forms[choice]))];
        if (values.Has(_packets) && !beside.Any(choice => choice.Target == FormTarget.Folder))
            throw values.Wrong("--packets goes with --parquet or --csv", "--packets vai com --parquet ou --csv");
        FormChoice choice = chosen ?? beside.FirstOrDefault() ?? _standard;
        FormChoice[] choices = [choice, .. beside.Where(other => other != choice)];
        bool isAsked = _findings is not null && values.Has(_findings);
        if (isAsked && choice.Findings == FindingsShown.Never)
            throw values.Wrong($"--findings and {choice.Option} exclude each other", $"--findings e {choice.Option} se excluem");
        bool judges = isAsked || diagnosis || choices.Append(_standard).Any(choice => choice.Findings == FindingsShown.Always);
        var selection = new Selection(values.Of(_connection)
            ?? (choice.IsOfOneConnection ? 1 : null), Between(values), _processes.Choice(values));
        JudgedConnections? judged = judges || AlwaysJudges ? new JudgedConnections { Selection = selection } : null;
        Stream output = Output();
        string? path = choice.Target == FormTarget.File ? Named(choice, values) : null;
        var settings = new FormSettings
        {
            Output = path is null or "-" ? output : new ReportFile(path),
            Packets = values.Has(_packets),
            Credentials = _credentials is not null && values.Has(_credentials),
            Text = Terminal.Options(_language) with
            {
                Ascii = Terminal.AsciiOnly || values.Has(_ascii),
                Why = _why is not null && values.Has(_why)
            },
            Columns = !Console.IsOutputRedirected,
            Full = values.Has(_full),
            IsLive = isLive,
            Sort = _sort is null ? default : SummarySorts.Named(values.Of(_sort) ?? "number") ?? throw values.Wrong(_sort),
            Top = _top is null ? 0 : (int)(values.Of(_top) ?? 20),
            FindingsOf = judges ? judged!.FindingsOf : null,
            Note = Console.Error.WriteLine,
        };
        if (FailOn is { } failOn) settings = settings with { Fails = failOn.Names };
        List<IForm> forms = [.. choices.Select(choice => choice.Make(settings with { Target = Named(choice, values) }))];
        if (diagnosis && choice != FormCatalog.Diagnosis)
        {
            if (settings.Output == output && !choice.IsText)
                throw values.Wrong($"--diagnose and {choice.Option} cannot both go to standard output",
                    $"--diagnose e {choice.Option} não cabem os dois na saída padrão");
            forms.Add(FormCatalog.Diagnosis.Make(settings with { Output = output }));
        }

        return new Report(forms is [var only] ? only : new SeveralForms(forms), judged, selection)
        {
            Outputs = [output, settings.Output],
            ShowsAsItGoes = choice.ShowsAsItGoes && settings.Columns,
        };
    }

    private string? Named(FormChoice choice, OptionValues values) =>
        _forms.GetValueOrDefault(choice) is Option<string> option ? values.Of(option) : null;

    private ExchangeCondition? Where(OptionValues values)
    {
        if (values.Of(_where) is not { } text) return null;
        return ExchangeCondition.TryParse(text, out ExchangeCondition? where, out ConditionError error) ? where
            : throw new UserError(ConditionWords.Refusal(text, error, _language), ExitCode.Usage);
    }

    private Period? Between(OptionValues values)
    {
        if (values.Of(_between) is not { } text) return null;
        return PeriodText.TryParse(text, TimeZoneInfo.Local, out Period? period) ? period : throw values.Wrong(
            $"--between: expected T1..T2 such as 12:05..12:06:30.5, 90s..2m or ..2026-11-28T12:00:00, got '{text}'",
            $"--between: esperava T1..T2 como 12:05..12:06:30.5, 90s..2m ou ..2026-11-28T12:00:00, veio '{text}'");
    }

    private FormChoice? Chosen(OptionValues values)
    {
        FormChoice[] chosen = [.. _forms.Keys.Where(choice => !choice.IsBeside && values.Has(_forms[choice]))];
        if (chosen.Length < 2) return chosen.FirstOrDefault();
        string rest = string.Join(", ", chosen[..^1].Select(choice => choice.Option)), last = chosen[^1].Option;
        throw values.Wrong($"{rest} and {last} exclude each other", $"{rest} e {last} se excluem");
    }
}
