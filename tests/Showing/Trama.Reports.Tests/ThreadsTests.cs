using Trama.Captures;
using Trama.Packets.Transport;
using Trama.Reports.Findings;
using Trama.Reports.Forms;
using Trama.Reports.Json;
using Trama.Reports.Lines;
using Trama.Reports.Summary;
using Trama.Tracing;
using Trama.Tracing.Tests;

namespace Trama.Reports.Tests;

/// <summary>Every form writes the same bytes, however many threads follow the connections. eng/compare-threads asks more captures.</summary>
public class ThreadsTests
{
    private static readonly TracingOptions s_tiny = new()
    {
        MaxConnections = 5,
        MaxLingering = 2,
        MaxHalfOpen = 2,
        MaxBufferedBytes = 3000,
        MaxOutOfOrderBytes = 2000,
        MaxHeadBytes = 5000,
        MaxOpenRequests = 2,
    };

    public static TheoryData<Type, bool> Forms { get; } = new(
        from form in (Type[])[typeof(ExchangeLines), typeof(SummaryReport), typeof(JsonDocumentReport), typeof(JsonLinesReport),
            typeof(DiagnosisForm), typeof(LadderForm), typeof(SvgForm), typeof(SeveralForms)]
        from judges in (bool[])[false, true]
        select (form, judges));

    [Theory, MemberData(nameof(Forms))]
    public void The_same_is_written(Type form, bool judges)
    {
        foreach (string capture in Captures())
        {
            string whole = Show(form, judges, capture, new TracingOptions());
            foreach (int threads in (int[])[1, 2, 3, 8]) Assert.Equal(whole, Show(form, judges, capture, new TracingOptions { Threads = threads }));
            string bounded = Show(form, judges, capture, s_tiny with { Threads = 1 });
            foreach (int threads in (int[])[2, 3, 8]) Assert.Equal(bounded, Show(form, judges, capture, s_tiny with { Threads = threads }));
        }
    }

    [Fact]
    public void An_exchange_is_judged_once()
    {
        string one = Show(typeof(ExchangeLines), judges: true, new TracingOptions { Threads = 1 }, Fail);
        Assert.Contains(" 2000 ", one, StringComparison.Ordinal);
        Assert.Equal(one, Show(typeof(ExchangeLines), judges: true, new TracingOptions { Threads = 3 }, Fail));
    }

    private static IEnumerable<string> Captures() =>
    [
        .. Directory.EnumerateFiles(TestData.Shared("captures/tcp"), "*.pcap").Order(StringComparer.Ordinal).Where((_, i) => i % 40 == 7),
        .. Directory.EnumerateFiles(TestData.Shared("attacks"), "*.pcap*").Order(StringComparer.Ordinal),
    ];

    // Requests of one connection, more than fit into a batch, each answered by an error.
    private static CaptureTotals Fail(TracingOptions options, ITraceSink sink)
    {
        const string request = "GET /x HTTP/1.1\r\nHost: x\r\n\r\n", reply = "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n";
        var wire = new Wire(options, sink);
        wire.Handshake();
        uint asked = Wire.ClientStart + 1, answered = Wire.ServerStart + 1;
        for (int i = 0; i < 2000; i++)
        {
            wire.Send(Side.Client, TcpFlags.Psh | TcpFlags.Ack, asked, answered, request);
            asked += (uint)request.Length;
            wire.Send(Side.Server, TcpFlags.Psh | TcpFlags.Ack, answered, asked, reply);
            answered += (uint)reply.Length;
        }

        wire.Tracker.Complete();
        return wire.Tracker.Totals;
    }

    private static CaptureTotals Read(string capture, TracingOptions options, ITraceSink sink)
    {
        var tracker = new ConnectionTracker(options, sink);
        using (var file = CaptureFile.Open(capture))
        {
            while (file.TryRead(out Packets.Record record)) tracker.Observe(record);
        }

        tracker.Complete();
        return tracker.Totals;
    }

    private static string Show(Type form, bool judges, string capture, TracingOptions limits) =>
        Show(form, judges, limits, (options, sink) => Read(capture, options, sink));

    private static string Show(Type form, bool judges, TracingOptions limits, Func<TracingOptions, ITraceSink, CaptureTotals> play)
    {
        using var output = new MemoryStream();
        JudgedConnections? judged = judges ? new JudgedConnections() : null;
        var settings = new FormSettings { Output = output, Zone = TimeZoneInfo.Utc, FindingsOf = judged is null ? null : judged.FindingsOf };
        using IForm made = form == typeof(SeveralForms) ? new SeveralForms([new JsonLinesReport(settings), new LadderForm(settings)])
            : (IForm)Activator.CreateInstance(form, settings)!;
        using var report = new Report(made, judged, new Selection());
        Assert.True(report.IsSharded);
        TracingOptions needs = report.Needs;
        CaptureTotals totals = play(limits with
        {
            ExchangesOf = needs.ExchangesOf,
            TellSegments = needs.TellSegments,
            HeadBytes = needs.HeadBytes,
            MaxPacketNumbers = needs.MaxPacketNumbers,
            KeepWords = needs.KeepWords,
            CompareRepeats = needs.CompareRepeats,
            Bodies = needs.Bodies,
            KeepExchanges = needs.KeepExchanges,
            KeptExchanges = needs.KeptExchanges,
            KeptSegments = needs.KeptSegments,
        }, report.Sink);
        report.End(totals, [], truncated: false);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }
}
