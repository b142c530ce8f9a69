using Trama.Packets.Decoding;
using Trama.Tracing.Findings.Evidence;
using Trama.Tracing.Findings.Rules;

namespace Trama.Tracing.Findings;

/// <summary>
/// Says what went wrong: given to a <see cref="ConnectionTracker"/> with <see cref="Options"/>, it judges each connection when
/// the tracker lets go of it, and the capture as a whole at the end.
/// </summary>
public sealed class Diagnoser : ITraceSink
{
    private const int MaxConnections = 1 << 16;
    private const int MaxExcerpt = 12;
    private const int MaxGlimpses = 512;

    private readonly SortedDictionary<long, ConnectionDiagnosis> _connections = [];
    private readonly CaptureEvidence _capture = new();
    private long _ended;
    private long _omitted;

    /// <summary>What the tracker has to tell; to keep and tell more does no harm.</summary>
    public static TracingOptions Options { get; } = new() { TellSegments = true, HeadBytes = 0, MaxPacketNumbers = 0 };

    /// <summary>
    /// Hears of each connection with findings as soon as it ended. What only the whole capture shows comes at
    /// <see cref="Conclude"/>, and may say more of it, or something else.
    /// </summary>
    public Action<ConnectionDiagnosis>? Judged { get; init; }

    void ITraceSink.SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload)
    {
        Chapter chapter = connection.Chapter ??= new Chapter();
        if (segment.Length > 0 && chapter.Glimpses.Count < MaxGlimpses)
            chapter.Glimpses.Add(PayloadGlimpse.Of(chapter.Segments.Count, payload, segment.Length));
        chapter.Segments.Add(segment);
    }

    void ITraceSink.ErrorReported(Connection connection, long packet, in QuotedSegment error) =>
        (connection.Chapter ??= new Chapter()).Errors.Add((packet, error));

    void ITraceSink.ConnectionEnded(Connection connection)
    {
        if (connection.Chapter is not { } chapter) return;
        connection.Chapter = null;
        _ended++;
        var evidence = new ConnectionEvidence(connection, chapter);
        List<Finding> findings = Causes.Judge(evidence);
        if (_capture.Add(evidence) is { } earlier) findings.Add(PortReuse.Of(evidence, earlier));
        var diagnosis = new ConnectionDiagnosis(connection.Id, connection.Client, connection.Server)
        {
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

    /// <summary>The capture is over, and the tracker complete: the diagnosis.</summary>
    /// <param name="totals">What the tracker was given.</param>
    public Diagnosis Conclude(CaptureTotals totals)
    {
        foreach (ServerRecord server in _capture.Servers)
        {
            if ((SynFlood.Judge(server) ?? BacklogOverflow.Judge(server)) is not var (finding, connections)) continue;
            foreach (long id in connections)
                if (_connections.TryGetValue(id, out ConnectionDiagnosis? diagnosis)) _connections[id] = Causes.Explain(diagnosis, finding);
        }

        ConnectionDiagnosis[] found = [.. _connections.Values.Where(c => c.Findings.Count > 0)];
        long faulty = found.LongCount(c => c.Findings[0].Severity >= Severity.Warning);
        return new Diagnosis(totals, found) { Verdict = MainCause(found), HealthyConnections = _ended - faulty - _omitted, OmittedConnections = _omitted };
    }

    internal static Verdict? MainCause(ConnectionDiagnosis[] found)
    {
        var causes = found
            .Where(c => c.Findings[0].Severity >= Severity.Warning)
            .GroupBy(c => (c.Findings[0].Id, c.Findings[0].Party))
            .OrderByDescending(group => group.Max(c => c.Findings[0].Severity))
            .ThenByDescending(group => group.Count())
            .FirstOrDefault();
        return causes is null ? null : new Verdict(causes.MaxBy(c => c.Findings[0].Severity)!.Findings[0], [.. causes.Select(c => c.Id)]);
    }

    internal static TracedSegment[] Excerpt(List<TracedSegment> segments, Finding finding)
    {
        if (finding.Packets.Count == 0) return [];
        int first = segments.FindIndex(s => s.Packet >= finding.Packets[0]);
        return first < 0 ? [] : [.. segments.Skip(Math.Max(0, first - 1)).Take(MaxExcerpt)];
    }
}
