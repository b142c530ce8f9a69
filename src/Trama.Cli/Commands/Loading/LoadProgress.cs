using System.Globalization;
using Trama.Cli.ThisProcess;
using Trama.Peers.Loading;
using Trama.Reports;
using Trama.Reports.Courses;
using Trama.Reports.Summary;
using Trama.Reports.Text;

namespace Trama.Cli.Commands.Loading;

/// <summary>Lines on the terminal, renewed every second, that say how a load is going: the last second, the course so far, and where there
/// is room for it the histogram.</summary>
internal sealed class LoadProgress(Load load, LoadCourse course, TextOptions options)
{
    private const int Column = 7;

    private LatencyHistogram _now = new(), _before = new();
    private int _seconds;

    /// <summary>Shows them until what is returned is disposed of; null where nobody would see them.</summary>
    public StatusLine? Show() => StatusLine.Start(TimeSpan.FromSeconds(1), Text);

    private string Text()
    {
        long failed = load.Read(_now);
        string p50 = Text(_now.Percentile(0.5, _before)), p99 = Text(_now.Percentile(0.99, _before));
        string line = string.Create(CultureInfo.InvariantCulture, $"{++_seconds} s  {_now.Count - _before.Count}/s  p50 {p50}  p99 {p99}  ")
            + options.Language.Pick($"failed {failed}", $"falharam {failed}");
        var text = new StyledText(false);
        text.Add(line).EndLine();
        CourseText.Draw(text, course.Course, Column, options);
        LatencyBars.Of(_now.Buckets).Draw(text, options);
        (_now, _before) = (_before, _now);
        string all = text.ToString().TrimEnd('\n');
        return all.Count(letter => letter == '\n') < Terminal.ErrorLines ? all : line;
    }

    private string Text(long? nanoseconds) => nanoseconds is { } known ? DurationText.Of(known, options.Language, options.Ascii) : "-";
}
