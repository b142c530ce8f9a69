using Trama.Diagnosis;
using Trama.Packets;
using Trama.Reports.Forms;
using Trama.Reports.Text;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports.Ladder.Joined;

/// <summary>
/// The ladder of a connection that was captured at both ends, as rows, before anything is drawn: in the order of time, what
/// left one lifeline and what arrived at the other.
/// </summary>
public sealed class JoinedLadder
{
    private readonly List<JoinedRow> _rows = [];
    private readonly List<JoinedArrow> _arrows = [];

    private JoinedLadder(JoinedCapture captures, JoinedConnection connection) => (Captures, Connection) = (captures, connection);

    /// <summary>The captures that it comes from.</summary>
    public JoinedCapture Captures { get; }

    /// <summary>The connection that is drawn.</summary>
    public JoinedConnection Connection { get; }

    /// <summary>The part of the connection that is drawn; absent when that is all of it, or an excerpt.</summary>
    public DrawnPart? Part { get; private set; }

    /// <summary>What was found about the connection.</summary>
    public IReadOnlyList<Finding> Findings { get; private init; } = [];

    /// <summary>Whether only a part of the connection is drawn.</summary>
    public bool IsExcerpt { get; private init; }

    /// <summary>The rows, in order of time.</summary>
    public IReadOnlyList<JoinedRow> Rows => _rows;

    /// <summary>The arrows between them, in the order in which they leave.</summary>
    public IReadOnlyList<JoinedArrow> Arrows => _arrows;

    /// <summary>When the connection began: from here times are counted.</summary>
    public Timestamp StartedAt => Connection.Segments is [var first, ..] ? first.LeftAt : default;

    /// <summary>The times of the first and the last row.</summary>
    public (Timestamp First, Timestamp Last) Span => _rows.Count == 0 ? default : (_rows[0].At, _rows.Max(row => row.At));

    /// <summary>The name of a side, and behind it that side's process where it is known; of an excerpt the name alone.</summary>
    public string Name(Side side, LadderWords words) =>
        ProcessText.Behind(words.Name(side), IsExcerpt ? null : Connection.Shown.Process(side));

    /// <summary>Builds the rows of a connection that was traced with kept exchanges and segments.</summary>
    /// <param name="captures">The captures.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="between">The period in which segments left; null for all of them.</param>
    /// <param name="findings">What was found about it; marked where it happens.</param>
    public static JoinedLadder Of(JoinedCapture captures, JoinedConnection connection, Period? between = null,
        IReadOnlyList<Finding>? findings = null)
    {
        var ladder = new JoinedLadder(captures, connection) { Findings = findings ?? [] };
        JoinedSegment[] wanted = [.. connection.Segments.Where(segment => between?.Contains(segment.LeftAt) != false)];
        JoinedSegment[] drawn = [.. wanted.Take(FormBounds.Segments)];
        ladder.Build(drawn);
        long omitted = Math.Max(connection.AtClient?.OmittedSegments ?? 0, connection.AtServer?.OmittedSegments ?? 0)
            + wanted.Length - drawn.Length;
        if (omitted > 0) ladder.Part = new DrawnPart(drawn.Length, drawn.Length + omitted, AreExchanges: false);
        else if ((connection.AtClient ?? connection.AtServer) is { OmittedExchanges: > 0 } cut) ladder.Part = DrawnPart.Of(cut);
        if (omitted > 0) ladder._rows.Add(new JoinedRow(JoinedRowKind.Omitted, ladder.Span.Last, Side.Client) { Omitted = omitted });
        return ladder;
    }

    /// <summary>Builds the rows of the segments that prove a finding, and of some around them.</summary>
    /// <param name="captures">The captures.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="finding">What was found.</param>
    /// <param name="count">How many segments to draw.</param>
    public static JoinedLadder Excerpt(JoinedCapture captures, JoinedConnection connection, Finding finding, int count)
    {
        var ladder = new JoinedLadder(captures, connection) { IsExcerpt = true, Findings = [finding] };
        var packets = new HashSet<long>(finding.Packets);
        int first = connection.Segments.Index().FirstOrDefault(
            item => packets.Contains(PacketAt(connection, item.Item, finding.SeenAt ?? Side.Client))).Index;
        ladder.Build([.. connection.Segments.Skip(Math.Max(0, first - 1)).Take(count)]);
        return ladder;
    }

    private static long PacketAt(JoinedConnection connection, JoinedSegment segment, Side side) =>
        (segment.From == side ? connection.Left(segment) : connection.Arrived(segment))?.Packet ?? 0;

