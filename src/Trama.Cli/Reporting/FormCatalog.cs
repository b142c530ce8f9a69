using Trama.Reports.Forms;
using Trama.Reports.Json;
using Trama.Reports.Lines;
using Trama.Reports.Summary;

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
        new("--svg", "The ladder of one connection as a picture", "O desenho de uma conexão como figura", settings => new SvgForm(settings))
        {
            TakesFile = true,
            IsOfOneConnection = true,
        },
        new("--html", "A page with connections, ladders, messages and plots", "Uma página com conexões, desenhos, mensagens e gráficos",
            settings => new HtmlForm(settings))
        {
            TakesFile = true,
        },
    ];
}
