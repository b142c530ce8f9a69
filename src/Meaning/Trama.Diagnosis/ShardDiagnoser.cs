using System.Buffers;
using Trama.Packets.Decoding;
using Trama.Tracing;

namespace Trama.Diagnosis;

/// <summary>Reads the connections of a shard, and judges each by itself.</summary>
internal sealed class ShardDiagnoser : IShardPart
{
    private const int MaxSegments = Diagnoser.MaxSegments / ConnectionTracker.Shards;
    private const int MaxPooled = 4;

    private readonly Dictionary<Connection, Chapter> _chapters = [];
    private readonly Stack<Chapter> _pool = new();
    private (Connection? Connection, Chapter? Chapter) _latest;
    private long _segments;

    /// <inheritdoc/>
    public void SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload)
    {
        Chapter chapter = ChapterOf(connection);
        chapter.Add(segment, payload);
        _segments++;
        if (chapter.Count < Diagnoser.ChapterSegments && _segments <= MaxSegments) return;
        _segments -= chapter.Count;
        chapter.TurnPage(chapter.IsWorthALook ? Causes.Judge(new ConnectionEvidence(connection, chapter)) : []);
    }

    /// <inheritdoc/>
    public void ErrorReported(Connection connection, long packet, in QuotedSegment error) => ChapterOf(connection).Add(packet, error);

    /// <inheritdoc/>
    public bool ExchangeCompleted(Connection connection, Exchange exchange, IBufferWriter<byte> text)
    {
        Add(connection, exchange);
        return false;
    }

    /// <summary>An exchange is complete.</summary>
    public void Add(Connection connection, Exchange exchange) => ChapterOf(connection).Add(connection, exchange);

    object? IShardPart.ConnectionEnded(Connection connection)
    {
        EndedConnection? ended = End(connection);
        // What is unpacked goes back to the thread that it came from: this one, and not that which tells.
        ended?.Chapter.WaitToBeTold();
        return ended;
    }

    void IShardPart.Release(object judged) => Release((EndedConnection)judged);

    /// <summary>Judges a connection that ended; null when nothing was told of it.</summary>
    public EndedConnection? End(Connection connection)
    {
        if (!_chapters.Remove(connection, out Chapter? chapter)) return null;
        if (connection == _latest.Connection) _latest = default;
        chapter.IsLast = true;
        _segments -= chapter.Count;
        bool isOpened = connection.State is not (ConnectionState.Unanswered or ConnectionState.Refused);
        ConnectionEvidence? evidence = chapter.Count > 0 && (chapter.IsWorthALook || !isOpened)
            ? new ConnectionEvidence(connection, chapter) : null;
        List<Finding> findings = Findings(chapter, evidence);
        // What was left out is not judged.
        bool areAll = !connection.ChoosesExchanges || chapter.Protocol.HasAll(connection);
        if (areAll) return new EndedConnection(chapter, evidence, findings, IsLeftOut: false);
        return new EndedConnection(chapter, evidence, chapter.Chosen.Of(findings), chapter.Chosen.IsEmpty);
    }

    /// <summary>The connections that are open, and of which more may be found than when they were judged last.</summary>
    public IEnumerable<(Connection Connection, Chapter Chapter)> Open => _chapters
        .Where(open => (open.Value.IsWorthALook || open.Value.Earlier.Count > 0) && open.Value.Count != open.Value.Judged)
        .Select(open => (open.Key, open.Value));

    /// <summary>Judges a connection by what came so far; its chapter is to be looked at meanwhile.</summary>
    public static List<Finding> JudgeOpen(Connection connection, Chapter chapter) =>
        Findings(chapter, chapter.Count > 0 && chapter.IsWorthALook ? new ConnectionEvidence(connection, chapter) : null);

    /// <summary>A connection's chapter is needed no longer.</summary>
    public void Release(EndedConnection ended)
    {
        ended.Chapter.Reset();
        if (_pool.Count < MaxPooled) _pool.Push(ended.Chapter);
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
}
