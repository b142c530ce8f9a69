using Trama.Diagnosis;
using Trama.Reports.Text;

namespace Trama.View.Pages;

/// <summary>The colours of findings: of how bad they are, and of whose they are.</summary>
internal static class FindingStyle
{
    /// <summary>The style of a severity.</summary>
    public static TextStyle Of(Severity severity) => severity switch
    {
        Severity.Error => TextStyle.Error,
        Severity.Warning => TextStyle.Warning,
        _ => TextStyle.Dim,
    };

    /// <summary>The style of a party.</summary>
    public static TextStyle Of(Party party) => party switch
    {
        Party.Client => TextStyle.Client,
        Party.Server => TextStyle.Server,
        _ => TextStyle.Plain,
    };
}