    private void Build(IReadOnlyList<JoinedSegment> segments)
    {
        List<JoinedRow> events = Merged(Events(segments));
        MessageStarts starts = new(Connection);
        long pause = PauseThreshold.Of([.. events.Select(row => row.At)], (Connection.AtClient ?? Connection.AtServer)?.HandshakeNs);
        Timestamp? previous = null;
        foreach (JoinedRow row in events)
        {
            if (row.At - previous >= pause) _rows.Add(new JoinedRow(JoinedRowKind.Pause, row.At, row.End)
            { PauseNs = (row.At - previous)!.Value });
            if (row.Kind == JoinedRowKind.Leaves)
            {
                foreach ((Exchange exchange, Message message) in starts.At(row.End, row.Segment!.Value.Packet))
                    _rows.Add(new JoinedRow(JoinedRowKind.Message, row.At, row.End) { Exchange = exchange, Message = message });
            }

            foreach (JoinedArrow arrow in row.Arrows)
            {
                if (row.Kind == JoinedRowKind.Leaves) arrow.LeavesIn = _rows.Count;
                else arrow.ArrivesIn = _rows.Count;
            }

            _rows.Add(row);
            previous = row.At;
        }
    }

    // Each segment once where it left and once where it arrived, however many arrows it has.
    private List<JoinedRow> Events(IReadOnlyList<JoinedSegment> segments)
    {
        var events = new Dictionary<(Side End, int Index), JoinedRow>();
        ILookup<(Side End, long Packet), FindingId> marks = Marks(Findings);
        bool isTranslated = Findings.Any(finding => finding.Id == FindingId.TranslationLost);
        foreach (JoinedSegment segment in segments)
        {
            var arrow = new JoinedArrow(segment);
            _arrows.Add(arrow);
            // A copy starts where the original is on its way.
            if (segment.Left >= 0 && segment.Fate != SegmentFate.Duplicated)
                Add(JoinedRowKind.Leaves, segment.From, segment.Left, segment.LeftAt, Connection.Left(segment)!.Value, arrow);
            if (segment.Arrived >= 0)
                Add(JoinedRowKind.Arrives, segment.From.Other(), segment.Arrived, segment.ArrivedAt, Connection.Arrived(segment)!.Value,
                    arrow);
        }

        return [.. events.Values];

        void Add(JoinedRowKind kind, Side end, int index, Timestamp at, TracedSegment seen, JoinedArrow arrow)
        {
            if (events.TryGetValue((end, index), out JoinedRow? row)) events[(end, index)] = row with { Arrows = [.. row.Arrows, arrow] };
            else events[(end, index)] = new JoinedRow(kind, at, end)
            {
                Segment = seen,
                Arrows = [arrow],
                Findings = [.. marks[(end, seen.Packet)]],
                IsRewritten = isTranslated && arrow.Segment.Fate == SegmentFate.Forged,
            };
        }
    }

    // The numbers of a finding's packets are those of the capture that it was seen in.
    private static ILookup<(Side End, long Packet), FindingId> Marks(IReadOnlyList<Finding> findings) => findings
        .SelectMany(finding => finding.Packets, (finding, packet) => (finding.SeenAt, Packet: packet, finding.Id))
        .SelectMany(mark => mark.SeenAt is { } end ? [end] : new[] { Side.Client, Side.Server }, (mark, end) =>
            (End: end, mark.Packet, mark.Id))
        .Distinct().ToLookup(mark => (mark.End, mark.Packet), mark => mark.Id);

    // By time; but each capture's packets stay in its order, and nothing arrives before it left, however the clocks are.
    private static List<JoinedRow> Merged(List<JoinedRow> events)
    {
        Queue<JoinedRow>[] ends = [.. new[] { Side.Client, Side.Server }.Select(
            end => new Queue<JoinedRow>(events.Where(row => row.End == end).OrderBy(row => row.Segment!.Value.Packet)))];
        var merged = new List<JoinedRow>();
        var left = new HashSet<JoinedArrow>();
        while (ends.Any(end => end.Count > 0))
        {
            Queue<JoinedRow> next = ends.Where(end => end.Count > 0)
                .OrderBy(end => !MayCome(end.Peek(), left)).ThenBy(end => end.Peek().At).ThenBy(end => end.Peek().Kind).First();
            JoinedRow row = next.Dequeue();
            if (row.Kind == JoinedRowKind.Leaves) left.UnionWith(row.Arrows);
            merged.Add(row);
        }

        return merged;
    }

    private static bool MayCome(JoinedRow row, HashSet<JoinedArrow> left) =>
        row.Kind == JoinedRowKind.Leaves || row.Arrows.All(arrow => arrow.Segment.Left < 0 || arrow.Segment.Fate == SegmentFate.Duplicated
            || left.Contains(arrow));
}
