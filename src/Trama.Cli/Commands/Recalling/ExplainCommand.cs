using System.CommandLine;
using Trama.Cli.CommandLine;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Reports;

namespace Trama.Cli.Commands.Recalling;

/// <summary><c>trama explain</c>: what went wrong in a time of the past, in the order in which it began.</summary>
internal sealed class ExplainCommand : BilingualCommand
{
    private readonly Language _language;
    private readonly Argument<string?> _period;
    private readonly Option<string> _store;

    public ExplainCommand(Language language) : base(
        language,
        "explain",
        language.Pick("What went wrong in a time of the past, in order: what began first, what followed, where",
            "O que deu errado em um tempo do passado, em ordem: o que começou primeiro, o que veio depois, onde"),
        ("trama explain 02:47", language.Pick("that minute", "esse minuto")),
        ("trama explain -1h", language.Pick("the last hour", "a última hora")))
    {
        _language = language;
        _period = HistoryCommand.PeriodArgument(language);
        Add(_period);
        _store = StorePlace.Option(this);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        var values = new OptionValues(parse, _language);
        string text = parse.GetValue(_period) ?? throw values.Wrong("say when: 02:47, 02:40..02:50 or -15m",
            "diga quando: 02:47, 02:40..02:50 ou -15m");
        PastPeriod period = PastPeriod.Named(text, values);
        using Stream output = StandardOutputPipe.Open();
        var story = new Story(output, period, _language);
        // What is only noted is no trouble; of one kind at one server it tells once.
        new StoreQuestion(StorePlace.Of(values, _store, _language), isHub: false, _language).Ask(period, $"""
            SELECT min(happenedAt) AS began, max(happenedAt) AS ended, id, party, severity, server, count(*) AS findings,
                count(DISTINCT client) AS clients, arg_min("text", happenedAt) AS said, any_value(confidence) AS confidence
            FROM findings WHERE happenedAt BETWEEN {period.From} AND {period.To} AND severity <> 'info'
            GROUP BY id, party, severity, server ORDER BY began, severity DESC, id, server LIMIT {Story.Most + 1}
            """, story);
        return ExitCode.Done;
    }
}
