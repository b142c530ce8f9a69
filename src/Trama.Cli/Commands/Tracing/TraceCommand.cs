using System.CommandLine;
using Trama.Cli.CommandLine;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Reports;
using Trama.Reports.Forms;

namespace Trama.Cli.Commands.Tracing;

/// <summary><c>trama trace</c>: every exchange, one line each, or drawn, counted or as data.</summary>
internal sealed class TraceCommand : BilingualCommand
{
    private readonly Language _language;
    private readonly ReportOptions _report;
    private readonly InputOptions _input;
    private readonly ThreadsOption _threads;

    public TraceCommand(Language language) : base(
        language,
        "trace",
        language.Pick("What the programs said to each other, exchange by exchange, and how long each part took",
            "O que os programas disseram um ao outro, troca a troca, e quanto durou cada parte"),
        ("trama trace file.pcap", language.Pick("one line per exchange", "uma linha por troca")),
        ("trama trace file.pcap --ladder --connection 2", language.Pick("the second connection, drawn", "a segunda conexão, desenhada")),
        ("trama trace ticket.txt", language.Pick("lines of tcpdump that somebody pasted", "linhas do tcpdump que alguém colou")),
        ("trama trace -i lo port 5000", language.Pick("as it happens", "enquanto acontece")),
        ("trama trace file.pcap --summary --sort server-time --top 10",
            language.Pick("the ten slowest connections", "as dez conexões mais lentas")))
    {
        _language = language;
        Group("Report", "Relatório");
        _report = new ReportOptions(this, language, FormCatalog.Lines);
        Group("Input", "Entrada");
        _input = new InputOptions(this, language);
        _threads = new ThreadsOption(this);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        var values = new OptionValues(parse, _language);
        TraceInput input = _input.Input(parse, values);
        bool isLive = input.Files.Count == 0;
        using Report report = _report.Open(values, isLive);
        input.EndsClosed = report.Diagnoses;
        var shown = new ReportedInput(input, report, _language)
        {
            Adjust = options => _report.Apply(options, values) with
            {
                Framing = _input.Framing(values),
                Threads = _threads.Of(values, report),
            },
        };
        shown.Show();
        return shown.IsTruncated ? ExitCode.Failed : ExitCode.Done;
    }
}
