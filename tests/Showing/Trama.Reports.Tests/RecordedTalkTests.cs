using System.Text;
using Trama.Captures;
using Trama.Diagnosis;
using Trama.Reports.Follow;
using Trama.Reports.Forms;
using Trama.Reports.Json;
using Trama.Reports.Summary;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Tests;

/// <summary>What real clients and servers said, in text that must not change by itself.</summary>
public class RecordedTalkTests
{
    private static readonly string[] Talks =
        ["recorded/http1-bodies.pcap", "protocols/postgresql-lab-extended.pcapng", "protocols/http2-lab-h2c-multiplex.pcapng",
            "protocols/amqp-lab-publish-consume.pcapng"];

    [Theory]
    [InlineData("operations-80.en.txt", 80, Language.English, false)]
    [InlineData("operations-110.pt.txt", 110, Language.Portuguese, false)]
    [InlineData("operations-60.ascii.txt", 60, Language.English, true)]
    public void Operations_are_counted_with_failures_and_times(string expected, int width, Language language, bool ascii) =>
        Golden.Check(expected, Shown(settings => new SummaryReport(settings), Talks,
            new TextOptions { Width = width, Language = language, Ascii = ascii }));

    [Theory]
    [InlineData("bodies.ndjson")]
    public void Bodies_are_told_as_they_are_and_as_they_are_meant(string expected) =>
        Golden.Check(expected, Shown(settings => new JsonLinesReport(settings), Talks[..1], new TextOptions()));

    [Theory]
    [InlineData("decoded.en.txt", 2, Language.English)]
    [InlineData("decoded-zstd.pt.txt", 3, Language.Portuguese)]
    public void Bodies_are_followed_as_they_are_meant(string expected, long connection, Language language)
    {
        using var output = new MemoryStream();
        var text = new FollowText(output, new TextOptions { Language = language }, connection, hex: false);
        var options = new TracingOptions { ExchangesOf = new HashSet<long> { connection }, Bodies = BodyNeeds.Content };
        Trace(Talks[..1], options, new FollowedContent(text, connection));
        text.Flush();
        Golden.Check(expected, Encoding.UTF8.GetString(output.ToArray()));
    }

    private static string Shown(Func<FormSettings, IForm> make, string[] talks, TextOptions text)
    {
        using var output = new MemoryStream();
        using IForm form = make(new FormSettings { Output = output, Text = text, Zone = TimeZoneInfo.Utc, Top = 20 });
        CaptureTotals totals = Trace(talks, form.Needs(new TracingOptions()), form.Sink);
        form.End(new TracedCapture(new CaptureDiagnosis(totals, []), talks, IsTruncated: false));
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static CaptureTotals Trace(string[] talks, TracingOptions options, ITraceSink sink)
    {
        var tracker = new ConnectionTracker(options, sink);
        foreach (string talk in talks)
        {
            using CaptureFile file = CaptureFile.Open(TestData.Shared(talk));
            while (file.TryRead(out Packets.Record record)) tracker.Observe(record);
        }

        tracker.Complete();
        return tracker.Totals;
    }
}
