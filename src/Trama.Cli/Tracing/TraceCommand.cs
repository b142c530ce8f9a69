using System.CommandLine;
using Trama.Captures.Live;
using Trama.Framing;
using Trama.Reports;
using Trama.Tracing;

namespace Trama.Cli.Tracing;

/// <summary><c>trama trace</c>: every exchange, one line each, or drawn, counted or as data.</summary>
internal sealed class TraceCommand : ExampledCommand
{
    private const int SegmentsDrawn = 5000;

    // Half a second of 160,000 small packets a second: the command may have to wait so long for a processor.
    private const int LiveBufferBytes = 16 << 20;

    private readonly Language _language;
    private readonly Argument<string[]> _inputs;
    private readonly Option<string> _device, _read, _framing, _connection, _svg, _html, _sort, _top, _snapLength, _bufferSize;
    private readonly Option<bool> _ladder, _summary, _json, _ndjson, _full, _digests, _ascii, _noPromiscuous;

    public TraceCommand(Language language) : base(
        "trace",
        language.Pick("What the programs said to each other, exchange by exchange, and how long each part took", "O que os programas disseram um ao outro, troca a troca, e quanto durou cada parte"),
        ("trama trace file.pcap", language.Pick("one line per exchange", "uma linha por troca")),
        ("trama trace file.pcap --ladder --connection 2", language.Pick("the second connection, drawn", "a segunda conexão, desenhada")),
        ("trama trace -i lo port 5000", language.Pick("as it happens", "enquanto acontece")),
        ("trama trace file.pcap --summary --sort server-time --top 10", language.Pick("the ten slowest connections", "as dez conexões mais lentas")))
    {
        _language = language;
        _inputs = new Argument<string[]>("inputs")
        {
            HelpName = language.Pick("FILE… or FILTER", "ARQUIVO… ou FILTRO"),
            Description = language.Pick("capture files ('-': standard input), then a filter; with -i only a filter", "arquivos de captura ('-': a entrada padrão), depois um filtro; com -i só um filtro"),
            Arity = ArgumentArity.ZeroOrMore,
        };
        Add(_inputs);
        _device = Value("-i", "--interface", "IF", "capture on this device; 'any' for all of them", "captura neste dispositivo; 'any' para todos");
        _read = Value("-r", null, "FILE", "a capture file to read, as dump takes it", "um arquivo de captura, como no dump");
        _ladder = Flag("--ladder", "draw each connection: two lifelines, segments and messages", "desenha cada conexão: duas linhas de vida, segmentos e mensagens");
        _summary = Flag("--summary", "a table of connections, and latencies per server", "uma tabela de conexões e as latências por servidor");
        _sort = Value("--sort", null, "KEY", "order of --summary: number, duration, bytes, exchanges, retransmissions, rtt, server-time", "ordem de --summary: number, duration, bytes, exchanges, retransmissions, rtt, server-time");
        _top = Value("--top", null, "N", "with --summary, only N connections (default 20)", "com --summary, apenas N conexões (padrão 20)");
        _json = Flag("--json", "one JSON document", "um documento JSON");
        _ndjson = Flag("--ndjson", "one JSON object a line, as soon as it is known", "um objeto JSON por linha, assim que é conhecido");
        _svg = Value("--svg", null, "FILE", "the ladder of one connection as a picture", "o desenho de uma conexão como figura");
        _html = Value("--html", null, "FILE", "a page with connections, ladders, messages and plots", "uma página com conexões, desenhos, mensagens e gráficos");
        _connection = Value("--connection", null, "N", "only this connection", "apenas esta conexão");
        _framing = Value("--framing", null, "RULE", $"where messages end: {FramingWords.Names}", $"onde as mensagens terminam: {FramingWords.Names}");
        _full = Flag("--full", "with JSON, messages whole and not just their first 256 bytes", "com JSON, as mensagens inteiras e não só seus primeiros 256 bytes");
        _digests = Flag("--digests", "with JSON, the SHA-256 of every stream", "com JSON, o SHA-256 de cada fluxo");
        _ascii = Flag("--ascii", "draw with ASCII characters only", "desenha apenas com caracteres ASCII");
        _snapLength = Value("-s", "--snapshot-length", "BYTES", "capture at most so many bytes of a packet", "captura no máximo tantos bytes de cada pacote");
        _bufferSize = Value("-B", "--buffer-size", "KIB", "the size of the capture buffer (default 16384)", "o tamanho do buffer de captura (padrão 16384)");
        _noPromiscuous = Flag("-p", "no promiscuous mode", "sem modo promíscuo");
        SetAction(Run);
    }

