using Trama.Diagnosis;
using Trama.Packets;
using Trama.Packets.Transport;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Ladder;

/// <summary>
/// The ladder of a connection as rows, before anything is drawn: two lifelines, and in the order of time the segments, the
/// messages above the segments that carried them, the pauses and the end. Text, SVG and HTML draw the same rows.
/// </summary>
public sealed class ConnectionLadder
{
    private readonly List<LadderRow> _rows = [];

    private ConnectionLadder(Endpoint client, Endpoint server, Timestamp openedAt, IReadOnlyList<TracedSegment> segments) =>
        (Client, Server, OpenedAt, Segments) = (client, server, openedAt, segments);

    /// <summary>The client's address and port.</summary>
    public Endpoint Client { get; }

    /// <summary>The server's address and port.</summary>
    public Endpoint Server { get; }

    /// <summary>When the first packet of the connection was seen; the times are counted from here.</summary>
    public Timestamp OpenedAt { get; }

    /// <summary>The segments that are drawn.</summary>
    public IReadOnlyList<TracedSegment> Segments { get; }

    /// <summary>The connection that is drawn to its end; absent for an excerpt.</summary>
    public Connection? Connection { get; private init; }

    /// <summary>The name of a side, and behind it that side's process where it is known.</summary>
    public string Name(Side side, string name) => ProcessText.Behind(name, Connection?.Process(side));

    /// <summary>What was found about the connection.</summary>
    public IReadOnlyList<Finding> Findings { get; private init; } = [];

    /// <summary>The part of the connection that is drawn; absent when that is all of it.</summary>
    public DrawnPart? Part { get; private init; }

    /// <summary>The rows, in order of time.</summary>
    public IReadOnlyList<LadderRow> Rows => _rows;

    /// <summary>Builds the rows of a connection that was traced with kept exchanges and segments.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="findings">What was found about it; marked where it happens.</param>
    public static ConnectionLadder Of(Connection connection, IReadOnlyList<Finding>? findings = null)
    {
        IReadOnlyList<TracedSegment> segments = WithinExchanges(connection);
        var ladder = new ConnectionLadder(connection.Client, connection.Server, connection.OpenedAt, segments)
        {
            Connection = connection,
            Findings = findings ?? [],
            Part = DrawnPart.Of(connection),
        };
        ladder.Build(ladder.MessagesByFirstPacket(connection), connection.HandshakeNs);
        Timestamp last = segments.Count > 0 ? segments[^1].At : connection.OpenedAt;
        long omitted = connection.OmittedSegments + connection.Segments.Count - segments.Count;
        if (omitted > 0) ladder._rows.Add(new LadderRow(LadderRowKind.Omitted, last) { Omitted = omitted });
        ladder._rows.Add(new LadderRow(LadderRowKind.End, connection.ClosedAt ?? connection.LastAt));
        ladder.JoinMessages();
        return ladder;
    }

    /// <summary>Builds the rows of the segments that prove what was found, and of those around them.</summary>
    public static ConnectionLadder Excerpt(ConnectionDiagnosis diagnosis)
    {
        var ladder = new ConnectionLadder(diagnosis.Client, diagnosis.Server, diagnosis.OpenedAt, diagnosis.Excerpt)
        { Findings = diagnosis.Findings };
        ladder.Build([], null);
        return ladder;
    }

    // Segments of exchanges that are not drawn would stand there without their messages.
    private static IReadOnlyList<TracedSegment> WithinExchanges(Connection connection)
    {
        if (connection.OmittedExchanges == 0) return connection.Segments;
        long last = connection.Exchanges.SelectMany(exchange => exchange.Messages)
            .Max(message => message.Packets is [.., var packet] ? packet : 0);
        return [.. connection.Segments.TakeWhile(segment => segment.Packet <= last)];
    }

    private void Build(Dictionary<long, List<(Exchange, Message)>> starts, long? handshakeNs)
    {
        long pause = PauseThreshold.Of([.. Segments.Select(segment => segment.At)], handshakeNs);
        Dictionary<long, FindingId[]> marks = Findings.SelectMany(
            finding => finding.Packets.Distinct().Select(packet => (packet, finding.Id)))
            .GroupBy(pair => pair.packet).ToDictionary(group => group.Key, group => group.Select(pair => pair.Id).Distinct().ToArray());

        Timestamp? previous = null;
        foreach (TracedSegment segment in Segments)
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

            _rows.Add(new LadderRow(LadderRowKind.Segment, segment.At)
            {
                DeltaNs = delta,
                From = segment.From,
                Segment = segment,
                Findings = marks.GetValueOrDefault(segment.Packet, []),
            });
            previous = segment.At;
        }
    }

    private Dictionary<long, List<(Exchange, Message)>> MessagesByFirstPacket(Connection connection)
    {
        var kept = new HashSet<long>(Segments.Count);
        foreach (TracedSegment segment in Segments) kept.Add(segment.Packet);

        var starts = new Dictionary<long, List<(Exchange, Message)>>();
        foreach (Exchange exchange in connection.Exchanges)
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
}
