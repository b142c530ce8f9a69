using System.CommandLine;
using Trama.Cli.CommandLine;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Diagnosis;
using Trama.Fleet.Headers;
using Trama.Fleet.Storing;
using Trama.Framing;
using Trama.Reports;
using Trama.Reports.Findings;
using Trama.Reports.Forms;
using Trama.Reports.Json;
using Trama.Reports.Text;

namespace Trama.Cli.Commands.Watching;

/// <summary><c>trama watch</c>: traces all the time, and keeps what <c>trama history</c> and <c>trama explain</c> tell of later.</summary>
internal sealed class WatchCommand : BilingualCommand
{
    private readonly Language _language;
    private readonly InputOptions _input;
    private readonly Option<string> _store, _metrics, _otlp;
    private readonly Option<TimeSpan> _age;
    private readonly Option<long> _rowBytes, _headerBytes;
    private readonly Option<bool> _noHeaders, _noHashes;
    private readonly Option<long?> _payloadHead, _processor;
    private readonly Option<string> _packetsOn, _memory;
    private readonly Option<long> _packetBytes;
    private readonly Option<string[]> _on;
    private readonly FleetOptions _fleet;

    public WatchCommand(Language language) : base(
        language,
        "watch",
        language.Pick("Trace all the time, and keep what history and explain tell of later: a flight recorder",
            "Rastreia o tempo todo, e guarda o que history e explain contam depois: uma caixa-preta"),
        ("sudo trama watch -i any", language.Pick("everything on this machine, into /var/lib/trama",
            "tudo nesta máquina, em /var/lib/trama")),
        ("trama watch -i eth0 --store seen port 5432",
            language.Pick("a database's port, into a folder", "a porta de um banco, em uma pasta")),
        ("trama watch -i any --on retry-storm 'mail -s trama ana'", language.Pick("a command when that is found",
            "um comando quando isso é achado")),
        ("trama history -15m", language.Pick("what was said in the last quarter of an hour", "o que se disse no último quarto de hora")),
        ("trama explain 02:47", language.Pick("what went wrong at that time, in order", "o que deu errado nessa hora, em ordem")))
    {
        _language = language;
        Group("Store", "Armazém");
        _store = StorePlace.Option(this);
        _age = QuantityOptions.Duration(language, "--keep", TimeSpan.FromDays(30), language.Pick(
            "How long rows are kept (default 720h)", "Por quanto tempo linhas são guardadas (padrão 720h)"), TimeSpan.FromMinutes(1));
        _rowBytes = QuantityOptions.Size(language, "--keep-bytes", new StoreLimits().Bytes, language.Pick(
            "How much disk rows take at most; the oldest go first (default 10GiB)",
            "Quanto disco as linhas ocupam no máximo; as mais antigas saem primeiro (padrão 10GiB)"));
        _headerBytes = QuantityOptions.Size(language, "--headers", new StoreLimits().HeaderBytes, language.Pick(
            "How much disk the headers of the latest packets take at most (default 1GiB)",
            "Quanto disco os cabeçalhos dos últimos pacotes ocupam no máximo (padrão 1GiB)"));
        Add(_age);
        Add(_rowBytes);
        Add(_headerBytes);
        _noHeaders = Flag("--no-headers", "Keep no headers: connections cannot be drawn afterwards",
            "Não guarda cabeçalhos: conexões não podem ser desenhadas depois");
        _noHashes = Flag("--no-hashes", "Keep no checksums of payloads beside the headers",
            "Não guarda somas de verificação dos conteúdos ao lado dos cabeçalhos");
        _payloadHead = Number("--payload-head", "N", 0, HeaderRing.MostPayloadHead,
            "Keep so many bytes of each payload, too: what programs said (default 0)",
            "Guarda também tantos bytes de cada conteúdo: o que os programas disseram (padrão 0)");
        _packetsOn = Value("--full-packets-on", language.Pick("FINDING", "ACHADO"),
            "Keep the connection's latest packets whole when FINDING (any: of severity warning) is found; never unless given",
            "Guarda inteiros os últimos pacotes da conexão quando ACHADO (any: de severidade warning) é achado; never se omitido");
        _packetBytes = QuantityOptions.Size(language, "--full-packets", 256L << 20, language.Pick(
            "How much disk these packets take at most (default 256MiB)",
            "Quanto disco esses pacotes ocupam no máximo (padrão 256MiB)"));
        Add(_packetBytes);
        OptionConflicts.Add(this, language, _noHeaders, "--headers", _noHashes.Name, _payloadHead.Name);
        OptionNeeds.Add(this, language, _packetsOn, _packetBytes);
        Group("Budgets", "Orçamentos");
        _processor = Number("--processor", "PERCENT", 1, 6400,
            "Of one processor, so many percent; beyond that fewer healthy exchanges and headers are kept",
            "De um processador, tantos por cento; além disso menos trocas sadias e cabeçalhos são guardados");
        _memory = Value("--memory", "SIZE", "So much memory, likewise", "Tanta memória, do mesmo modo");
        Group("Telling", "Avisos");
        _on = new Option<string[]>("--on")
        {
            HelpName = language.Pick("FINDING COMMAND", "ACHADO COMANDO"),
            Description = language.Pick(
                "Run COMMAND when FINDING (or anything of severity warning, with 'any') is found, which it reads as JSON",
                "Executa COMANDO quando ACHADO (ou, com 'any', algo de severidade warning) é achado, que ele lê como JSON"),
            Arity = ArgumentArity.OneOrMore,
        };
        Add(_on);
        _metrics = Value("--metrics", "ADDRESS", "Metrics for Prometheus at http://ADDRESS/metrics",
            "Métricas para o Prometheus em http://ENDEREÇO/metrics");
        _otlp = Value("--otlp", "URL", "Exchanges as spans, sent to a collector of OpenTelemetry",
            "As trocas como spans, enviadas a um coletor OpenTelemetry");
        _fleet = new FleetOptions(this, language);
        Group("Input", "Entrada");
        _input = new InputOptions(this, language, readsStores: false);
        SetAction(Run);
    }

