using Trama.Diagnosis.Evidence;
using Trama.Diagnosis.Rules;
using Trama.Packets.Decoding;
using Trama.Tracing;

namespace Trama.Diagnosis;

/// <summary>
/// Says what went wrong: given to a <see cref="ConnectionTracker"/> with <see cref="Options"/>, it judges each connection when
/// the tracker lets go of it, and the capture as a whole at the end. Its memory is bounded: long connections are judged in
/// chapters of <see cref="ChapterSegments"/> segments, shorter ones when all connections together hold <see cref="MaxSegments"/>.
/// </summary>
public sealed class Diagnoser : ITraceSink
{
    /// <summary>How many segments of a connection are judged together.</summary>
    public const int ChapterSegments = 4096;

    /// <summary>How many segments are kept of all open connections; beyond that the connection at hand begins another chapter.</summary>
    public const int MaxSegments = 1 << 20;

    /// <summary>How many connections a diagnosis tells of.</summary>
    public const int MaxConnections = 1 << 16;

    private const int MaxExcerpt = 12;
    private const int MaxPooled = 64;

    private readonly SortedDictionary<long, ConnectionDiagnosis> _connections = [];
    private readonly CaptureEvidence _capture = new();
    private readonly Dictionary<Connection, Chapter> _chapters = [];
    private readonly Stack<Chapter> _pool = new();
    private (Connection? Connection, Chapter? Chapter) _latest;
    private long _segments;
    private long _ended;
    private long _omitted;

    /// <summary>What the tracker has to tell; to keep and tell more does no harm.</summary>
    public static TracingOptions Options { get; } = new()
    {
        TellSegments = true,
        HeadBytes = 0,
        MaxPacketNumbers = 1,
        CompareRepeats = false,
    };

    /// <summary>
    /// Hears of each connection with findings as soon as it ended. What only the whole capture shows comes at
    /// <see cref="Conclude"/>, and may say more of it, or something else.
    /// </summary>
    public Action<ConnectionDiagnosis>? Judged { get; init; }

    void ITraceSink.SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload)
    {
        Chapter chapter = ChapterOf(connection);
        chapter.Add(segment, payload);
        _segments++;
        if (chapter.Segments.Count < ChapterSegments && _segments <= MaxSegments) return;
        _segments -= chapter.Segments.Count;
        chapter.TurnPage(chapter.IsWorthALook ? Causes.Judge(new ConnectionEvidence(connection, chapter)) : []);
    }

    void ITraceSink.ExchangeCompleted(Connection connection, Exchange exchange) => ChapterOf(connection).Add(exchange);

    void ITraceSink.ErrorReported(Connection connection, long packet, in QuotedSegment error) => ChapterOf(connection).Add(packet, error);

    void ITraceSink.ConnectionEnded(Connection connection)
    {
        if (!_chapters.Remove(connection, out Chapter? chapter)) return;
        if (connection == _latest.Connection) _latest = default;
        chapter.IsLast = true;
        _ended++;
        _segments -= chapter.Segments.Count;
        bool isOpened = connection.State is not (ConnectionState.Unanswered or ConnectionState.Refused);
        ConnectionEvidence? evidence = chapter.Segments.Count > 0 && (chapter.IsWorthALook || !isOpened)
            ? new ConnectionEvidence(connection, chapter) : null;
        List<Finding> findings = Findings(chapter, evidence);
        if (_capture.Add(connection, chapter, evidence) is { } earlier) findings.Add(PortReuse.Of(chapter.Segments[0].Packet, earlier));
        Keep(connection, findings, chapter);
        chapter.Reset();
        if (_pool.Count < MaxPooled) _pool.Push(chapter);
    }

    /// <summary>The capture is over, and the tracker complete: the diagnosis.</summary>
    /// <param name="totals">What the tracker was given.</param>
    public CaptureDiagnosis Conclude(CaptureTotals totals)
    {
        CaptureCauses.Explain(_capture, _connections);
        ConnectionDiagnosis[] found = [.. _connections.Values.Where(c => c.Findings.Count > 0)];
        long faulty = found.LongCount(c => c.Findings[0].Severity >= Severity.Warning);
        return new CaptureDiagnosis(totals, found)
        {
            Verdict = Verdict.Of(found),
            HealthyConnections = _ended - faulty - _omitted,
            OmittedConnections = _omitted
        };
    }

    // Segments come in runs of one connection.
    private Chapter ChapterOf(Connection connection)
    {
        if (connection == _latest.Connection) return _latest.Chapter!;
        if (!_chapters.TryGetValue(connection, out Chapter? chapter)) _chapters.Add(
            connection, chapter = _pool.TryPop(out Chapter? used) ? used : new Chapter());
        _latest = (connection, chapter);
        return chapter;
    }

    private static List<Finding> Findings(Chapter chapter, ConnectionEvidence? evidence)
    {
        List<Finding> findings = evidence is null ? [] : Causes.Judge(evidence);
        if (chapter.Earlier.Count == 0) return findings;
        var all = new List<Finding>(chapter.Earlier);
        FindingMerge.Into(all, findings);
        return Causes.Ordered(all);
    }

    private void Keep(Connection connection, List<Finding> findings, Chapter chapter)
    {
        var diagnosis = new ConnectionDiagnosis(connection.Id, connection.Client, connection.Server)
        {
            ClientProcess = connection.Process(Side.Client),
            ServerProcess = connection.Process(Side.Server),
            State = connection.State,
            OpenedAt = connection.OpenedAt,
            LastAt = connection.LastAt,
            Findings = findings,
            Excerpt = findings.Count == 0 ? [] : Excerpt(chapter.Segments, findings[0]),
        };
        if (_connections.Count < MaxConnections) _connections.Add(connection.Id, diagnosis);
        else if (findings.Count > 0) _omitted++;
        if (findings.Count > 0) Judged?.Invoke(diagnosis);
    }

    internal static TracedSegment[] Excerpt(List<TracedSegment> segments, Finding finding)
    {
        if (finding.Packets.Count == 0) return [];
        int first = segments.FindIndex(s => s.Packet >= finding.Packets[0]);
        return first < 0 ? [] : [.. segments.Skip(Math.Max(0, first - 1)).Take(MaxExcerpt)];
    }
}