    private Option<string> Value(string name, string? alias, string value, string english, string portuguese)
    {
        var option = new Option<string>(name, alias is null ? [] : [alias]) { HelpName = value, Description = _language.Pick(english, portuguese) };
        Add(option);
        return option;
    }

    private Option<bool> Flag(string name, string english, string portuguese)
    {
        var option = new Option<bool>(name) { Description = _language.Pick(english, portuguese), Arity = ArgumentArity.Zero };
        Add(option);
        return option;
    }

    private int Run(ParseResult parse)
    {
        var values = new OptionValues(parse, _language);
        TraceForm form = Form(values);
        TraceInput input = Input(values, parse.GetValue(_inputs) ?? []);
        bool full = values.Has(_full);
        var options = new TracingOptions
        {
            Framing = Rule(values),
            KeepExchanges = form is TraceForm.Ladder or TraceForm.Json or TraceForm.Svg or TraceForm.Html,
            KeptSegments = form is TraceForm.Ladder or TraceForm.Svg or TraceForm.Html ? SegmentsDrawn : 0,
            HeadBytes = form is TraceForm.Summary ? 0 : full ? int.MaxValue : 256,
            MaxPacketNumbers = form is TraceForm.Lines or TraceForm.Summary ? 0 : 4096,
            Digests = values.Has(_digests),
        };
        using var report = new TraceReport(form, Terminal.Options(_language) with { Ascii = Terminal.AsciiOnly || values.Has(_ascii) }, full)
        {
            // A picture shows one connection, the first unless another is asked for.
            Only = values.Number(_connection, 1, long.MaxValue) ?? (form == TraceForm.Svg ? 1 : null),
            Path = values.Text(_svg) ?? values.Text(_html),
            Sort = TraceReport.SortNamed(values.Text(_sort) ?? "number") ?? throw values.Wrong(_sort),
            Top = (int)(values.Number(_top, 1, int.MaxValue) ?? 20),
        };
        report.Begin();
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

    private TraceInput Input(OptionValues values, string[] inputs)
    {
        long snapLength = values.Number(_snapLength, 0, 262_144) ?? 0;
        var live = new LiveOptions
        {
            SnapLength = snapLength == 0 ? 262_144 : (int)snapLength,
            Promiscuous = !values.Has(_noPromiscuous),
            BufferBytes = (int?)(values.Number(_bufferSize, 1, int.MaxValue / 1024) * 1024) ?? LiveBufferBytes,
        };
        if (values.Has(_device) && values.Has(_read)) throw values.Wrong("-i and -r exclude each other", "-i e -r se excluem");
        if (values.Text(_device) is { } device) return new TraceInput(_language) { Device = device, Filter = string.Join(' ', inputs), Live = live };
        if (values.Text(_read) is { } file) return new TraceInput(_language) { Files = [file], Filter = string.Join(' ', inputs) };
        if (inputs.Length == 0) throw values.Wrong("name a capture file, or a device with -i", "informe um arquivo de captura, ou um dispositivo com -i");
        (IReadOnlyList<string> files, string filter) = TraceInput.Split(inputs, _language);
        return new TraceInput(_language) { Files = files, Filter = filter };
    }

    private FramingRule Rule(OptionValues values)
    {
        if (values.Text(_framing) is not { } text) return FramingRule.Auto;
        if (FramingRuleParser.TryParse(text, out FramingRule? rule, out FramingRuleError error)) return rule;
        throw new UserError(FramingWords.Refusal(text, error, _language), ExitCode.Usage);
    }

    private void ThrowIfEmpty(CaptureTotals totals, TraceInput input, TraceReport report)
    {
        if (totals is { Packets: > 0, TcpPackets: 0 })
        {
            throw new UserError(_language.Pick(
                $"there is no TCP in this capture; its packets: {input.Contents}", $"não há TCP nesta captura; seus pacotes: {input.Contents}"));
        }

        // A file that ended early was told of already.
        if (input.IsTruncated && totals.Connections == 0) return;
        if (report.Only is { } asked && asked > totals.Connections) throw TraceReport.NoSuchConnection(asked, totals.Connections, _language);
    }
}
