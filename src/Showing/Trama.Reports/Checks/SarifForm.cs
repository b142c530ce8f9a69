using System.Reflection;
using System.Text;
using System.Text.Json;
using Trama.Diagnosis;
using Trama.Reports.Findings;
using Trama.Reports.Forms;
using Trama.Reports.Json;
using Trama.Tracing;

namespace Trama.Reports.Checks;

/// <summary>
/// SARIF 2.1.0, as code scanning reads it: a rule for each kind of finding, a result for each finding of a connection. The line of a
/// place is the number of a packet: <c>trama dump</c> prints one a line.
/// </summary>
public sealed class SarifForm(FormSettings settings) : CheckForm(settings)
{
    // Code scanning shows so many of a run.
    private const int MostResults = 5000;
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private protected override string Text(TracedCapture capture)
    {
        (ConnectionDiagnosis Connection, Finding Finding)[] found =
            [.. capture.Diagnosis.Connections.SelectMany(connection => connection.Findings.Select(finding => (connection, finding)))];
        FindingId[] rules = [.. found.Select(one => one.Finding.Id).Distinct().Order()];
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, JsonDocumentReport.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema"u8, Schema);
            writer.WriteString("version"u8, "2.1.0"u8);
            writer.WriteStartArray("runs"u8);
            writer.WriteStartObject();
            Tool(writer, rules);
            writer.WriteString("language"u8, Say("en", "pt-BR"));
            writer.WriteString("columnKind"u8, "utf16CodeUnits"u8);
            Invocation(writer, capture, found.Length - MostResults);
            Artifacts(writer, capture);
            writer.WriteStartArray("results"u8);
            foreach ((ConnectionDiagnosis connection, Finding finding) in found.OrderByDescending(one => one.Finding.Severity)
                .Take(MostResults))
            {
                writer.WriteStartObject();
                Result(writer, capture, connection, finding, Array.IndexOf(rules, finding.Id));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.ToArray()) + "\n";
    }

    private void Tool(Utf8JsonWriter writer, FindingId[] rules)
    {
        writer.WriteStartObject("tool"u8);
        writer.WriteStartObject("driver"u8);
        writer.WriteString("name"u8, "Trama"u8);
        writer.WriteString("version"u8,
            typeof(SarifForm).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);
        writer.WriteStartArray("rules"u8);
        foreach (FindingId id in rules)
        {
            FindingPage page = FindingPages.Of(id);
            writer.WriteStartObject();
            writer.WriteString("id"u8, FindingNames.Of(id));
            writer.WriteString("name"u8, id.ToString());
            Message(writer, "shortDescription"u8, page.Label.In(Language));
            Message(writer, "fullDescription"u8, Flowing(page.What.In(Language)));
            Message(writer, "help"u8, $"{Flowing(page.How.In(Language))}\n\n{Flowing(page.Cure.In(Language))}");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void Invocation(Utf8JsonWriter writer, TracedCapture capture, int more)
    {
        writer.WriteStartArray("invocations"u8);
        writer.WriteStartObject();
        writer.WriteBoolean("executionSuccessful"u8, !capture.IsTruncated);
        if (Omission(capture, 0) is { } omission || more > 0)
        {
            writer.WriteStartArray("toolExecutionNotifications"u8);
            if (Omission(capture, 0) is { } truncated) Notification(truncated);
            if (more > 0) Notification(Say($"{more} more results are left out; --json has them all.",
                $"Mais {more} resultados ficaram de fora; --json traz todos."));
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndArray();

        void Notification(string text)
        {
            writer.WriteStartObject();
            writer.WriteString("level"u8, "warning"u8);
            Message(writer, "message"u8, text);
            writer.WriteEndObject();
        }
    }

    private static void Artifacts(Utf8JsonWriter writer, TracedCapture capture)
    {
        if (capture.Files.Count == 0) return;
        writer.WriteStartArray("artifacts"u8);
        foreach (string file in capture.Files)
        {
            writer.WriteStartObject();
            writer.WriteStartObject("location"u8);
            writer.WriteString("uri"u8, Uri(file));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void Result(Utf8JsonWriter writer, TracedCapture capture, ConnectionDiagnosis connection, Finding finding, int rule)
    {
        string id = FindingNames.Of(finding.Id);
        writer.WriteString("ruleId"u8, id);
        writer.WriteNumber("ruleIndex"u8, rule);
        writer.WriteString("level"u8, finding.Severity switch
        {
            Severity.Error => "error"u8,
            Severity.Warning => "warning"u8,
            _ => "note"u8,
        });
        Message(writer, "message"u8, $"{connection.Client} > {connection.Server}: {Words(finding)} {Say("What to do", "O que fazer")}: "
            + Advice(finding));
        writer.WriteStartArray("locations"u8);
        writer.WriteStartObject();
        Place(writer, capture, finding);
        writer.WriteStartArray("logicalLocations"u8);
        writer.WriteStartObject();
        writer.WriteString("name"u8, Say($"connection {connection.Id}", $"conexão {connection.Id}"));
        writer.WriteString("fullyQualifiedName"u8, $"{connection.Client} > {connection.Server}");
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        // The same trouble with the same server is the same in the next run, from whatever port.
        writer.WriteStartObject("partialFingerprints"u8);
        writer.WriteString("serverAndFinding/v1"u8, $"{connection.Server} {id}");
        writer.WriteEndObject();
        Properties(writer, connection, finding);
    }

    private void Place(Utf8JsonWriter writer, TracedCapture capture, Finding finding)
    {
        if (capture.Files.Count == 0) return;
        string? file = FileOf(finding, capture);
        writer.WriteStartObject("physicalLocation"u8);
        writer.WriteStartObject("artifactLocation"u8);
        writer.WriteString("uri"u8, Uri(file ?? capture.Files[0]));
        writer.WriteNumber("index"u8, file is null ? 0 : capture.Files.ToList().IndexOf(file));
        writer.WriteEndObject();
        if (file is not null && finding.Packets is [> 0 and <= int.MaxValue and var first, ..])
        {
            writer.WriteStartObject("region"u8);
            writer.WriteNumber("startLine"u8, first);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Properties(Utf8JsonWriter writer, ConnectionDiagnosis connection, Finding finding)
    {
        writer.WriteStartObject("properties"u8);
        writer.WriteString("party"u8, FindingNames.Of(finding.Party));
        writer.WriteString("confidence"u8, FindingNames.Of(finding.Confidence));
        writer.WriteNumber("connection"u8, connection.Id);
        writer.WriteStartArray("packets"u8);
        foreach (long packet in finding.Packets) writer.WriteNumberValue(packet);
        writer.WriteEndArray();
        if (finding.SeenAt is { } side) writer.WriteString("packetsOf"u8, side == Side.Client ? "client"u8 : "server"u8);
        writer.WriteEndObject();
    }

    private static void Message(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("text"u8, text);
        writer.WriteEndObject();
    }

    // Line breaks in the long texts mean nothing.
    private static string Flowing(string text) => text.ReplaceLineEndings(" ").Trim();

    // A reference below where trama was started, or a whole URI; any name of a file is one.
    private static string Uri(string file)
    {
        bool isRooted = file.StartsWith('/');
        string path = string.Join('/', file.TrimStart('/').Split('/').Select(System.Uri.EscapeDataString));
        return isRooted ? $"file:///{path}" : path;
    }
}
