using Trama.Packets;
using Trama.Tracing;

namespace Trama.Reports.Ladder;

/// <summary>
/// The ladder of a connection as rows, before anything is drawn: two lifelines, and in the order of time the segments, the
/// messages above the segments that carried them, the pauses and the end. Text, SVG and HTML draw the same rows.
/// </summary>
public sealed class ConnectionLadder
{
    private const long ShortestPauseNs = 1_000_000;
    private const long LongestUnmarkedNs = 1_000_000_000;
    private const int PauseToMedian = 10;
    private const int PauseToHandshake = 3;

    private readonly List<LadderRow> _rows = [];

    private ConnectionLadder(Connection connection) => Connection = connection;

    /// <summary>The connection that is drawn.</summary>
    public Connection Connection { get; }

    /// <summary>The rows, in order of time.</summary>
    public IReadOnlyList<LadderRow> Rows => _rows;

    /// <summary>Builds the rows of a connection that was traced with kept exchanges and segments.</summary>
    public static ConnectionLadder Of(Connection connection)
    {
        var ladder = new ConnectionLadder(connection);
        ladder.Build();
        return ladder;
    }

    private void Build()
    {
        IReadOnlyList<TracedSegment> segments = Connection.Segments;
        Dictionary<long, List<(Exchange, Message)>> starts = MessagesByFirstPacket(segments);
        long pause = PauseThreshold(segments);

        Timestamp? previous = null;
        foreach (TracedSegment segment in segments)
        {
            long? delta = segment.At - previous;
            if (delta >= pause) _rows.Add(new LadderRow(LadderRowKind.Pause, segment.At) { DeltaNs = delta });
            if ((segment.Marks & SegmentMarks.Gap) != 0)
                _rows.Add(new LadderRow(LadderRowKind.Unseen, segment.At) { From = segment.From });
            foreach ((Exchange exchange, Message message) in starts.GetValueOrDefault(segment.Packet, []))
            {
                _rows.Add(new LadderRow(LadderRowKind.Message, segment.At)
                {
                    DeltaNs = delta,
                    From = message.From,
                    Message = message,
                    Exchange = exchange,
                });
            }

            _rows.Add(new LadderRow(LadderRowKind.Segment, segment.At) { DeltaNs = delta, From = segment.From, Segment = segment });
            previous = segment.At;
        }

        Timestamp last = previous ?? Connection.OpenedAt;
        if (Connection.OmittedSegments > 0)
            _rows.Add(new LadderRow(LadderRowKind.Omitted, last) { Omitted = Connection.OmittedSegments });
        _rows.Add(new LadderRow(LadderRowKind.End, Connection.ClosedAt ?? Connection.LastAt));
        JoinMessages();
    }

    private Dictionary<long, List<(Exchange, Message)>> MessagesByFirstPacket(IReadOnlyList<TracedSegment> segments)
    {
        var kept = new HashSet<long>(segments.Count);
        foreach (TracedSegment segment in segments) kept.Add(segment.Packet);

        var starts = new Dictionary<long, List<(Exchange, Message)>>();
        foreach (Exchange exchange in Connection.Exchanges)
        {
            foreach (Message message in exchange.Messages)
            {
                long first = message.Packets.Where(kept.Contains).DefaultIfEmpty().Min();
                if (first == 0) continue;
                if (!starts.TryGetValue(first, out List<(Exchange, Message)>? list)) starts[first] = list = [];
                list.Add((exchange, message));
            }
        }

        return starts;
    }

    // The bracket of a message runs on its sender's lifeline from its own row to the last of its segments.
    private void JoinMessages()
    {
        var rowOfPacket = new Dictionary<long, int>();
        for (int row = 0; row < _rows.Count; row++)
            if (_rows[row].Segment is { } segment) rowOfPacket[segment.Packet] = row;

        for (int row = 0; row < _rows.Count; row++)
        {
            if (_rows[row].Message is not { } message) continue;
            int last = row;
            foreach (long packet in message.Packets)
                if (rowOfPacket.TryGetValue(packet, out int at)) last = Math.Max(last, at);
            for (int between = row; between < last; between++)
            {
                Join(_rows[between], message.From, LifelineJoin.Below);
                Join(_rows[between + 1], message.From, LifelineJoin.Above);
            }
        }
    }

    private static void Join(LadderRow row, Side side, LifelineJoin join)
    {
        if (side == Side.Client) row.ClientJoin |= join;
        else row.ServerJoin |= join;
    }

    // Silence is what stands out among the distances between the segments of this connection; waiting for the path is none.
    private long PauseThreshold(IReadOnlyList<TracedSegment> segments)
    {
        if (segments.Count < 2) return long.MaxValue;
        var distances = new long[segments.Count - 1];
        for (int i = 0; i < distances.Length; i++) distances[i] = segments[i + 1].At - segments[i].At;
        Array.Sort(distances);
        long usual = Math.Max(distances[distances.Length / 2] * PauseToMedian, (Connection.HandshakeNs ?? 0) * PauseToHandshake);
        return Math.Clamp(usual, ShortestPauseNs, LongestUnmarkedNs);
    }
}
