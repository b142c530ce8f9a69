using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Xml;
using Trama.Diagnosis;
using Trama.Diagnosis.Joined;
using Trama.Framing;
using Trama.Reports.Checks;
using Trama.Reports.Findings;
using Trama.Reports.Follow;
using Trama.Reports.Forms;
using Trama.Reports.Json;
using Trama.Reports.Page;
using Trama.Reports.Tests.Checks;
using Trama.Reports.Text;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports.Tests.Fuzz;

/// <summary>Shows spoiled captures in a form, and looks at what comes out.</summary>
internal sealed record ShownCapture(Type Form, FramingRule Framing, Language Language, bool Ascii, bool Diagnoses, Period? Between)
{
    /// <summary>All forms of report.</summary>
    public static IReadOnlyList<Type> Forms { get; } =
        [.. typeof(IForm).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IForm))
            && type.GetConstructor([typeof(FormSettings)]) is not null).OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>All framings.</summary>
    public static IReadOnlyList<FramingRule> Framings
    { get; } = [.. FramingRuleParser.Plain, Parsed("delimiter:0d0a"), Parsed("length:u16be"), Parsed("length:u32le+4")];

    /// <summary>The columns of a terminal that it is shown on; 0 for some, and not everything in columns.</summary>
    public int Width { get; init; }

    /// <summary>Shows one capture.</summary>
    public string Show(SpoiledCapture capture) => Write(report =>
    {
        var tracker = new ConnectionTracker(report.Needs with
        {
            Framing = Framing,
            KeptOf = Between,
            MaxConnections = 64,
            MaxOutOfOrderBytes = 20_000,
            MaxBufferedBytes = 1 << 20
        }, report.Sink);
        capture.Give((in Packets.Record record) => tracker.Observe(record));
        tracker.Complete();
        report.End(tracker.Totals, ["made.pcap"], truncated: false);
    });

    /// <summary>Shows two captures as one.</summary>
    public string Show(SpoiledCapture first, SpoiledCapture second) => Write(report =>
    {
        TracingOptions options = report.JoinedNeeds with { Framing = Framing };
        Join(first, second, options, options, out JoinedCapture joined, out CaptureDiagnosis diagnosis);
        if (diagnosis.Connections.Count > 0 && report.NeedsOfFound(options) is { } more)
        {
            long[] found = [.. diagnosis.Connections.Select(connection => connection.Id)];
            Join(first, second, more with { ExchangesOf = joined.NumbersOf(found, inFirst: true) },
                more with { ExchangesOf = joined.NumbersOf(found, inFirst: false) }, out joined, out diagnosis);
        }

        report.Show(joined, diagnosis, ["one.pcap", "two.pcap"], truncated: true);
    });

    /// <summary>Follows the first connection.</summary>
    public void Follow(SpoiledCapture capture)
    {
        using var output = new MemoryStream();
        var text = new FollowText(output, Text, 1, Diagnoses);
        var tracker = new ConnectionTracker(new TracingOptions { ExchangesOf = FrozenSet<long>.Empty, Framing = Framing }, text);
        capture.Give((in Packets.Record record) => tracker.Observe(record));
        tracker.Complete();
        text.Flush();
        LookForObeyed(Encoding.UTF8.GetString(output.ToArray()));
    }

    private TextOptions Text => new() { Language = Language, Ascii = Ascii, Width = Width > 0 ? Width : Ascii ? 60 : 120 };

    private string Write(Action<Report> show)
    {
        using var output = new MemoryStream();
        JudgedConnections? judged = Diagnoses ? new JudgedConnections { Selection = new Selection(null, Between) } : null;
        var settings = new FormSettings
        {
            Output = output,
            Text = Text,
            Columns = Ascii || Width > 0,
            IsLive = Ascii,
            Full = Ascii,
            Zone = TimeZoneInfo.Utc,
            Sort = SummarySort.ServerTime,
            FindingsOf = judged is null ? null : judged.FindingsOf
        };
        using (var report = new Report((IForm)Activator.CreateInstance(Form, settings)!, judged, new Selection(null, Between))) show(
            report);
        string shown = Encoding.UTF8.GetString(output.ToArray());
        LookForObeyed(shown);
        LookAtForm(shown);
        return shown;
    }

    private static void LookForObeyed(string text)
    {
        int obeyed = text.AsSpan().IndexOfAny(Obeyed);
        if (obeyed >= 0) Assert.Fail($"U+{(int)text[obeyed]:X4} in the output: "
            + $"{text[Math.Max(0, obeyed - 40)..Math.Min(text.Length, obeyed + 10)]}");
    }

    private void LookAtForm(string text)
    {
        if (Form == typeof(JsonDocumentReport)) JsonDocument.Parse(text).Dispose();
        if (Form == typeof(JsonLinesReport))
            foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries)) JsonDocument.Parse(line).Dispose();
        if (Form == typeof(SarifForm)) SarifFacts.Check(text);
        if (Form == typeof(JunitForm)) JunitFacts.Check(text);
        if (text.Length == 0) return;
        if (Form == typeof(HtmlForm)) Assert.Single(new ReportText(text).Scripts);
        if (Form != typeof(SvgForm)) return;
        using var reader = XmlReader.Create(new StringReader(text));
        while (reader.Read()) Assert.NotEqual("script", reader.Name);
    }

    private static void Join(SpoiledCapture first, SpoiledCapture second, TracingOptions optionsOfFirst, TracingOptions optionsOfSecond,
        out JoinedCapture joined, out CaptureDiagnosis diagnosis)
    {
        var vantages = new List<VantagePoint>();
        var alone = new List<CaptureDiagnosis>();
        foreach ((SpoiledCapture capture, TracingOptions options) in new[] { (first, optionsOfFirst), (second, optionsOfSecond) })
        {
            var diagnoser = new Diagnoser();
            var vantage = new VantagePoint(diagnoser);
            var tracker = new ConnectionTracker(options, vantage);
            capture.Give((in Packets.Record record) => tracker.Observe(record));
            tracker.Complete();
            vantage.Totals = tracker.Totals;
            vantages.Add(vantage);
            alone.Add(diagnoser.Conclude(tracker.Totals));
        }

        joined = JoinedCapture.Of(vantages[0], vantages[1]);
        diagnosis = JoinedDiagnoser.Judge(joined, alone[0], alone[1]);
    }

    private static FramingRule Parsed(string text) => FramingRuleParser.TryParse(text, out FramingRule? rule, out _)
        ? rule : throw new ArgumentException(text);

    // What terminals obey, and what turns the direction of text.
    private static readonly System.Buffers.SearchValues<char> Obeyed = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(code => code is not ('\n' or '\t')).Concat(Enumerable.Range(0x7f, 0x21))
            .Concat(Enumerable.Range(0x202a, 5)).Concat(Enumerable.Range(0x2066, 4)).Select(code => (char)code)]);
}
