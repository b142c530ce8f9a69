using Trama.Diagnosis;
using Trama.Reports;

namespace Trama.Cli.Commands.Diagnosing;

/// <summary>What <c>--fail-on</c> names: severities from which on a finding counts, and findings that count at any severity.</summary>
internal sealed class FailOn
{
    private readonly HashSet<FindingId> _ids = [];
    private Severity? _from;

    private FailOn()
    {
    }

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
        diagnosis.Connections.SelectMany(connection => connection.Findings)
            .Any(finding => finding.Severity >= _from || _ids.Contains(finding.Id));

    private static Severity? Severities(string name) => name switch
    {
        "warning" => Severity.Warning,
        "error" => Severity.Error,
        _ => null,
    };
}
