using System.Globalization;
using System.Text;
using Trama.Diagnosis;
using Trama.Reports.Findings;
using Trama.Reports.Findings.Words;
using Trama.Reports.Forms;
using Trama.Reports.Text;

namespace Trama.Reports.Checks;

/// <summary>Markdown for the summary of a run or a comment: the verdict, a table of what was found, and what to do.</summary>
public sealed class MarkdownForm(FormSettings settings) : CheckForm(settings)
{
    private const int MostRows = 100;
    private const int MostNumbers = 12;

    private protected override string Text(TracedCapture capture)
    {
        CaptureDiagnosis diagnosis = capture.Diagnosis;
        (IReadOnlyList<ConnectionGroup> told, int more) = Groups(capture, MostRows);
        var text = new StringBuilder();
        string heading = diagnosis.Verdict is { } verdict ? VerdictWords.Whose(verdict.Finding.Party, Language)
            : VerdictWords.Healthy(diagnosis, Language) ?? "";
        text.Append(CultureInfo.InvariantCulture, $"### {Escaped(heading)}\n");
        if (diagnosis.Verdict is { } main)
            text.Append(CultureInfo.InvariantCulture, $"\n{Escaped(Plain(VerdictWords.Text(diagnosis, main, Language, ascii: false)))}\n");
        if (told.Count > 0) Table(text, told);
        Steps(text, told);
        if (diagnosis.Verdict is not null && diagnosis.HealthyConnections > 0)
            text.Append(CultureInfo.InvariantCulture, $"\n{VerdictWords.Others(diagnosis.HealthyConnections, Language)}\n");
        if (Omission(capture, more) is { } omission) text.Append(CultureInfo.InvariantCulture, $"\n{Escaped(omission)}\n");
        return text.ToString();
    }

    private void Table(StringBuilder text, IReadOnlyList<ConnectionGroup> groups)
    {
        text.Append(Say("\n| finding | severity | whose | server | connections | packets | what |\n",
            "\n| achado | gravidade | de quem | servidor | conexões | pacotes | o quê |\n"));
        text.Append("| --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (ConnectionGroup group in groups)
        {
            string connections = NumberRanges.Of(group.Numbers, MostNumbers, ascii: true);
            foreach (Finding finding in group.Example.Findings)
            {
                string[] cells =
                [
                    FindingNames.Of(finding.Id), VerdictWords.Severity(finding.Severity, Language),
                    FindingWords.Whose(finding.Party, Language), group.Example.Server.ToString(), connections,
                    NumberRanges.Of(finding.Packets, MostNumbers, ascii: true), Words(finding),
                ];
                text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells.Select(Escaped))} |\n");
            }
        }
    }

    // What to do is the same for every group of a finding, most of the time.
    private void Steps(StringBuilder text, IReadOnlyList<ConnectionGroup> groups)
    {
        string[] steps = [.. groups.Select(group => group.Main).Where(finding => finding.Severity > Severity.Info)
            .Select(finding => $"- {Escaped(FindingNames.Of(finding.Id))}: {Escaped(Advice(finding))}\n").Distinct()];
        if (steps.Length == 0) return;
        text.Append(Say("\nWhat to do:\n\n", "\nO que fazer:\n\n")).AppendJoin("", steps);
    }

    // Every sign that Markdown may read is told to be itself. A name behind @, and a number behind #, would call somebody.
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (char sign in text)
        {
            if (sign is '@' or '#') escaped.Append(sign).Append("<!-- -->");
            else if ("\\`*_{}[]<>|~&$!".Contains(sign, StringComparison.Ordinal)) escaped.Append('\\').Append(sign);
            else escaped.Append(sign);
        }

        return escaped.ToString();
    }
}
