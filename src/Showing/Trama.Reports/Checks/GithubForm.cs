using System.Text;
using Trama.Diagnosis;
using Trama.Reports.Findings;
using Trama.Reports.Findings.Words;
using Trama.Reports.Forms;

namespace Trama.Reports.Checks;

/// <summary>Workflow commands of GitHub Actions: each group of like connections is an annotation of the run.</summary>
public sealed class GithubForm(FormSettings settings) : CheckForm(settings)
{
    // GitHub shows ten of each kind a step; what comes first is worst.
    private const int MostAnnotations = 30;

    private protected override string Text(TracedCapture capture)
    {
        var text = new StringBuilder();
        if (VerdictWords.Healthy(capture.Diagnosis, Language) is { } sentence) Command(text, "notice", "Trama", sentence);
        (IReadOnlyList<ConnectionGroup> told, int more) = Groups(capture, MostAnnotations);
        foreach (ConnectionGroup group in told)
        {
            foreach (Finding finding in group.Example.Findings) Command(text, Level(finding.Severity),
                $"{FindingNames.Of(finding.Id)} ({FindingWords.Whose(finding.Party, Language)})", Message(group, finding));
        }

        if (Omission(capture, more) is { } omission) Command(text, "notice", "Trama", omission);
        return text.ToString();
    }

    private string Message(ConnectionGroup group, Finding finding)
    {
        string subject = group.Numbers.Count == 1
            ? Say($"connection {group.Example.Id}", $"conexão {group.Example.Id}")
            : Say($"{group.Numbers.Count} connections, such as {group.Example.Id}",
                $"{group.Numbers.Count} conexões, como a {group.Example.Id}");
        return $"{subject}: {group.Example.Client} > {group.Example.Server}\n{Words(finding)}\n"
            + Say("What to do: ", "O que fazer: ") + Advice(finding);
    }

    private static string Level(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "notice",
    };

    private static void Command(StringBuilder text, string level, string title, string message) =>
        text.Append($"::{level} title={Escaped(title).Replace(":", "%3A", StringComparison.Ordinal)
            .Replace(",", "%2C", StringComparison.Ordinal)}::{Escaped(message)}\n");

    // The end of a line ends a command, and what follows would be read as another one.
    private static string Escaped(string text) => text.Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);
}
