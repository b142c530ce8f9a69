using Trama.Packets;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Ladder;

/// <summary>The times at the side of a ladder: since the first packet of the connection, all in one unit.</summary>
internal sealed class LadderClock
{
    private const long LongestInMilliseconds = 10_000_000_000;
    private const int ShortestWidth = 5;
    private readonly Timestamp _start;
    private readonly bool _milliseconds;
    private readonly Language _language;

    public LadderClock(ConnectionLadder ladder, Language language)
        : this(
            ladder.OpenedAt,
            ladder.Connection?.LastAt ?? (ladder.Segments.Count > 0 ? ladder.Segments[^1].At : ladder.OpenedAt),
            language)
    {
        // A capture may hold packets out of order, earlier ones after the first.
        foreach (TracedSegment segment in ladder.Segments) Width = Math.Max(Width, Text(segment.At).Length);
    }

    public LadderClock(Timestamp start, Timestamp last, Language language)
    {
        _language = language;
        _start = start;
        _milliseconds = last - start < LongestInMilliseconds;
        Width = Math.Max(Text(last).Length, ShortestWidth);
    }

    /// <summary>The unit of <see cref="Text"/>.</summary>
    public string Unit => _milliseconds ? "ms" : "s";

    /// <summary>The width of the longest text.</summary>
    public int Width { get; }

    /// <summary>The time since the first packet: thousandths of a millisecond, or of a second in a long connection.</summary>
    public string Text(Timestamp at) =>
        DecimalText.Of((at - _start) / (_milliseconds ? 1e6 : 1e9), "0.000", _language);
}
