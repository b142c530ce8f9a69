using Trama.Reports.Text;

namespace Trama.Reports.Courses;

/// <summary>The frame of a plot over time: axes with round numbers, and where a point lies in the picture.</summary>
internal sealed class PlotFrame
{
    private const double Top = 14;

    // Half a time's text may stand beyond it.
    private const double Right = 880;
    private const double Bottom = 226;
    private const int Steps = 6;

    // A character's width, and the distance of a text from the axis.
    private const double CharacterWidth = 6.7;
    private const double Gap = 6;

    // Above and to the right of the largest values, so that their marks are whole.
    private const double Headroom = 1.03;

    private readonly double _left;
    private readonly double _spanX;
    private readonly double _spanY;
    private readonly Func<double, string> _textX;
    private readonly Func<double, string> _textY;

    /// <summary>Makes a frame from 0 to the largest values.</summary>
    /// <param name="spanX">The largest time, in nanoseconds.</param>
    /// <param name="spanY">The largest value.</param>
    /// <param name="textY">The text of a value.</param>
    /// <param name="language">The language of times.</param>
    public PlotFrame(double spanX, double spanY, Func<double, string> textY, Language language)
    {
        (_spanX, _spanY) = (Math.Max(spanX, 1) * Headroom, Math.Max(spanY, 1) * Headroom);
        _textX = nanoseconds => nanoseconds == 0 ? "0" : DurationText.Of((long)nanoseconds, language);
        _textY = value => value == 0 ? "0" : textY(value);
        _left = Math.Max(84, 2 * Gap + CharacterWidth * Ticks(_spanY).Max(value => _textY(value).Length));
    }

    /// <summary>Where a time lies.</summary>
    public double X(double value) => _left + value / _spanX * (Right - _left);

    /// <summary>Where a value lies.</summary>
    public double Y(double value) => Bottom - value / _spanY * (Bottom - Top);

    /// <summary>Begins the picture with the axes.</summary>
    public MarkupText Begin(string title)
    {
        var svg = new MarkupText();
        svg.Add($"<svg class=\"plot\" viewBox=\"0 0 920 256\" width=\"920\" height=\"256\" role=\"img\"><title>{title}</title>\n");
        foreach (double value in Ticks(_spanY))
            svg.Add($"<path class=\"grid\" d=\"M{_left} {Y(value)}H{Right}\"/><text x=\"{_left - Gap}\" y=\"{Y(value) + 4}\" ")
                .Add($"text-anchor=\"end\">{_textY(value)}</text>\n");
        foreach (double value in Ticks(_spanX))
            svg.Add($"<path class=\"grid\" d=\"M{X(value)} {Top}V{Bottom}\"/><text x=\"{X(value)}\" y=\"{Bottom + 18}\" ")
                .Add($"text-anchor=\"middle\">{_textX(value)}</text>\n");
        return svg;
    }

    /// <summary>Round numbers from 0 to the end of an axis.</summary>
    private static IEnumerable<double> Ticks(double span)
    {
        double step = Math.Pow(10, Math.Floor(Math.Log10(span / Steps)));
        foreach (int factor in (int[])[1, 2, 5, 10])
        {
            if (span / (step * factor) > Steps + 1) continue;
            step *= factor;
            break;
        }

        for (int i = 0; i * step <= span; i++) yield return i * step;
    }
}
