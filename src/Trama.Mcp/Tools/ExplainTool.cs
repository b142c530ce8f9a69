using Trama.Cli.ThisProcess;
using Trama.Diagnosis;
using Trama.Mcp.Answers;
using Trama.Mcp.Reading;
using Trama.Reports;
using Trama.Reports.Findings;
using Trama.Reports.Text;

namespace Trama.Mcp.Tools;

/// <summary><c>explain</c>: what a finding is, how it comes about, how to cure it; Trama's own words, of no capture.</summary>
internal sealed class ExplainTool(CaptureTools tools) : CaptureTool(tools, "explain",
    "Explain a finding that diagnose tells: what it is, how it comes about, the cure. Without a finding: all of them, a line each.",
    s_finding)
{
    private static readonly ToolParameter s_finding = new("finding", "string", "The id of the finding, such as packet-loss");

    /// <inheritdoc/>
    protected override Disclosure? Disclosure => null;

    /// <inheritdoc/>
    protected override void Write(ToolArguments arguments, Answer answer, CallTime time)
    {
        var options = new TextOptions { Width = 100, Language = Language };
        if (arguments.Text(s_finding) is not { } name)
        {
            answer.Writer.WriteString("findings"u8, FindingExplanations.List(options));
            return;
        }

        FindingId id = FindingNames.Find(name) ?? throw new UserError(Language.Pick(
            $"there is no finding '{name}': explain without one lists them all",
            $"não há achado '{name}': explain sem nenhum lista todos"));
        answer.Writer.WriteString("finding"u8, name);
        answer.Writer.WriteString("text"u8, FindingExplanations.Of(id, options));
    }
}
