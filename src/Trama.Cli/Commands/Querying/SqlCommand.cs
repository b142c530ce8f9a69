using System.CommandLine;
using Trama.Cli.CommandLine;
using Trama.Cli.Decrypting;
using Trama.Cli.PeerOptions;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Fleet.Holding;
using Trama.Fleet.Storing;
using Trama.Framing;
using Trama.Reports;
using Trama.Rows.Sql;

namespace Trama.Cli.Commands.Querying;

/// <summary><c>trama sql</c>: captures, and tables that were written of some, asked in SQL.</summary>
internal sealed class SqlCommand : BilingualCommand
{
    private const long StandardMemory = 1 << 30;

    private readonly Language _language;
    private readonly Argument<string?> _query;
    private readonly Argument<string[]> _sources;
    private readonly Option<bool> _csv, _json, _questions, _setup;
    private readonly Option<string> _parquet, _hub;
    private readonly Option<TimeSpan> _timeout;
    private readonly Option<long> _memory;
    private readonly Option<FramingRule?> _framing;
    private readonly KeysOption _keys;

    public SqlCommand(Language language) : base(
        language,
        "sql",
        language.Pick("Exchanges, connections and findings as tables, asked in SQL",
            "Trocas, conexões e achados como tabelas, consultadas em SQL"),
        ("trama sql \"SELECT operation, totalNs FROM exchanges WHERE failed\" file.pcap",
            language.Pick("a question about a capture", "uma pergunta sobre uma captura")),
        ("trama sql @slowest-operations rows/", language.Pick(
            "a question that has a name, about tables that trace --parquet wrote",
            "uma pergunta que tem nome, sobre tabelas que o trace --parquet escreveu")),
        ("trama sql --questions", language.Pick("those that have a name, and their text", "as que têm nome, e o texto delas")),
        ("trama sql --setup", language.Pick("bring DuckDB, which answers them, once", "trazer o DuckDB, que as responde, uma vez")))
    {
        _language = language;
        _query = new Argument<string?>("query")
        {
            HelpName = "SELECT…|@" + language.Pick("NAME", "NOME"),
            Description = language.Pick("One SELECT about exchanges, connections, findings and packets, or the name of a question",
                "Um SELECT sobre exchanges, connections, findings e packets, ou o nome de uma pergunta"),
            Arity = ArgumentArity.ZeroOrOne,
        };
        _sources = new Argument<string[]>("sources")
        {
            HelpName = language.Pick("FILE|FOLDER…", "ARQUIVO|PASTA…"),
            Description = language.Pick("Captures ('-': standard input), Parquet files of trace, or folders of them",
                "Capturas ('-': a entrada padrão), arquivos Parquet do trace, ou pastas deles"),
            Arity = ArgumentArity.ZeroOrMore,
        };
        Add(_query);
        Add(_sources);
        _csv = Flag("--csv", "The answer as CSV", "A resposta como CSV");
        _json = Flag("--json", "The answer as a JSON array of objects", "A resposta como uma lista JSON de objetos");
        _parquet = Value("--parquet", "FILE", "The answer as a Parquet file ('-': standard output)",
            "A resposta como um arquivo Parquet ('-': a saída padrão)");
        _hub = Value("--hub", "FOLDER", "The store of a hub: what sensors sent of many hosts",
            "O armazém de um hub: o que sensores enviaram de muitos hosts");
        _timeout = QuantityOptions.Duration(language, "--timeout", TimeSpan.FromMinutes(1), language.Pick(
            "Break a question off after so long (default 1m)", "Interrompe uma pergunta depois desse tempo (padrão 1m)"),
            TimeSpan.FromMilliseconds(1));
        _memory = QuantityOptions.Size(language, "--memory", StandardMemory, language.Pick(
            "How much memory a question may take (default 1GiB)", "Quanta memória uma pergunta pode usar (padrão 1GiB)"));
        Add(_timeout);
        Add(_memory);
        _questions = Flag("--questions", "List the questions that have a name, with their text",
            "Lista as perguntas que têm nome, com o texto delas");
        _setup = Flag("--setup", "Bring DuckDB from the NuGet source that this machine is configured for, once",
            "Traz o DuckDB da fonte NuGet para a qual esta máquina está configurada, uma vez");
        Group("Captures", "Capturas");
        _framing = FramingOption.OfBothSides(language);
        Add(_framing);
        _keys = new KeysOption(this, language);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        var values = new OptionValues(parse, _language);
        if (values.Has(_questions)) return QuestionList.Print(_language);
        if (values.Has(_setup)) return DuckdbSetup.Run(_language);
        string query = parse.GetValue(_query) ?? throw values.Wrong(
            "name a question: a SELECT, or @NAME (--questions lists those)",
            "faça uma pergunta: um SELECT, ou @NOME (--questions os lista)");
        string[] sources = parse.GetValue(_sources) ?? [];
        if (values.Of(_hub) is { } hub)
        {
            if (!HeldReading.IsStore(hub)) throw StoreErrors.Describe(new StoreException(StoreFault.NoHub, hub), _language);
            sources = [.. sources, hub];
        }

        if (sources.Length == 0) throw values.Wrong(
            "name a capture, a Parquet file or a folder", "informe uma captura, um arquivo Parquet ou uma pasta");
        string[] asked = [.. new Option[] { _csv, _json, _parquet }.Where(values.Has).Select(option => option.Name)];
        if (asked.Length > 1) throw values.Wrong($"{asked[0]} and {asked[1]} exclude each other", $"{asked[0]} e {asked[1]} se excluem");
        string sql = Sql(query);
        // With root's rights in reserve no code of others is loaded: it is then missed only when the captures are tables.
        if (Privileges.User is null) DuckdbSetup.ThrowIfMissing(_language);
        using KeySources keys = _keys.Open(values, isLive: false);
        using var tables = new QueriedTables(_language, sql.Contains("packets", StringComparison.OrdinalIgnoreCase));
        tables.Add(sources, keys, values.Of(_framing) ?? FramingRule.Auto);
        Privileges.Drop();
        using var stop = new CancellationTokenSource();
        using var signals = new StopSignals(stop);
        var limits = new QueryLimits(values.Of(_timeout), values.Of(_memory))
        {
            Stop = stop.Token,
            GiveUp = error => tables.EndProcess(SqlErrors.Describe(error, _language)),
        };
        try
        {
            Answer(tables, sql, limits, values);
        }
        catch (SqlException error)
        {
            throw SqlErrors.Describe(error, _language);
        }

        return tables.IsTruncated ? ExitCode.Failed : ExitCode.Done;
    }

    private void Answer(QueriedTables tables, string sql, QueryLimits limits, OptionValues values)
    {
        if (values.Of(_parquet) is { } path)
        {
            tables.Save(sql, limits, path);
            return;
        }

        using RowDatabase database = new(tables.Files, limits.MemoryBytes);
        using var output = new BufferedStream(StandardOutputPipe.Open(), 64 * 1024);
        using var json = new JsonAnswer(output);
        database.Ask(sql, limits, values.Has(_csv) ? new CsvAnswer(output) : values.Has(_json) ? json : new TableAnswer(output, _language));
    }

    // A statement may end with semicolons, as people are used to.
    private string Sql(string query)
    {
        if (!query.StartsWith('@')) return query.TrimEnd(' ', ';', '\n', '\r', '\t');
        return Question.Named(query[1..])?.Sql ?? throw new UserError(_language.Pick(
            $"there is no question '{VisibleText.Of(query)}'; there are: ", $"não há pergunta '{VisibleText.Of(query)}'; há: ")
            + string.Join(", ", Question.All.Select(question => "@" + question.Name)), ExitCode.Usage);
    }
}
