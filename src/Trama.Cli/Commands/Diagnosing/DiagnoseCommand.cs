using System.CommandLine;
using Trama.Cli.CommandLine;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Diagnosis;
using Trama.Reports;
using Trama.Reports.Findings;
using Trama.Reports.Forms;
using Trama.Reports.Text;

namespace Trama.Cli.Commands.Diagnosing;

/// <summary><c>trama diagnose</c>: what went wrong, whose it is, and the packets that prove it.</summary>
internal sealed class DiagnoseCommand : BilingualCommand
{
    private readonly Language _language;
    private readonly ReportOptions _report;
    private readonly Option<string> _failOn, _explain;
    private readonly InputOptions _input;
    private readonly ThreadsOption _threads;

    public DiagnoseCommand(Language language) : base(
        language,
        "diagnose",
        language.Pick("What went wrong, whose it is, and the packets that prove it",
            "O que deu errado, de quem é, e os pacotes que provam"),
        ("trama diagnose file.pcap", language.Pick("the verdict, and each connection with its evidence",
            "o veredito, e cada conexão com suas provas")),
        ("trama diagnose client.pcap server.pcap", language.Pick("two captures of the same connections, one at either end",
            "duas capturas das mesmas conexões, uma em cada ponta")),
        ("trama diagnose -i eth0 port 443", language.Pick("as connections end; the whole at Ctrl-C",
            "conforme as conexões terminam; o todo com Ctrl-C")),
        ("trama diagnose file.pcap --why", language.Pick("what else each finding might have been, and what excludes it",
            "o que mais cada achado poderia ser, e o que o exclui")),
        ("trama diagnose --explain packet-loss", language.Pick("what that is, how it comes about, how to cure it",
            "o que é, como acontece, como se cura")),
        ("trama diagnose file.pcap --fail-on error,packet-loss", language.Pick(
            "for scripts: exit code 3 when there is such a finding", "para scripts: código de saída 3 se há um achado assim")),
        ("trama diagnose file.pcap --format sarif", language.Pick("for code scanning; junit, github and markdown for other services",
            "para análise de código; junit, github e markdown para outros serviços")))
    {
        _language = language;
        Group("Report", "Relatório");
        _report = new ReportOptions(this, language, FormCatalog.Diagnosis);
        _failOn = FailOn.Option(language);
        _explain = new Option<string>("--explain")
        {
            HelpName = "[ID]",
            Description = language.Pick("Explain a finding; alone: list them all", "Explica um achado; sozinho: lista todos"),
            Arity = ArgumentArity.ZeroOrOne,
        };
        Add(_failOn);
        Add(_explain);
        Group("Input", "Entrada");
        _input = new InputOptions(this, language);
        _threads = new ThreadsOption(this);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        var values = new OptionValues(parse, _language);
        if (values.Has(_explain)) return Explain(values.Of(_explain), Terminal.Options(_language));
        FailOn? failOn = _report.FailOn = FailOn.Named(values.Of(_failOn), _language);
        TraceInput input = _input.Input(parse, values);
        input.EndsClosed = true;
        using Report report = _report.Open(values, isLive: input.Files.Count == 0);
        var shown = new ReportedInput(input, report, _language)
        {
            Adjust = options => _report.Apply(options, values) with
            {
                Framing = _input.Framing(values),
                Threads = _threads.Of(values, report),
            },
            TellsOfNothing = true,
        };
        CaptureDiagnosis diagnosis = shown.Show();
        return failOn?.IsMet(diagnosis) == true ? ExitCode.FindingsFound : shown.IsTruncated ? ExitCode.Failed : ExitCode.Done;
    }

    private int Explain(string? name, TextOptions options)
    {
        string text = name is null ? FindingExplanations.List(options)
            : FindingNames.Find(name) is { } id ? FindingExplanations.Of(id, options)
            : throw FailOn.Unknown(name, "", _language);
        Console.Out.Write(text);
        return ExitCode.Done;
    }
}
