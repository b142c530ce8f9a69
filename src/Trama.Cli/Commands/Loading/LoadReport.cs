using System.Globalization;
using Trama.Peers.Loading;
using Trama.Reports;
using Trama.Reports.Courses;
using Trama.Reports.Summary;
using Trama.Reports.Text;

namespace Trama.Cli.Commands.Loading;

/// <summary>What came of a load, for people.</summary>
internal sealed class LoadReport(LoadTally tally, IReadOnlyList<CourseMoment> course, TextOptions options)
{
    private const int Column = 17;

    private readonly StyledText _text = new(options.Colour);
    private readonly Language _language = options.Language;

    /// <summary>The whole report; its lines end with LF.</summary>
    public string Draw()
    {
        double seconds = Math.Max(1e-9, tally.Measured.TotalSeconds);
        Row(_language.Pick("answered", "respondidos"), string.Create(
            CultureInfo.InvariantCulture, $"{tally.Answered} {_language.Pick("of", "de")} {tally.Due}, {tally.Answered / seconds:0}/s"));
        if (tally.Failed > 0) Row(_language.Pick("failed", "falharam"), Failures(), TextStyle.Error);
        if (tally.ClosedByServer > 0)
        {
            Row(_language.Pick("connections", "conexões"), _language.Pick(
                $"{tally.ClosedByServer} of {tally.Connections} closed by the server after a reply; went on with new ones",
                $"{tally.ClosedByServer} de {tally.Connections} fechadas pelo servidor depois de uma resposta; novas as substituíram"));
        }

        Row(_language.Pick("latency", "latência"), Times(tally.Latency));
        if (tally.Lag.Count > 0) Row(_language.Pick("sent late by", "atraso do envio"), Times(tally.Lag));
        Row(_language.Pick("connecting", "conexão"), Times(tally.Connecting));
        if (tally.Handshakes.Count > 0) Row(_language.Pick("TLS handshake", "negociação TLS"), Times(tally.Handshakes));
        Row(_language.Pick("bytes", "bytes"), $"{SizeText.Of(tally.SentBytes, _language)} {_language.Pick("sent", "enviados")}, "
            + $"{SizeText.Of(tally.ReceivedBytes, _language)} {_language.Pick("received", "recebidos")}");
        if (tally.Answered == 0) return _text.ToString();
        CourseText.Draw(_text, course, Column, options);
        _text.EndLine();
        LatencyBars.Of(tally.Latency.Buckets).Draw(_text, options);
        return _text.ToString();
    }

    // What does not fit goes on below, behind the name.
    private void Row(string name, string value, TextStyle style = TextStyle.Plain)
    {
        _text.Add(name, TextStyle.Bold).PadTo(Column);
        foreach (string part in value.Split("  "))
        {
            string gap = _text.Column > Column ? "  " : "";
            bool fits = gap.Length == 0 || _text.Column + gap.Length + TextWidth.Of(part) <= options.Width;
            if (fits) _text.Add(gap + part, style);
            else _text.EndLine().PadTo(Column).Add(part, style);
        }

        _text.EndLine();
    }

    private string Failures() => string.Join(", ", Enum.GetValues<LoadFailure>()
        .Where(failure => tally[failure] > 0)
        .Select(failure => string.Create(CultureInfo.InvariantCulture, $"{LoadFailureWords.Of(failure, _language)}: {tally[failure]}")));

    private string Times(LatencyHistogram times)
    {
        if (times.Count == 0) return "-";
        IEnumerable<string> shares = new[] { (50, 0.5), (90, 0.9), (99, 0.99), (99.9, 0.999), (99.99, 0.9999) }
            .Select(share => $"p{DecimalText.Of(share.Item1, "0.##", _language)} {Text(times.Percentile(share.Item2)!.Value)}");
        return string.Join("  ", [$"min {Text(times.Min)}", .. shares, $"max {Text(times.Max)}"]);
    }

    private string Text(long nanoseconds) => DurationText.Of(nanoseconds, options.Language, options.Ascii);
}
