using System.Text.Json;
using Trama.Diagnosis;
using Trama.Mcp.Answers;
using Trama.Mcp.Reading;
using Trama.Reports;
using Trama.Reports.Findings;
using Trama.Rows;
using Trama.Tracing;

namespace Trama.Mcp.Tools;

/// <summary><c>diagnose</c>: what went wrong in a capture, whose it is, and the packets that prove it.</summary>
internal sealed class DiagnoseTool(CaptureTools tools) : CaptureTool(tools, "diagnose",
    "Diagnose a capture: the verdict, and one row per finding: what went wrong, whose fault it is, the packets that prove it.",
    ToolParameter.File, ToolParameter.First, ToolParameter.Rows)
{
    /// <inheritdoc/>
    protected override void Write(ToolArguments arguments, Answer answer, CallTime time)
    {
        using var rows = new RowList(arguments.Window);
        using var others = new RowList(RowWindow.None);
        using var sink = new RowSink(schema => Tools.Disclosure.Before(
            new JsonTable(schema, schema.Name == "findings" ? rows : others), schema), packets: false, Tools.Disclosure.Text);
        var judged = new JudgedConnections();
        CaptureTotals totals = Tools.Reading.Read(arguments.File, Diagnoser.Options, judged, answer, time);
        CaptureDiagnosis diagnosis = judged.Diagnoser.Conclude(totals);
        sink.Complete(diagnosis);
        answer.Writer.WriteNumber("healthyConnections"u8, diagnosis.HealthyConnections);
        if (diagnosis.Verdict is { } verdict) Write(answer.Writer, verdict);
        if (diagnosis.OmittedConnections is > 0 and var omitted)
            answer.Cut($"findings of {omitted} more connections were not kept", $"achados de mais {omitted} conexões não foram guardados");
        answer.Add("findings", rows);
    }

    private void Write(Utf8JsonWriter writer, Verdict verdict)
    {
        writer.WriteStartObject("verdict"u8);
        writer.WriteString("id"u8, FindingNames.Of(verdict.Finding.Id));
        writer.WriteString("party"u8, FindingNames.Of(verdict.Finding.Party));
        writer.WriteString("severity"u8, FindingNames.Of(verdict.Finding.Severity));
        writer.WriteString("confidence"u8, FindingNames.Of(verdict.Finding.Confidence));
        writer.WriteNumber("connections"u8, verdict.Connections.Count);
        writer.WriteString("text"u8, Tools.Disclosure.Text(verdict.Finding));
        writer.WriteEndObject();
    }
}
