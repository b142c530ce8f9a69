using Trama.Reports.Checks;
using Trama.Reports.Code;
using Trama.Reports.Forms;
using Trama.Reports.Json;
using Trama.Reports.Lines;
using Trama.Reports.Page;
using Trama.Reports.Summary;
using Trama.Rows;

namespace Trama.Cli.Reporting;

/// <summary>The forms of report. To add one, add it here.</summary>
internal static class FormCatalog
{
    /// <summary>One line per exchange.</summary>
    public static FormChoice Lines { get; } = new("", "One line per exchange", "Uma linha por troca", settings =>
        new ExchangeLines(settings))
    {
        Findings = FindingsShown.WhenAsked,
        IsText = true,
        ShowsAsItGoes = true,
    };

    /// <summary>What went wrong, for people.</summary>
    public static FormChoice Diagnosis { get; } = new(
        "--diagnose",
        "What went wrong, and whose it is: a line as a connection ends, the whole at the end",
        "O que deu errado, e de quem é: uma linha quando a conexão termina, o todo no fim",
        settings => new DiagnosisForm(settings))
    {
        IsText = true,
    };

    /// <summary>The forms that an option of their own asks for.</summary>
    public static IReadOnlyList<FormChoice> All { get; } =
    [
        new("--ladder", "Draw each connection: two lifelines, segments and messages",
            "Desenha cada conexão: duas linhas de vida, segmentos e mensagens", settings => new LadderForm(settings))
        {
            IsText = true,
            ShowsAsItGoes = true,
        },
        new("--summary", "A table of connections, and latencies per server", "Uma tabela de conexões e as latências por servidor",
            settings => new SummaryReport(settings))
        {
            Findings = FindingsShown.Never,
            IsText = true,
        },
        new("--json", "One JSON document", "Um documento JSON", settings => new JsonDocumentReport(settings)),
        new("--ndjson", "One JSON object a line, as soon as it is known", "Um objeto JSON por linha, assim que é conhecido", settings =>
            new JsonLinesReport(settings))
        {
            Findings = FindingsShown.WhenAsked,
            ShowsAsItGoes = true,
        },
        new("--code", "What makes each exchange again, quoted for a shell or in C#; credentials only with --credentials",
            "O que refaz cada troca, citado para um shell ou em C#; credenciais só com --credentials", settings => new CodeForm(settings))
        {
            Findings = FindingsShown.Never,
            Target = FormTarget.Words,
            Words = CodeForm.Names,
        },
        new("--format", "What was found as continuous integration reads it: SARIF for code scanning, JUnit's XML for test reports, "
            + "annotations of GitHub Actions, a table in Markdown",
            "O que foi achado como a integração contínua lê: SARIF para a análise de código, XML do JUnit para relatórios de testes, "
            + "anotações do GitHub Actions, uma tabela em Markdown", CheckForm.Of)
        {
            Target = FormTarget.Words,
            Words = CheckForm.Names,
        },
        new("--svg", "The ladder of one connection as a picture", "O desenho de uma conexão como figura", settings => new SvgForm(settings))
        {
            Target = FormTarget.File,
            IsOfOneConnection = true,
        },
        new("--html", "A page with connections, ladders, messages and plots", "Uma página com conexões, desenhos, mensagens e gráficos",
            settings => new HtmlForm(settings))
        {
            Target = FormTarget.File,
        },
        new("--parquet", "Tables of exchanges, connections and findings as Parquet files in a folder, for trama sql and others",
            "Tabelas de trocas, conexões e achados como arquivos Parquet em uma pasta, para o trama sql e outros",
            settings => new RowsForm(settings, RowFormat.Parquet))
        {
            Target = FormTarget.Folder,
        },
        new("--csv", "The same tables as CSV files", "As mesmas tabelas como arquivos CSV", settings =>
            new RowsForm(settings, RowFormat.Csv))
        {
            Target = FormTarget.Folder,
        },
        new("--otlp", "Exchanges as spans, sent to a collector of OpenTelemetry over HTTP (http://localhost:4318)",
            "As trocas como spans, enviadas a um coletor OpenTelemetry por HTTP (http://localhost:4318)",
            settings => new SpansForm(settings))
        {
            Findings = FindingsShown.WhenAsked,
            Target = FormTarget.Collector,
        },
        // The last: of a file, its end comes when somebody says so.
        new("--metrics", "Metrics of the exchanges for Prometheus, at http://ADDRESS/metrics; a port alone is this machine's own address",
            "Métricas das trocas para o Prometheus, em http://ENDEREÇO/metrics; só uma porta é o endereço desta máquina",
            settings => new MetricsForm(settings))
        {
            Findings = FindingsShown.WhenAsked,
            Target = FormTarget.Address,
        },
    ];
}
