using System.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Diagnosis;
using Trama.Reports;

namespace Trama.Cli.Reporting;

/// <summary>What <c>--fail-on</c> names: severities from which on a finding counts, and findings that count at any severity.</summary>
internal sealed class FailOn
{
    private readonly HashSet<FindingId> _ids = [];
    private Severity? _from;

    private FailOn()
    {
    }

    /// <summary>The option.</summary>
    public static Option<string> Option(Language language) => new("--fail-on")
    {
        HelpName = language.Pick("LIST", "LISTA"),
        Description = language.Pick("Exit with 3 when something of it is found: warning, error, or findings by name, with commas",
            "Termina com 3 se algo dela é achado: warning, error, ou achados pelo nome, com vírgulas"),
    };

    /// <summary>What the option names; null when it is not there.</summary>
    /// <exception cref="UserError">It names no finding.</exception>
    public static FailOn? Named(string? text, Language language)
    {
        if (text is null) return null;
        return TryParse(text, out FailOn failOn, out string unknown) ? failOn : throw Unknown(unknown, "warning, error, ", language);
    }

    /// <summary>The error that a name is no finding's.</summary>
    public static UserError Unknown(string name, string others, Language language) => new(
        language.Pick($"there is no finding '{name}'; there are: ", $"não há achado '{name}'; há: ") + others
            + string.Join(", ", FindingNames.All), ExitCode.Usage);

    /// <summary>Reads a list such as <c>error,packet-loss</c>; false, with the name that is none, when one is unknown.</summary>
    public static bool TryParse(string text, out FailOn failOn, out string unknown)
    {
        failOn = new FailOn();
        foreach (string name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (Severities(name) is { } severity) failOn._from = failOn._from < severity ? failOn._from : severity;
            else if (FindingNames.Find(name) is { } id) failOn._ids.Add(id);
            else
            {
                unknown = name;
                return false;
            }
        }

        unknown = "";
        return true;
    }

    /// <summary>Whether something of it was found.</summary>
    public bool IsMet(CaptureDiagnosis diagnosis) =>
        diagnosis.Connections.SelectMany(connection => connection.Findings).Any(Names);

    /// <summary>Whether a finding is of it.</summary>
    public bool Names(Finding finding) => finding.Severity >= _from || _ids.Contains(finding.Id);

    private static Severity? Severities(string name) => name switch
    {
        "warning" => Severity.Warning,
        "error" => Severity.Error,
        _ => null,
    };
}
