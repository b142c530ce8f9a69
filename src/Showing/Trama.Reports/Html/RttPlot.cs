using Trama.Packets;
using Trama.Reports.Forms;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Html;

/// <summary>The round trip times of one direction over time: from a segment to its acknowledgement.</summary>
internal static class RttPlot
{
    /// <summary>Draws the plot; null when nothing of the direction was acknowledged.</summary>
    public static MarkupText? Draw(Connection connection, Side from, string title, Language language)
    {
        var points = new List<(long At, long Rtt)>();
        Timestamp start = PlotFrame.Start(connection);
        foreach (TracedSegment segment in connection.Segments.Take(FormBounds.Segments))
            if (segment.From != from && segment.RttNs is { } rtt) points.Add((segment.At - start, rtt));
        if (points.Count == 0) return null;

        var frame = new PlotFrame(points.Max(point => point.At), points.Max(point => point.Rtt),
            value => DurationText.Of((long)value, language), language);
        MarkupText svg = frame.Begin(title);
        foreach ((long at, long rtt) in points)
            svg.Add($"<circle class=\"{(from == Side.Client ? "c" : "s")}\" cx=\"{frame.X(at)}\" cy=\"{frame.Y(rtt)}\" r=\"2.5\">")
                .Add($"<title>{DurationText.Of(rtt, language)}</title></circle>");
        return svg.AddMarkup("</svg>\n");
    }
}
