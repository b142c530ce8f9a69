using System.Text.Json;
using Trama.Captures;
using Trama.Reports;
using Trama.Reports.Findings;
using Trama.Reports.Forms;
using Trama.Reports.Json;
using Trama.Rows.Tables;
using Trama.Tracing;

namespace Trama.Rows.Tests;

/// <summary>A capture as rows in memory, and as lines of JSON.</summary>
internal sealed class TracedRows
{
    private readonly Dictionary<string, MemoryStream> _tables = [];

    /// <summary>The lines of JSON, parsed.</summary>
    public List<JsonElement> Lines { get; } = [];

    /// <summary>The bytes of a table's file.</summary>
    public MemoryStream this[string table] => new(_tables[table].ToArray());

    /// <summary>Traces a capture; null when it cannot be read.</summary>
    public static TracedRows? Of(string path, RowFormat format)
    {
        var traced = new TracedRows();
        var json = new MemoryStream();
        var judged = new JudgedConnections();
        var lines = new JsonLinesReport(new FormSettings { Output = json, FindingsOf = judged.FindingsOf });
        using var rows = new RowSink(traced.Begin(format), packets: true, finding => FindingWords.Text(finding, Language.English));
        using var report = new Report(new SeveralForms([lines, new RowsOf(rows)]), judged, new Selection());
        try
        {
            using CaptureFile file = CaptureFile.Open(path);
            var tracker = new ConnectionTracker(report.Needs, report.Sink);
            while (file.TryRead(out Packets.Record record)) tracker.Observe(record);
            tracker.Complete();
            report.End(tracker.Totals, [path], truncated: false);
        }
        catch (CaptureException)
        {
            return null;
        }

        foreach (string line in System.Text.Encoding.UTF8.GetString(json.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            traced.Lines.Add(JsonDocument.Parse(line).RootElement);
        return traced;
    }

    private Func<TableSchema, TableOutput> Begin(RowFormat format) => schema =>
        format.Begin(_tables[schema.Name] = new MemoryStream(), schema);

    private sealed class RowsOf(RowSink rows) : IForm
    {
        public ITraceSink Sink => rows;

        public TracingOptions Needs(TracingOptions others) => others with { TellSegments = true };

        public void End(TracedCapture capture) => rows.Complete(capture.Diagnosis);
    }
}
