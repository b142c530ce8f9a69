using System.Text.Json;
using Trama.Packets.Transport;
using Trama.Reports.Ladder;
using Trama.Tracing;

namespace Trama.Reports.Browsing.Answers;

/// <summary>
/// Answers what plots draw of one side of a connection within a period: its segments over time and bytes, what the other side
/// acknowledged and offered as window, round trip times and bytes in flight. Of very many, some are left out evenly; of those that were
/// sent again, or closed the window, only when they alone are too many. The answer says so.
/// </summary>
internal sealed class PlotAnswer(Moments moments, Question question)
{
    private const int MostPoints = 4000;

    /// <summary>Writes the points: times, and beside them the values.</summary>
    public void Write(Connection connection)
    {
        Side from = question.Text("side") == "server" ? Side.Server : Side.Client;
        long begins = question.Number("begin"), ends = question.Text("end").Length > 0 ? question.Number("end") : long.MaxValue;
        var points = new List<Point>();
        long sequence = 0, acknowledged = 0, top = 0;
        foreach (TracedSegment segment in connection.Segments)
        {
            long at = segment.At - connection.OpenedAt;
            if (segment.From == from)
            {
                sequence = Unwrap(segment.Sequence, sequence);
                top = Math.Max(top, sequence + segment.Length);
                if (segment.Length == 0) continue;
                bool again = LadderWords.IsSentAgain(segment.Marks);
                points.Add(new Point(at, segment.Packet, sequence, segment.Length, -1, again ? 1 : 0, -1, Math.Max(0, top - acknowledged)));
            }
            else if (segment.Acknowledgement is { } value && (segment.Flags & TcpFlags.Rst) == 0)
            {
                acknowledged = Unwrap(value, acknowledged);
                bool isClosed = (segment.Marks & SegmentMarks.ZeroWindow) != 0;
                points.Add(new Point(at, segment.Packet, acknowledged, 0, segment.Window, isClosed ? 1 : 0, segment.RttNs ?? -1,
                    Math.Max(0, top - acknowledged)));
            }
        }

        points.RemoveAll(point => point.At < begins || point.At > ends);
        int marked = points.Count(point => point.Mark != 0), step = Step(points.Count), markedStep = Step(marked), seen = 0;
        Utf8JsonWriter writer = moments.Writer;
        writer.WriteNumber("lasts"u8, connection.LastAt - connection.OpenedAt);
        if (step > 1) writer.WriteNumber("oneOf"u8, step);
        writer.WriteStartArray("points"u8);
        for (int i = 0; i < points.Count; i++)
        {
            Point point = points[i];
            if (point.Mark == 0 ? i % step != 0 : seen++ % markedStep != 0) continue;
            writer.WriteStartArray();
            foreach (long value in (ReadOnlySpan<long>)[point.At, point.Packet, point.Place, point.Length, point.Window, point.Mark,
                point.Rtt, point.InFlight]) writer.WriteNumberValue(value);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static int Step(int points) => Math.Max(1, (points + MostPoints - 1) / MostPoints);

    // Relative numbers wrap at 2^32: the nearest number to the one before is meant.
    private static long Unwrap(uint number, long before) => before + (int)(number - (uint)before);

    private readonly record struct Point(
        long At, long Packet, long Place, int Length, int Window, int Mark, long Rtt, long InFlight);
}
