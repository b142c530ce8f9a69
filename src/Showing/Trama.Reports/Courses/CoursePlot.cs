using Trama.Reports.Text;

namespace Trama.Reports.Courses;

/// <summary>A course over time as pictures: how long answers took, and how many there were.</summary>
internal static class CoursePlot
{
    /// <summary>Draws how long half of the answers took at most, how long 99 of 100 did, and where something failed; null when nothing was
    /// answered.</summary>
    public static MarkupText? Times(IReadOnlyList<CourseMoment> moments, string title, Language language)
    {
        if (moments.Max(moment => moment.P99Ns) is not { } longest) return null;
        PlotFrame frame = Frame(moments, longest, value => DurationText.Of((long)value, language), language);
        MarkupText svg = frame.Begin(title);
        foreach (CourseMoment moment in moments.Where(moment => moment.Failed > 0))
            svg.Add($"<circle class=\"bad\" cx=\"{Middle(frame, moment)}\" cy=\"{frame.Y(0)}\" r=\"3\">")
                .Add($"<title>{language.Pick($"{moment.Failed} failed", $"{moment.Failed} falharam")}</title></circle>\n");
        Line(svg, frame, "s tail", moments, moment => moment.P99Ns);
        Line(svg, frame, "s", moments, moment => moment.P50Ns);
        return svg.AddMarkup("</svg>\n");
    }

    /// <summary>Draws how many requests were answered a second.</summary>
    public static MarkupText Rates(IReadOnlyList<CourseMoment> moments, string title, Language language)
    {
        PlotFrame frame = Frame(moments, moments.Max(moment => moment.Rate), value => CourseText.Rate(value, language), language);
        MarkupText svg = frame.Begin(title);
        Line(svg, frame, "c", moments, moment => moment.Rate);
        return svg.AddMarkup("</svg>\n");
    }

    private static PlotFrame Frame(IReadOnlyList<CourseMoment> moments, double most, Func<double, string> text, Language language) =>
        new(moments[^1].AtNs + moments[^1].LengthNs, most, text, language);

    private static double Middle(PlotFrame frame, CourseMoment moment) => frame.X(moment.AtNs + (moment.LengthNs / 2.0));

    // Where nothing was answered, the line has a gap; what stands alone is a point.
    private static void Line(
        MarkupText svg, PlotFrame frame, string kind, IReadOnlyList<CourseMoment> moments, Func<CourseMoment, double?> of)
    {
        bool isDrawn = false;
        svg.Add($"<path class=\"{kind}\" stroke-linecap=\"round\" d=\"");
        foreach (CourseMoment moment in moments)
        {
            if (of(moment) is { } value)
                svg.Add($"{(isDrawn ? "L" : "M")}{Middle(frame, moment)} {frame.Y(value)}").AddMarkup(isDrawn ? "" : "h0");
            isDrawn = of(moment) is not null;
        }

        svg.AddMarkup("\"/>\n");
    }
}
