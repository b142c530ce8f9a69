using System.Text.Json;
using Trama.Diagnosis;
using Trama.Reports.Findings;

namespace Trama.Reports.Browsing.Answers;

/// <summary>Writes findings for people: whose, how bad, how sure, in words, and what to do.</summary>
internal sealed class FoundAnswer(Utf8JsonWriter writer, Language language)
{
    private const int MostPackets = 64;

    /// <summary>The members of a finding.</summary>
    public void Write(Finding finding)
    {
        Identity(writer, finding);
        writer.WriteString("label"u8, FindingPages.Of(finding.Id).Label.In(language));
        writer.WriteString("whose"u8, FindingWords.Whose(finding.Party, language));
        writer.WriteString("text"u8, FindingWords.Text(finding, language));
        writer.WriteString("next"u8, FindingWords.Next(finding, language));
        writer.WriteNumber("packetCount"u8, finding.Packets.Count);
        writer.WriteStartArray("packets"u8);
        foreach (long packet in finding.Packets.Take(MostPackets)) writer.WriteNumberValue(packet);
        writer.WriteEndArray();
        writer.WriteStartArray("not"u8);
        foreach (Alternative other in Alternative.To(finding.Id))
        {
            writer.WriteStartObject();
            writer.WriteString("label"u8, FindingPages.Of(other.Id).Label.In(language));
            writer.WriteString("because"u8, Findings.Words.ExclusionWords.Of(other.Because, language));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>What it is, whose, how bad and how sure, by their names.</summary>
    public static void Identity(Utf8JsonWriter writer, Finding finding)
    {
        writer.WriteString("id"u8, FindingNames.Of(finding.Id));
        writer.WriteString("party"u8, FindingNames.Of(finding.Party));
        writer.WriteString("severity"u8, FindingNames.Of(finding.Severity));
        writer.WriteString("confidence"u8, FindingNames.Of(finding.Confidence));
    }
}
