using System.CommandLine;
using Trama.Cli.CommandLine;
using Trama.Cli.Commands.Diagnosing;
using Trama.Cli.Commands.Tracing;
using Trama.Cli.ThisProcess;
using Trama.Diagnosis;
using Trama.Reports;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Cli.Commands.Relaying;

/// <summary>The options that say how a relay shows what it passes on, and where it keeps that.</summary>
internal sealed class RecordingOptions
{
    private const int SegmentsDrawn = 5000;
    private const int ConnectionsInSummary = 20;

    private readonly Language _language;
    private readonly Option<string> _framing, _svg, _html, _connection, _pcapng;
    private readonly Option<bool> _ladder, _summary, _json, _ndjson, _diagnose, _findings, _full, _ascii, _quiet;

    /// <summary>Adds the options to a command.</summary>
    public RecordingOptions(BilingualCommand command, Language language)
    {
        _language = language;
        string file = language.Pick("FILE", "ARQUIVO");
        _framing = command.Value("--framing", language.Pick("RULE", "REGRA"), $"Where messages end: {FramingWords.Names}", $"Onde as mensagens terminam: {FramingWords.Names}");
        _ladder = command.Flag("--ladder", "Draw each connection once it is over", "Desenha cada conexão depois que termina");
        _summary = command.Flag("--summary", "At the end, a table of connections, and latencies per target", "No fim, uma tabela de conexões e as latências por destino");
        _json = command.Flag("--json", "At the end, one JSON document", "No fim, um documento JSON");
        _ndjson = command.Flag("--ndjson", "One JSON object a line, as soon as it is known", "Um objeto JSON por linha, assim que é conhecido");
        _diagnose = command.Flag("--diagnose", "What went wrong, and whose it is: a line as a connection ends, the whole at the end", "O que deu errado, e de quem é: uma linha quando a conexão termina, o todo no fim");
        _svg = command.Value("--svg", file, "At the end, the ladder of one connection as a picture", "No fim, o desenho de uma conexão como figura");
        _html = command.Value("--html", file, "At the end, a page with connections, ladders and messages", "No fim, uma página com conexões, desenhos e mensagens");
        _connection = command.Value("--connection", "N", "Show only this connection", "Mostra apenas esta conexão");
        _findings = command.Flag("--findings", "With lines or --ndjson, also what went wrong on each connection; the other forms but --summary always show it", "Com linhas ou --ndjson, também o que deu errado em cada conexão; as outras formas, salvo --summary, sempre mostram");
        _full = command.Flag("--full", "With JSON, messages whole and not just their first 256 bytes", "Com JSON, as mensagens inteiras e não só seus primeiros 256 bytes");
        _ascii = command.Flag("--ascii", "Draw with ASCII characters only", "Desenha apenas com caracteres ASCII");
        _pcapng = command.Value("--pcapng", file, "Keep what was said as a synthetic capture", "Guarda o que foi dito como uma captura sintética");
        _quiet = command.Flag("--quiet", "Show no exchanges; what went wrong is still told", "Não mostra as trocas; o que deu errado ainda é contado");
        _quiet.Aliases.Add("-q");
    }

    /// <summary>The recording that a command line asks for; null when nothing is to be shown or kept.</summary>
    /// <exception cref="UserError">The options contradict each other.</exception>
    public RelayRecording? Open(OptionValues values)
    {
        bool isDiagnosed = values.Has(_diagnose);
        TraceForm? form = Form(values);
        if (values.Has(_findings) && (isDiagnosed || form is null or TraceForm.Summary))
            throw values.Wrong("--findings goes with lines, --ndjson or a drawing", "--findings vai com linhas, --ndjson ou um desenho");
        if (values.Has(_connection) && form is null) throw values.Wrong("--connection goes with something that is shown", "--connection vai com algo que se mostre");
        string? file = values.Text(_pcapng);
        if (form is null && file is null && !isDiagnosed) return null;
        bool isDrawn = form is TraceForm.Ladder or TraceForm.Svg or TraceForm.Html;
        bool diagnoses = isDiagnosed || isDrawn || form is TraceForm.Json || values.Has(_findings);
        TracingOptions options = (diagnoses ? Diagnoser.Options : new TracingOptions()) with
        {
            Framing = values.Framing(_framing),
            IsSynthetic = true,
            KeepExchanges = isDrawn,
            KeptSegments = isDrawn ? SegmentsDrawn : 0,
            HeadBytes = isDiagnosed || form is TraceForm.Summary ? 0 : values.Has(_full) ? int.MaxValue : TraceCommand.UsualHeadBytes,
            MaxPacketNumbers = isDiagnosed || form is TraceForm.Lines or TraceForm.Summary ? 0 : TraceCommand.MaxPacketNumbers,
        };
        TextOptions text = Terminal.Options(_language) with { Ascii = Terminal.AsciiOnly || values.Has(_ascii) };
        ITraceReport? report = isDiagnosed ? new DiagnosisReport(DiagnosisForm.Text, text, full: false) { IsLive = true }
            : form is { } shown ? Report(shown, values, text, diagnoses)
            : null;
        return new RelayRecording(options, report, file, _language);
    }

    private TraceReport Report(TraceForm form, OptionValues values, TextOptions text, bool diagnoses)
    {
        var report = new TraceReport(form, text, values.Has(_full))
        {
            Diagnoses = diagnoses,
            Only = values.Number(_connection, 1, long.MaxValue) ?? (form == TraceForm.Svg ? 1 : null),
            Path = values.Text(_svg) ?? values.Text(_html),
            Top = ConnectionsInSummary,
        };
        report.Begin();
        return report;
    }

    // Null when no exchanges are shown.
    private TraceForm? Form(OptionValues values)
    {
        (Option Option, TraceForm? Form)[] forms =
        [
            .. new (Option Option, TraceForm? Form)[]
            {
                (_ladder, TraceForm.Ladder), (_summary, TraceForm.Summary), (_json, TraceForm.Json), (_ndjson, TraceForm.NdJson),
                (_svg, TraceForm.Svg), (_html, TraceForm.Html), (_diagnose, null), (_quiet, null),
            }.Where(pair => values.Has(pair.Option)),
        ];
        return forms.Length switch
        {
            0 => TraceForm.Lines,
            1 => forms[0].Form,
            _ => throw values.Wrong(
                "--ladder, --summary, --json, --ndjson, --svg, --html, --diagnose and --quiet exclude each other",
                "--ladder, --summary, --json, --ndjson, --svg, --html, --diagnose e --quiet se excluem"),
        };
    }
}
