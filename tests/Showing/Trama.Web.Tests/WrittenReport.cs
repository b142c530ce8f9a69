using Trama.Captures;
using Trama.Diagnosis;
using Trama.Diagnosis.Joined;
using Trama.Reports;
using Trama.Reports.Findings;
using Trama.Reports.Forms;
using Trama.Reports.Page;
using Trama.Reports.Text;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Web.Tests;

/// <summary>The page of a capture, or of two, written into a file of a folder of its own.</summary>
internal sealed class WrittenReport : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trama-").FullName;

    public WrittenReport(string[] captures, Language language = Language.English)
    {
        string path = Path.Combine(_folder, "a page.html");
        var judged = new JudgedConnections();
        using (FileStream output = File.Create(path))
        {
            var text = new TextOptions { Language = language };
            var settings = new FormSettings { Output = output, Text = text, FindingsOf = judged.FindingsOf };
            using var report = new Report(new HtmlForm(settings), judged, new Selection());
            if (captures is [string only])
            {
                var tracker = new ConnectionTracker(report.Needs, report.Sink);
                Read(only, tracker);
                report.End(tracker.Totals, [only], truncated: false);
            }
            else
            {
                (VantagePoint first, CaptureDiagnosis one) = Vantage(captures[0], report.JoinedNeeds);
                (VantagePoint second, CaptureDiagnosis other) = Vantage(captures[1], report.JoinedNeeds);
                var joined = JoinedCapture.Of(first, second);
                report.Show(joined, JoinedDiagnoser.Judge(joined, one, other), captures, truncated: false);
            }
        }

        Link = new Uri(path).AbsoluteUri;
    }

    /// <summary>Its address, which begins with <c>file:</c>.</summary>
    public string Link { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (VantagePoint, CaptureDiagnosis) Vantage(string path, TracingOptions options)
    {
        var diagnoser = new Diagnoser();
        var vantage = new VantagePoint(diagnoser);
        var tracker = new ConnectionTracker(options, vantage);
        Read(path, tracker);
        vantage.Totals = tracker.Totals;
        return (vantage, diagnoser.Conclude(tracker.Totals));
    }

    private static void Read(string path, ConnectionTracker tracker)
    {
        using CaptureFile file = CaptureFile.Open(path);
        while (file.TryRead(out Packets.Record record)) tracker.Observe(record);
        tracker.Complete();
    }
}
