using System.Globalization;
using System.Text;
using System.Xml;
using Trama.Diagnosis;
using Trama.Packets;
using Trama.Reports.Findings;
using Trama.Reports.Findings.Words;
using Trama.Reports.Forms;
using Trama.Reports.Text;

namespace Trama.Reports.Checks;

/// <summary>
/// JUnit's XML, as Jenkins and GitLab read it: a suite with one test for each group of like connections, which fails when a finding of it
/// counts, and one for all connections without a finding. A test is named by server and finding, so that it is the same in the next run.
/// </summary>
public sealed class JunitForm(FormSettings settings) : CheckForm(settings)
{
    private protected override string Text(TracedCapture capture)
    {
        (IReadOnlyList<ConnectionGroup> told, int more) = Groups(capture);
        using var text = new MemoryStream();
        var layout = new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) };
        using (var writer = XmlWriter.Create(text, layout))
        {
            writer.WriteStartElement("testsuites");
            writer.WriteStartElement("testsuite");
            writer.WriteAttributeString("name", Plain(capture.Files.Count == 0 ? "trama" : string.Join(' ', capture.Files)));
            Counts(writer, told);
            Times(writer, capture.Totals.FirstAt, capture.Totals.LastAt);
            foreach (ConnectionGroup group in told) Case(writer, group);
            Rest(writer, capture, more);
            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        return Encoding.UTF8.GetString(text.ToArray()) + "\n";
    }

    private void Counts(XmlWriter writer, IReadOnlyList<ConnectionGroup> told)
    {
        int failures = told.Count(group => group.Example.Findings.Any(Fails));
        writer.WriteAttributeString("tests", Number(told.Count + 1));
        writer.WriteAttributeString("failures", Number(failures));
        writer.WriteAttributeString("errors", "0");
        writer.WriteAttributeString("skipped", "0");
    }

    private static void Times(XmlWriter writer, Timestamp? first, Timestamp? last)
    {
        writer.WriteAttributeString("time", Seconds(first is { } from && last is { } to ? to - from : 0));
        if (first is not { } at) return;
        writer.WriteAttributeString("timestamp", DateTimeOffset.FromUnixTimeSeconds(at.Seconds).UtcDateTime
            .ToString("s", CultureInfo.InvariantCulture));
    }

    private void Case(XmlWriter writer, ConnectionGroup group)
    {
        ConnectionDiagnosis example = group.Example;
        writer.WriteStartElement("testcase");
        writer.WriteAttributeString("classname", Plain($"{example.Server}"));
        writer.WriteAttributeString("name", FindingNames.Of(group.Main.Id));
        writer.WriteAttributeString("time", Seconds(example.LastAt - example.OpenedAt));
        Finding? failing = example.Findings.FirstOrDefault(Fails);
        string told = Told(group);
        if (failing is null)
        {
            writer.WriteElementString("system-out", told);
        }
        else
        {
            writer.WriteStartElement("failure");
            writer.WriteAttributeString("type", FindingNames.Of(failing.Id));
            writer.WriteAttributeString("message", Words(failing));
            writer.WriteString(told);
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private string Told(ConnectionGroup group)
    {
        var text = new StringBuilder();
        string connections = string.Join(", ", group.Numbers.Take(100));
        text.Append(Say($"connections: {connections}\n", $"conexões: {connections}\n"));
        text.Append(CultureInfo.InvariantCulture, $"{group.Example.Client} > {group.Example.Server}\n");
        foreach (Finding finding in group.Example.Findings)
        {
            text.Append(FindingNames.Of(finding.Id)).Append(", ").Append(VerdictWords.Severity(finding.Severity, Language)).Append(", ")
                .Append(FindingWords.Whose(finding.Party, Language)).Append(": ").Append(Words(finding)).Append('\n');
        }

        return text.Append(Say("What to do: ", "O que fazer: ")).Append(Advice(group.Main)).Append('\n').ToString();
    }

    // A suite without a test is a failure of its own for those who read it.
    private void Rest(XmlWriter writer, TracedCapture capture, int more)
    {
        writer.WriteStartElement("testcase");
        writer.WriteAttributeString("classname", "trama");
        writer.WriteAttributeString("name", Say("connections without a fault", "conexões sem falha"));
        writer.WriteAttributeString("time", "0");
        string healthy = VerdictWords.Healthy(capture.Diagnosis, Language)
            ?? CountWords.Connections(capture.Diagnosis.HealthyConnections, Language);
        writer.WriteElementString("system-out", Omission(capture, more) is { } omission ? $"{healthy}\n{omission}" : healthy);
        writer.WriteEndElement();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(long nanoseconds) => (nanoseconds / 1e9).ToString("0.000", CultureInfo.InvariantCulture);
}
