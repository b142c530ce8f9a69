using System.CommandLine;
using Trama.Cli.CommandLine;
using Trama.Cli.Commands.Tracing;
using Trama.Cli.ThisProcess;
using Trama.Diagnosis;
using Trama.Diagnosis.Joined;
using Trama.Reports;
using Trama.Reports.Findings;
using Trama.Reports.Text;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Cli.Commands.Diagnosing;

/// <summary><c>trama diagnose</c>: what went wrong, whose it is, and the packets that prove it.</summary>
internal sealed class DiagnoseCommand : BilingualCommand
{
    private const int MessageExcerptBytes = 96;

    private readonly Language _language;
    private readonly Option<bool> _json, _ndjson, _full, _ascii;
    private readonly Option<string> _failOn, _explain;
    private readonly InputOptions _input;

    public DiagnoseCommand(Language language) : base(
        language,
        "diagnose",
        language.Pick("What went wrong, whose it is, and the packets that prove it", "O que deu errado, de quem é, e os pacotes que provam"),
        ("trama diagnose file.pcap", language.Pick("the verdict, and each connection with its evidence", "o veredito, e cada conexão com suas provas")),
        ("trama diagnose client.pcap server.pcap", language.Pick("two captures of the same connections, one at either end", "duas capturas das mesmas conexões, uma em cada ponta")),
        ("trama diagnose -i eth0 port 443", language.Pick("as connections end; the whole at Ctrl-C", "conforme as conexões terminam; o todo com Ctrl-C")),
        ("trama diagnose --explain packet-loss", language.Pick("what that is, how it comes about, how to cure it", "o que é, como acontece, como se cura")),
        ("trama diagnose file.pcap --fail-on error,packet-loss", language.Pick("for scripts: exit code 3 when there is such a finding", "para scripts: código de saída 3 se há um achado assim")))
    {
        _language = language;
        _json = Flag("--json", "one JSON document: that of trace, with findings and verdict", "um documento JSON: o do trace, com achados e veredito");
        _ndjson = Flag("--ndjson", "one JSON object a line, as soon as it is known", "um objeto JSON por linha, assim que é conhecido");
        _full = Flag("--full", "with JSON, messages whole and not just their first 256 bytes", "com JSON, as mensagens inteiras e não só seus primeiros 256 bytes");
        _failOn = new Option<string>("--fail-on")
        {
            HelpName = language.Pick("LIST", "LISTA"),
            Description = language.Pick("exit with 3 when something of it is found: warning, error, or findings by name, with commas", "termina com 3 se algo dela é achado: warning, error, ou achados pelo nome, com vírgulas"),
        };
        _explain = new Option<string>("--explain")
        {
            HelpName = "[ID]",
            Description = language.Pick("explain a finding; alone: list them all", "explica um achado; sozinho: lista todos"),
            Arity = ArgumentArity.ZeroOrOne,
        };
        Add(_failOn);
        Add(_explain);
        _ascii = Flag("--ascii", "draw with ASCII characters only", "desenha apenas com caracteres ASCII");
        _input = new InputOptions(this, language);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        var values = new OptionValues(parse, _language);
        TextOptions drawing = Terminal.Options(_language) with { Ascii = Terminal.AsciiOnly || values.Has(_ascii) };
        if (values.Has(_explain)) return Explain(values.Text(_explain), drawing);
        FailOn? failOn = Named(values);
        DiagnosisForm form = Form(values);
        TraceInput input = _input.Input(parse, values);
        input.EndsClosed = true;

        using var report = new DiagnosisReport(form, drawing, values.Has(_full))
        {
            IsLive = input.Files.Count == 0,
        };
        var captures = new TwoCaptures(input, _language);
        CaptureDiagnosis diagnosis;
        if (captures.AreTwoPlaces())
        {
            TracingOptions options = Tracing(form, values) with { KeepExchanges = true, KeptSegments = JoinedDiagnoser.Options.KeptSegments };
            (JoinedCapture joined, diagnosis) = captures.Join(options, options);
            if (form == DiagnosisForm.Text && diagnosis.Connections.Count > 0)
            {
                // The ladders of what was found name the messages, at the packets where they begin. The others' would take most of the memory.
                options = options with { HeadBytes = MessageExcerptBytes, MaxPacketNumbers = 1 };
                (joined, diagnosis) = captures.Join(
                    options with { ExchangesOf = joined.NumbersOf(diagnosis.Connections.Select(c => c.Id), inFirst: true) },
                    options with { ExchangesOf = joined.NumbersOf(diagnosis.Connections.Select(c => c.Id), inFirst: false) });
            }

            report.Show(joined, diagnosis, input.Files, captures.IsTruncated);
        }
        else
        {
            captures.TellIfUnrelated();
            diagnosis = OnePlace(input, Tracing(form, values), report);
        }

        return failOn?.IsMet(diagnosis) == true ? ExitCode.FindingsFound : captures.IsTruncated || input.IsTruncated ? ExitCode.Failed : ExitCode.Done;
    }

    private CaptureDiagnosis OnePlace(TraceInput input, TracingOptions options, DiagnosisReport report)
    {
        var tracker = new ConnectionTracker(options, report.Sink);
        input.Run(tracker, report.Flush);
        tracker.Complete();
        input.ThrowIfNoTcp(tracker.Totals);
        if (tracker.Totals.Packets == 0 && input.Filter.Length > 0)
            Console.Error.WriteLine(_language.Pick($"no packet passed the filter '{input.Filter}'", $"nenhum pacote passou pelo filtro '{input.Filter}'"));
        return report.End(tracker.Totals, input.Files, input.IsTruncated);
    }

    private DiagnosisForm Form(OptionValues values) => (values.Has(_json), values.Has(_ndjson)) switch
    {
        (true, true) => throw values.Wrong("--json and --ndjson exclude each other", "--json e --ndjson se excluem"),
        (true, _) => DiagnosisForm.Json,
        (_, true) => DiagnosisForm.NdJson,
        _ => DiagnosisForm.Text,
    };

    // JSON tells of messages what trace tells of them.
    private TracingOptions Tracing(DiagnosisForm form, OptionValues values)
    {
        if (form == DiagnosisForm.Text) return Diagnoser.OptionsAlone with { Framing = _input.Framing(values) };
        return Diagnoser.Options with
        {
            Framing = _input.Framing(values),
            HeadBytes = values.Has(_full) ? int.MaxValue : TraceCommand.UsualHeadBytes,
            MaxPacketNumbers = TraceCommand.MaxPacketNumbers,
        };
    }

    private int Explain(string? name, TextOptions options)
    {
        string text = name is null ? FindingExplanations.List(options)
            : FindingNames.Find(name) is { } id ? FindingExplanations.Of(id, options)
            : throw Unknown(name);
        Console.Out.Write(text);
        return ExitCode.Done;
    }

    private FailOn? Named(OptionValues values)
    {
        if (values.Text(_failOn) is not { } text) return null;
        return FailOn.TryParse(text, out FailOn failOn, out string unknown) ? failOn : throw Unknown(unknown, "warning, error, ");
    }

    private UserError Unknown(string name, string others = "") => new(
        _language.Pick($"there is no finding '{name}'; there are: ", $"não há achado '{name}'; há: ") + others + string.Join(", ", FindingNames.All), ExitCode.Usage);
}