    /// <summary>The arguments, with the finding and the command of <c>--on</c> as one value.</summary>
    public static string[] Paired(string[] args)
    {
        var paired = new List<string>();
        for (int i = 0; i < args.Length; i++)
        {
            bool isPair = args[i] == "--on" && i + 2 < args.Length && !args[i + 1].Contains(' ', StringComparison.Ordinal);
            paired.Add(isPair ? $"--on={args[i + 1]} {args[i + 2]}" : args[i]);
            if (isPair) i += 2;
        }

        return [.. paired];
    }

    private int Run(ParseResult parse)
    {
        var values = new OptionValues(parse, _language);
        Alert[] alerts = Alerts(values);
        TraceInput input = _input.Input(parse, values);
        Func<StoreFolder, long, JudgedConnections, Publisher>? publishes = _fleet.Read(values, Say);
        try
        {
            string path = StorePlace.Of(values, _store, _language);
            StorePlace.RefuseOthers(path, _language);
            StoreFolder folder = StoreFolder.Take(path, out IDisposable held);
            using (held) return Watch(input, folder, alerts, publishes, values);
        }
        catch (StoreException error)
        {
            throw StoreErrors.Describe(error, _language);
        }
    }

    private int Watch(TraceInput input, StoreFolder folder, Alert[] alerts,
        Func<StoreFolder, long, JudgedConnections, Publisher>? publishes, OptionValues values)
    {
        var limits = new StoreLimits
        {
            Age = values.Of(_age),
            Bytes = values.Of(_rowBytes),
            HeaderBytes = values.Has(_noHeaders) ? 0 : values.Of(_headerBytes),
        };
        using var manager = new ServiceManager();
        using var store = new StoreWriter(folder, limits, TimeProvider.System) { Told = Tell };
        using var ring = new HeaderRing(folder, limits.HeaderBytes, !values.Has(_noHashes), (int)(values.Of(_payloadHead) ?? 0));
        var thinning = new Thinning(store, ring, values.Of(_processor) / 100.0, MemoryBudget(values), Say, _language);
        PacketsOn? packets = PacketsOn.Named(values.Of(_packetsOn), folder, values.Of(_packetBytes), Say, _language);
        var judged = new JudgedConnections();
        TextOptions text = Terminal.Options(_language);
        // The report that has it disposes of it.
        Publisher? publisher = publishes?.Invoke(folder, store.RunAt, judged);
        if (publisher is not null) (publisher.Asked, publisher.IsLive) = (ring.Keep, input.Files.Count == 0);
        var rows = new StoreForm(store, judged, (connection, finding) =>
        {
            packets?.Found(connection, finding);
            publisher?.Found(connection, finding);
            Raise(alerts, connection, finding, text);
        }, thinning.StandsFor, _language);
        using var report = new Report(new SeveralForms([rows, .. Beside(values, judged, text, () => Numbers(store, ring, thinning)),
            .. publisher is null ? Array.Empty<IForm>() : [publisher]]),
            judged, new Selection());
        long at = 0;
        store.At = () => rows.HappenedAt ?? Interlocked.Read(ref at);
        input.Coming = (in record) =>
        {
            Interlocked.Exchange(ref at, record.Timestamp.Nanoseconds);
            ring.Add(record);
            packets?.Add(record);
            publisher?.Coming(record.Timestamp.Nanoseconds);
        };
        input.EndsClosed = true;
        var shown = new ReportedInput(input, report, _language)
        { Adjust = options => options with { Framing = _input.Framing(values) } };
        using (var upkeep = new StoreUpkeep(store, ring, () =>
        {
            manager.Alive();
            thinning.Look();
            publisher?.Keep();
        }))
        {
            input.Opened = () =>
            {
                Console.Error.WriteLine(_language.Pick($"trama: storing in {VisibleText.Of(folder.Root)}",
                    $"trama: guardando em {VisibleText.Of(folder.Root)}"));
                manager.Ready();
                // Not before: until then the process may have root's rights for a moment, and what it makes is to be its user's.
                upkeep.Begin();
                publisher?.Begin();
            };
            shown.Show();
        }

        store.Keep();
        ring.Keep();
        thinning.Note();
        publisher?.Conclude(isAsked: input.Files.Count > 0);
        packets?.Wait();
        foreach (Alert alert in alerts) alert.Wait();
        Conclude(rows, store, ring, packets);
        return shown.IsTruncated || store.LostRows > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    private void Conclude(StoreForm rows, StoreWriter store, HeaderRing ring, PacketsOn? packets)
    {
        string counts = $"{CountWords.Exchanges(rows.Exchanges, _language)}, {CountWords.Findings(rows.Findings, _language)}";
        string headers = $"{CountWords.Packets(ring.Packets, _language)} ({SizeText.Of(ring.Bytes, _language)})";
        Console.Error.WriteLine(_language.Pick($"trama: stored: {counts}, the headers of {headers}",
            $"trama: guardados: {counts}, os cabeçalhos de {headers}"));
        if (store.LostRows > 0)
            Console.Error.WriteLine(_language.Pick($"trama: rows lost: {store.LostRows}", $"trama: linhas perdidas: {store.LostRows}"));
        if (packets?.LeftOut > 0) Console.Error.WriteLine(_language.Pick(
            $"trama: found while other packets were written, and not kept whole: {packets.LeftOut}",
            $"trama: achados enquanto outros pacotes eram escritos, e não guardados inteiros: {packets.LeftOut}"));
        if (ring.Lost > 0)
            Console.Error.WriteLine(_language.Pick($"trama: headers lost: {ring.Lost}", $"trama: cabeçalhos perdidos: {ring.Lost}"));
    }

    private static IEnumerable<(string, string, string, double)> Numbers(StoreWriter store, HeaderRing ring, Thinning thinning) =>
    [
        ("trama_store_share", "gauge", "Of so many healthy exchanges, and of so many connections' headers, one is kept.", thinning.Share),
        ("trama_store_left_out_total", "counter", "Healthy exchanges that were left out to stay within the budget.", thinning.LeftOut),
        ("trama_store_lost_rows_total", "counter", "Rows that could not be written.", store.LostRows),
        ("trama_store_left_out_headers_total", "counter", "Packets whose headers were left out likewise.", ring.LeftOut),
        ("trama_store_lost_headers_total", "counter", "Packets whose headers could not be written.", ring.Lost),
    ];

    private long? MemoryBudget(OptionValues values) => values.Of(_memory) is not { } text ? null
        : Sizes.TryParse(text, out long bytes) && bytes > 0 ? bytes
        : throw values.Wrong($"--memory: expected a size such as 200MiB, got '{text}'",
            $"--memory: esperava um tamanho como 200MiB, veio '{text}'");

    private static void Say(string text) => Console.Error.WriteLine($"trama: {VisibleText.Of(text)}");

    private IEnumerable<IForm> Beside(OptionValues values, JudgedConnections judged, TextOptions text,
        Func<IEnumerable<(string, string, string, double)>> numbers)
    {
        var settings = new FormSettings
        {
            Output = Stream.Null,
            Text = text,
            IsLive = true,
            FindingsOf = judged.FindingsOf,
            Note = Console.Error.WriteLine,
        };
        if (values.Of(_otlp) is { } collector) yield return new SpansForm(settings with { Target = collector });
        if (values.Of(_metrics) is { } address) yield return new MetricsForm(settings with { Target = address }, numbers);
    }

    private Alert[] Alerts(OptionValues values) => [.. (values.Of(_on) ?? []).Select(pair =>
    {
        string[] parts = pair.Split(' ', 2);
        if (parts.Length < 2 || parts[1].Length == 0) throw values.Wrong("--on takes a finding and a command",
            "--on pede um achado e um comando");
        FindingId? finding = parts[0] == "any" ? null : FindingNames.Find(parts[0]) ?? throw FailOn.Unknown(parts[0], "any, ", _language);
        return new Alert(finding, parts[1], failure => Console.Error.WriteLine($"trama: --on: {VisibleText.Of(failure)}"));
    })];

    private static void Raise(Alert[] alerts, ConnectionDiagnosis connection, Finding finding, TextOptions text)
    {
        foreach (Alert alert in alerts)
            if (alert.IsOf(finding)) alert.Raise(leftOut => AlertJson.Of(connection, finding, leftOut, text));
    }

    private void Tell(StoreEvent what, string detail)
    {
        string said = VisibleText.Of(detail);
        Console.Error.WriteLine("trama: " + (what switch
        {
            StoreEvent.NotWritten => _language.Pick($"rows cannot be stored and are lost until that is over: {said}",
                $"linhas não podem ser guardadas e se perdem até isso acabar: {said}"),
            StoreEvent.WrittenAgain => _language.Pick("rows are stored again", "linhas são guardadas de novo"),
            StoreEvent.SetAside => _language.Pick($"a journal could not be read and was put aside: {said}",
                $"um diário não pôde ser lido e foi posto de lado: {said}"),
            _ => _language.Pick($"an hour's table could not be made yet: {said}", $"a tabela de uma hora ainda não pôde ser feita: {said}"),
        }));
    }
}
