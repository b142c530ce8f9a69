using System.Text.Json;
using Trama.Diagnosis;
using Trama.Reports.Findings.Words;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Json;

/// <summary>Writes findings and the verdict.</summary>
/// <param name="writer">Where they go.</param>
/// <param name="text">The language of their texts, and whether they say why.</param>
internal sealed class FindingJson(Utf8JsonWriter writer, TextOptions text)
{
    /// <summary>The array of a connection's findings.</summary>
    public void Findings(IReadOnlyList<Finding> findings)
    {
        writer.WriteStartArray();
        foreach (Finding finding in findings)
        {
            writer.WriteStartObject();
            Identity(finding);
            writer.WriteStartArray("packets"u8);
            foreach (long packet in finding.Packets) writer.WriteNumberValue(packet);
            writer.WriteEndArray();
            if (finding.SeenAt is { } side) writer.WriteString("packetsOf"u8, side == Side.Client ? "client"u8 : "server"u8);
            Facts(finding);
            Said(finding.Said);
            Text(finding);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>The members of a verdict.</summary>
    public void Verdict(Verdict verdict)
    {
        Identity(verdict.Finding);
        writer.WriteStartArray("connections"u8);
        foreach (long connection in verdict.Connections) writer.WriteNumberValue(connection);
        writer.WriteEndArray();
        Text(verdict.Finding);
    }

    private void Identity(Finding finding)
    {
        writer.WriteString("id"u8, FindingNames.Of(finding.Id));
        writer.WriteString("party"u8, FindingNames.Of(finding.Party));
        writer.WriteString("severity"u8, FindingNames.Of(finding.Severity));
        writer.WriteString("confidence"u8, FindingNames.Of(finding.Confidence));
        if (finding.Kind != FindingKind.Plain) writer.WriteString(
            "kind"u8, JsonNamingPolicy.KebabCaseLower.ConvertName(finding.Kind.ToString()));
    }

    private void Facts(Finding finding)
    {
        if (finding.Facts.Count == 0) return;
        writer.WriteStartObject("facts"u8);
        foreach (Fact fact in finding.Facts) writer.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(fact.Name.ToString()), fact.Value);
        writer.WriteEndObject();
    }

    private void Said(Said? said)
    {
        if (said is null) return;
        writer.WriteStartObject("said"u8);
        if (said.Protocol is { } protocol) writer.WriteString("protocol"u8, protocol);
        if (said.Operation.Length > 0) writer.WriteString("operation"u8, said.Operation);
        if (said.Status.Length > 0) writer.WriteString("status"u8, said.Status);
        writer.WriteEndObject();
    }

    private void Text(Finding finding)
    {
        writer.WriteString("text"u8, FindingWords.Text(finding, text.Language));
        if (!text.Why) return;
        writer.WriteStartArray("alternatives"u8);
        foreach (Alternative other in Alternative.To(finding.Id))
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, FindingNames.Of(other.Id));
            writer.WriteString("excludedBecause"u8, ExclusionWords.Of(other.Because, text.Language));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (Settling.Of(finding, text.Language) is { Length: > 0 } settles) writer.WriteString("settledBy"u8, settles);
    }
}
