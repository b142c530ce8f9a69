using System.CommandLine;
using Trama.Cli.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Diagnosis;
using Trama.Diagnosis.Joined;
using Trama.Reports;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Cli.Commands.Tracing;

/// <summary><c>trama trace</c>: every exchange, one line each, or drawn, counted or as data.</summary>
internal sealed class TraceCommand : BilingualCommand
{
    /// <summary>How many first bytes of a message are told.</summary>
    public const int UsualHeadBytes = 256;

    /// <summary>How many packet numbers of a message are told.</summary>
    public const int MaxPacketNumbers = 4096;

    private const int SegmentsDrawn = 5000;

    private readonly Language _language;
    private readonly Option<string> _connection, _svg, _html, _sort, _top;
    private readonly Option<bool> _ladder, _summary, _json, _ndjson, _findings, _full, _digests, _ascii;
    private readonly InputOptions _input;

    public TraceCommand(Language language) : base(
        language,
        "trace",
        language.Pick("What the programs said to each other, exchange by exchange, and how long each part took", "O que os programas disseram um ao outro, troca a troca, e quanto durou cada parte"),
        ("trama trace file.pcap", language.Pick("one line per exchange", "uma linha por troca")),
        ("trama trace file.pcap --ladder --connection 2", language.Pick("the second connection, drawn", "a segunda conexão, desenhada")),
        ("trama trace -i lo port 5000", language.Pick("as it happens", "enquanto acontece")),
        ("trama trace file.pcap --summary --sort server-time --top 10", language.Pick("the ten slowest connections", "as dez conexões mais lentas")))
    {
        _language = language;
        _ladder = Flag("--ladder", "draw each connection: two lifelines, segments and messages", "desenha cada conexão: duas linhas de vida, segmentos e mensagens");
        _summary = Flag("--summary", "a table of connections, and latencies per server", "uma tabela de conexões e as latências por servidor");
        _sort = Value("--sort", "KEY", "order of --summary: number, duration, bytes, exchanges, retransmissions, rtt, server-time", "ordem de --summary: number, duration, bytes, exchanges, retransmissions, rtt, server-time");
        _top = Value("--top", "N", "with --summary, only N connections (default 20)", "com --summary, apenas N conexões (padrão 20)");
        _json = Flag("--json", "one JSON document", "um documento JSON");
        _ndjson = Flag("--ndjson", "one JSON object a line, as soon as it is known", "um objeto JSON por linha, assim que é conhecido");
        _svg = Value("--svg", "FILE", "the ladder of one connection as a picture", "o desenho de uma conexão como figura");
        _html = Value("--html", "FILE", "a page with connections, ladders, messages and plots", "uma página com conexões, desenhos, mensagens e gráficos");
        _connection = Value("--connection", "N", "only this connection", "apenas esta conexão");
        _findings = Flag("--findings", "with lines or --ndjson, also what went wrong on each connection; the other forms but --summary always show it", "com linhas ou --ndjson, também o que deu errado em cada conexão; as outras formas, salvo --summary, sempre mostram");
        _full = Flag("--full", "with JSON, messages whole and not just their first 256 bytes", "com JSON, as mensagens inteiras e não só seus primeiros 256 bytes");
        _digests = Flag("--digests", "with JSON, the SHA-256 of every stream", "com JSON, o SHA-256 de cada fluxo");
        _ascii = Flag("--ascii", "draw with ASCII characters only", "desenha apenas com caracteres ASCII");
        _input = new InputOptions(this, language);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        var values = new OptionValues(parse, _language);
        TraceForm form = Form(values);
        TraceInput input = _input.Input(parse, values);
        bool full = values.Has(_full);
        // These keep segments or exchanges anyway.
        bool diagnoses = form is TraceForm.Ladder or TraceForm.Json or TraceForm.Svg or TraceForm.Html || values.Has(_findings);
        if (diagnoses && form == TraceForm.Summary) throw values.Wrong("--findings and --summary exclude each other", "--findings e --summary se excluem");
        input.EndsClosed = diagnoses;
        TracingOptions options = (diagnoses ? Diagnoser.Options : new TracingOptions()) with
        {
            Framing = _input.Framing(values),
            KeepExchanges = form is TraceForm.Ladder or TraceForm.Svg or TraceForm.Html,
            KeptSegments = form is TraceForm.Ladder or TraceForm.Svg or TraceForm.Html ? SegmentsDrawn : 0,
            HeadBytes = form is TraceForm.Summary ? 0 : full ? int.MaxValue : UsualHeadBytes,
            MaxPacketNumbers = diagnoses || form == TraceForm.NdJson ? MaxPacketNumbers : 0,
            Digests = values.Has(_digests),
            // Live, batches would wait for packets.
            MessagesApart = input.Files.Count > 0 && Environment.ProcessorCount > 1,
        };
        using var report = new TraceReport(form, Terminal.Options(_language) with { Ascii = Terminal.AsciiOnly || values.Has(_ascii) }, full)
        {
            Diagnoses = diagnoses,
            // A picture shows one connection, the first unless another is asked for.
            Only = values.Number(_connection, 1, long.MaxValue) ?? (form == TraceForm.Svg ? 1 : null),
            Path = values.Text(_svg) ?? values.Text(_html),
            Sort = TraceReport.SortNamed(values.Text(_sort) ?? "number") ?? throw values.Wrong(_sort),
            Top = (int)(values.Number(_top, 1, int.MaxValue) ?? 20),
        };
        report.Begin();
        var captures = new TwoCaptures(input, _language);
        if (captures.AreTwoPlaces())
        {
            int kept = form == TraceForm.Html ? SegmentsDrawn : JoinedDiagnoser.Options.KeptSegments;
            TracingOptions joint = options with { TellSegments = true, KeepExchanges = true, KeptSegments = kept };
            (JoinedCapture joined, CaptureDiagnosis diagnosis) = captures.Join(joint, joint);
            report.Show(joined, diagnosis, input.Files, captures.IsTruncated);
            return captures.IsTruncated ? ExitCode.Failed : ExitCode.Done;
        }

        var tracker = new ConnectionTracker(options, report.Sink);
        input.Run(tracker, report.Flush);
        tracker.Complete();
        ThrowIfEmpty(tracker.Totals, input, report);
        report.End(tracker.Totals, input.Files, input.IsTruncated);
        return input.IsTruncated ? ExitCode.Failed : ExitCode.Done;
    }

    private TraceForm Form(OptionValues values)
    {
        TraceForm[] forms =
        [
            .. new (Option Option, TraceForm Form)[]
            {
                (_ladder, TraceForm.Ladder), (_summary, TraceForm.Summary), (_json, TraceForm.Json), (_ndjson, TraceForm.NdJson), (_svg, TraceForm.Svg), (_html, TraceForm.Html),
            }.Where(pair => values.Has(pair.Option)).Select(pair => pair.Form),
        ];
        return forms.Length switch
        {
            0 => TraceForm.Lines,
            1 => forms[0],
            _ => throw values.Wrong(
                "--ladder, --summary, --json, --ndjson, --svg and --html exclude each other", "--ladder, --summary, --json, --ndjson, --svg e --html se excluem"),
        };
    }

    private void ThrowIfEmpty(CaptureTotals totals, TraceInput input, TraceReport report)
    {
        input.ThrowIfNoTcp(totals);
        // A file that ended early was told of already.
        if (input.IsTruncated && totals.Connections == 0) return;
        if (report.Only is { } asked && asked > totals.Connections) throw TraceReport.NoSuchConnection(asked, totals.Connections, _language);
    }
}
