using System.Globalization;
using Trama.Packets;
using Trama.Packets.Transport;
using Trama.Reports.Forms;
using Trama.Reports.Ladder;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Html;

/// <summary>The time–sequence plot of one direction: each segment a bar over its bytes, retransmissions apart, and below them the
/// line of what the other side has acknowledged.</summary>
internal static class SequencePlot
{
    // The least height of a bar: of many bytes, one segment would be too low to see.
    private const double LeastBar = 3;

    /// <summary>Draws the plot; null when the direction carried no bytes.</summary>
    public static MarkupText? Draw(Connection connection, Side from, string title, Language language)
    {
        var bars = new List<(long At, long Start, int Length, bool Again)>();
        var acks = new List<(long At, long Value)>();
        Timestamp start = PlotFrame.Start(connection);
        long sequence = 0, acknowledged = 0;
        foreach (TracedSegment segment in connection.Segments.Take(FormBounds.Segments))
        {
            long at = segment.At - start;
            if (segment.From == from)
            {
                sequence = Unwrap(segment.Sequence, sequence);
                bool again = LadderWords.IsSentAgain(segment.Marks) || (segment.Marks & SegmentMarks.OutOfOrder) != 0;
                if (segment.Length > 0) bars.Add((at, sequence, segment.Length, again));
            }
            else if (segment.Acknowledgement is { } value && (segment.Flags & TcpFlags.Rst) == 0)
            {
                acknowledged = Unwrap(value, acknowledged);
                acks.Add((at, acknowledged));
            }
        }

        if (bars.Count == 0) return null;
        var frame = new PlotFrame(Math.Max(bars.Max(bar => bar.At), acks.Select(ack => ack.At).DefaultIfEmpty().Max()),
            bars.Max(bar => bar.Start + bar.Length),
            PlotFrame.Count, language);
        MarkupText svg = frame.Begin(title);
        string line = string.Concat(acks.Where(ack => ack.Value >= 0)
            .Select((ack, i) => Step(frame.X(ack.At), frame.Y(ack.Value), i == 0)));
        svg.Add($"<path class=\"ack\" d=\"{line}\"/>\n");
        // What was sent again stands before the rest.
        foreach ((long at, long first, int length, bool again) in bars.OrderBy(bar => bar.Again))
        {
            double bottom = frame.Y(first), top = Math.Min(frame.Y(first + length), bottom - LeastBar);
            svg.Add($"<path class=\"{(again ? "again" : from == Side.Client ? "c" : "s")}\" d=\"M{frame.X(at)} {bottom}V{top}\"/>");
        }

        return svg.AddMarkup("</svg>\n");
    }

    private static string Step(double x, double y, bool first) =>
        first ? string.Create(CultureInfo.InvariantCulture, $"M{x:0.##} {y:0.##}")
            : string.Create(CultureInfo.InvariantCulture, $"H{x:0.##}V{y:0.##}");

    // Relative numbers wrap at 2^32: the nearest number to the one before is meant.
    private static long Unwrap(uint number, long before) => before + (int)(number - (uint)before);
}
