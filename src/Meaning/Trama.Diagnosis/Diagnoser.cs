using Trama.Diagnosis.Evidence;
using Trama.Diagnosis.Rules;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Tracing;

namespace Trama.Diagnosis;

/// <summary>
/// Says what went wrong: given to a <see cref="ConnectionTracker"/> with <see cref="Options"/>, it judges each connection when
/// the tracker lets go of it, and the capture as a whole at the end. Its memory is bounded: long connections are judged in
/// chapters of <see cref="ChapterSegments"/> segments, shorter ones when all connections together hold <see cref="MaxSegments"/>.
/// </summary>
public sealed class Diagnoser : IShardedSink
{
    /// <summary>How many segments of a connection are judged together.</summary>
    public const int ChapterSegments = 4096;

    /// <summary>
    /// How many segments are kept of all open connections, a sixty-fourth of them in each shard; beyond that the connection at hand begins
    /// another chapter.
    /// </summary>
    public const int MaxSegments = 1 << 20;

    /// <summary>How many connections a diagnosis tells of.</summary>
    public const int MaxConnections = 1 << 16;

    private const int MaxExcerpt = 12;
    private const int MaxJudgedOpen = 256;

    private readonly SortedDictionary<long, ConnectionDiagnosis> _connections = [];
    private CaptureEvidence _capture = new();
    private readonly ShardDiagnoser?[] _shards = new ShardDiagnoser?[ConnectionTracker.Shards];
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

    /// <inheritdoc/>
    public IShardPart OpenPart(int shard) => Shard(shard);

    void ITraceSink.SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload) =>
        ShardOf(connection).SegmentTaken(connection, segment, payload);

    void ITraceSink.ExchangeCompleted(Connection connection, Exchange exchange) => ShardOf(connection).Add(connection, exchange);

    void ITraceSink.ErrorReported(Connection connection, long packet, in QuotedSegment error) =>
        ShardOf(connection).ErrorReported(connection, packet, error);

    void ITraceSink.ConnectionEnded(Connection connection)
    {
        ShardDiagnoser shard = ShardOf(connection);
        if (shard.End(connection) is not { } ended) return;
        Keep(connection, ended);
        shard.Release(ended);
    }

    void IShardedSink.ConnectionEnded(Connection connection, object? judged)
    {
        if (judged is not EndedConnection ended) return;
        Keep(connection, ended);
        ended.Chapter.WaitToBeTold();
    }

    /// <summary>The capture is over, and the tracker complete: the diagnosis.</summary>
    /// <param name="totals">What the tracker was given.</param>
    public CaptureDiagnosis Conclude(CaptureTotals totals)
    {
        CaptureCauses.Explain(_capture, _connections);
        ConnectionDiagnosis[] found = [.. _connections.Values.Where(c => c.Findings.Count > 0)];
        return new CaptureDiagnosis(totals, found)
        {
            Verdict = Verdict.Of(found),
            HealthyConnections = _ended - Faulty(found) - _omitted,
            OmittedConnections = _omitted
        };
    }

    /// <summary>
    /// Of a capture without end: what was found of the connections that ended since it was asked last, with what only they together show.
    /// They are forgotten, and the next part begins.
    /// </summary>
    public IReadOnlyList<ConnectionDiagnosis> ConcludePart()
    {
        CaptureCauses.Explain(_capture, _connections);
        ConnectionDiagnosis[] found = [.. _connections.Values.Where(connection => connection.Findings.Count > 0)];
        _connections.Clear();
        _capture = new CaptureEvidence();
        return found;
    }

    /// <summary>
    /// Of a capture without end: what was found by now of connections that stay open, as a pool's do for days. A few at a time, those first
    /// that were looked at least.
    /// </summary>
    /// <param name="openedBefore">Younger ones are left until they end.</param>
    public IReadOnlyList<ConnectionDiagnosis> JudgeOpen(Timestamp openedBefore)
    {
        (Connection Connection, Chapter Chapter)[] open = [.. _shards.OfType<ShardDiagnoser>().SelectMany(shard => shard.Open)
            .Where(open => open.Connection.OpenedAt < openedBefore).OrderBy(open => open.Chapter.Judged).Take(MaxJudgedOpen)];
        var found = new List<ConnectionDiagnosis>();
        foreach ((Connection connection, Chapter chapter) in open)
        {
            ConnectionDiagnosis judged = chapter.Meanwhile(() =>
                DiagnosisOf(connection, chapter, ShardDiagnoser.JudgeOpen(connection, chapter)));
            if (judged.Findings.Count > 0) found.Add(judged);
        }

        return found;
    }

    private ShardDiagnoser ShardOf(Connection connection) => Shard((int)(connection.Id % ConnectionTracker.Shards));

    private ShardDiagnoser Shard(int shard) => _shards[shard] ??= new ShardDiagnoser();

    private void Keep(Connection connection, EndedConnection ended)
    {
        (Chapter chapter, List<Finding> findings) = (ended.Chapter, ended.Findings);
        if (_capture.Add(connection, chapter, ended.Evidence) is { } earlier)
            findings.Add(PortReuse.Of(chapter.First.Packet, earlier));
        if (ended.IsLeftOut) return;
        _ended++;
        ConnectionDiagnosis diagnosis = DiagnosisOf(connection, chapter, findings);
        if (_connections.Count < MaxConnections) _connections.Add(connection.Id, diagnosis);
        else if (findings.Count > 0) _omitted++;
        if (findings.Count > 0) Judged?.Invoke(diagnosis);
    }

    private static ConnectionDiagnosis DiagnosisOf(Connection connection, Chapter chapter, List<Finding> findings) =>
        new(connection.Id, connection.Client, connection.Server)
        {
            ClientProcess = connection.Process(Side.Client),
            ServerProcess = connection.Process(Side.Server),
            State = connection.State,
            OpenedAt = connection.OpenedAt,
            LastAt = connection.LastAt,
            Findings = findings,
            Excerpt = findings.Count == 0 ? [] : Excerpt(chapter.Segments, findings[0]),
        };

    /// <summary>How many connections have a finding that is more than worth knowing.</summary>
    internal static long Faulty(IEnumerable<ConnectionDiagnosis> connections) =>
        connections.LongCount(c => c.Findings is [{ Severity: >= Severity.Warning }, ..]);

    /// <summary>The segments at a finding's first packet, and the one before.</summary>
    internal static TracedSegment[] Excerpt(IReadOnlyList<TracedSegment> segments, Finding finding)
    {
        if (finding.Packets.Count == 0) return [];
        int first = segments.TakeWhile(segment => segment.Packet < finding.Packets[0]).Count();
        return first == segments.Count ? [] : [.. segments.Skip(Math.Max(0, first - 1)).Take(MaxExcerpt)];
    }
}
