using System.Globalization;
using Trama.Reports.Text;

namespace Trama.Reports.Courses;

/// <summary>A course over time as lines of text.</summary>
public static class CourseText
{
    private const int MostColumns = 48;

    // Fewer say nothing that their sums do not say.
    private const int LeastColumns = 8;

    /// <summary>Draws a line of rates, and one of what 99 of 100 answers took at most; nothing when there are but few moments.</summary>
    /// <param name="text">Where the lines go.</param>
    /// <param name="moments">The moments, in order.</param>
    /// <param name="column">Where the bars begin, behind the title.</param>
    /// <param name="options">How text is written.</param>
    public static void Draw(StyledText text, IReadOnlyList<CourseMoment> moments, int column, TextOptions options)
    {
        ArgumentNullException.ThrowIfNull(moments);
        ArgumentNullException.ThrowIfNull(options);
        if (moments.Count < LeastColumns) return;
        int together = ((moments.Count - 1) / MostColumns) + 1;
        CourseMoment[] columns = [.. moments.Chunk(together).Select(some => some.Aggregate((one, next) => one.With(next)))];
        Row(text, options, column, options.Language.Pick("rate", "taxa"), [.. columns.Select(moment => (long?)moment.Rate)],
            options.Language.Pick("up to ", "até ") + Rate(columns.Max(moment => moment.Rate), options.Language));
        if (columns.Max(moment => moment.P99Ns) is { } longest) Row(text, options, column, "p99",
            [.. columns.Select(moment => moment.P99Ns)], options.Language.Pick("up to ", "até ") + DurationText.Of(longest, options));
    }

    /// <summary>How often something happens in a second.</summary>
    internal static string Rate(double perSecond, Language language) => (perSecond >= 10
        ? perSecond.ToString("0", CultureInfo.InvariantCulture) : DecimalText.Of(perSecond, "0.##", language)) + "/s";

    /// <summary>A title, a line of bars, and what they reach.</summary>
    internal static void Row(StyledText text, TextOptions options, int column, string title, IReadOnlyList<long?> values, string words)
    {
        text.Add(title).PadTo(column).Add(Sparkline.Of(values, options.Ascii), TextStyle.Server);
        text.Add("  ").Add(TextWidth.Fit(words, Math.Max(0, options.Width - text.Column), ""), TextStyle.Dim).EndLine();
    }
}
