using System.Text.Json;
using Trama.Diagnosis;
using Trama.Reports.Findings;
using Trama.Tracing;

namespace Trama.Reports.Json;

/// <summary>Writes findings and the verdict.</summary>
/// <param name="writer">Where they go.</param>
/// <param name="language">The language of their texts.</param>
internal sealed class FindingJson(Utf8JsonWriter writer, Language language)
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
        if (finding.Kind != FindingKind.Plain) writer.WriteString("kind"u8, JsonNamingPolicy.KebabCaseLower.ConvertName(finding.Kind.ToString()));
    }

    private void Facts(Finding finding)
    {
        if (finding.Facts.Count == 0) return;
        writer.WriteStartObject("facts"u8);
        foreach (Fact fact in finding.Facts) writer.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(fact.Name.ToString()), fact.Value);
        writer.WriteEndObject();
    }

    private void Text(Finding finding) => writer.WriteString("text"u8, FindingWords.Text(finding, language));
}
