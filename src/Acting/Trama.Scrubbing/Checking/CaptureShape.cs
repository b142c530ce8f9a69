using Trama.Diagnosis;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Tracing;

namespace Trama.Scrubbing.Checking;

/// <summary>What must be the same of a capture after a scrub: its connections, their exchanges and what went wrong.</summary>
internal sealed class CaptureShape : ITraceSink
{
    private readonly Dictionary<long, ConnectionShape> _connections = [];
    private readonly Dictionary<long, List<ExchangeShape>> _open = [];
    private readonly Diagnoser _diagnoser = new();
    private string _verdict = "";

    private CaptureShape()
    {
    }

    /// <summary>How many connections there are.</summary>
    public int Connections => _connections.Count;

    /// <summary>How many exchanges there are.</summary>
    public long Exchanges => _connections.Values.Sum(connection => (long)connection.Exchanges.Count);

    /// <summary>Reads a capture to its end.</summary>
    public static CaptureShape Read(IRecordSource source, RecordVisitor? visit)
    {
        var shape = new CaptureShape();
        var tracker = new ConnectionTracker(Diagnoser.Options, shape);
        while (source.TryRead(out Record record))
        {
            visit?.Invoke(record);
            tracker.Observe(record);
        }

        tracker.Complete();
        CaptureDiagnosis diagnosis = shape._diagnoser.Conclude(tracker.Totals);
        shape._verdict = diagnosis.Verdict is { } verdict ? Of(verdict.Finding) : "";
        foreach (ConnectionDiagnosis found in diagnosis.Connections)
        {
            if (shape._connections.TryGetValue(found.Id, out ConnectionShape? connection))
                shape._connections[found.Id] = connection with { Findings = string.Join(' ', found.Findings.Select(Of)) };
        }

        return shape;
    }

    /// <summary>What differs in another capture, connection by connection.</summary>
    public IEnumerable<ShapeDifference> DifferencesFrom(CaptureShape other)
    {
        foreach ((long id, ConnectionShape connection) in _connections)
        {
            if (connection.DifferenceFrom(id, other._connections.GetValueOrDefault(id)) is { } difference) yield return difference;
        }

        if (_verdict != other._verdict) yield return new ShapeDifference(0, 0, ShapePart.Verdict);
    }

    void ITraceSink.SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload) =>
        ((ITraceSink)_diagnoser).SegmentTaken(connection, segment, payload);

    void ITraceSink.ErrorReported(Connection connection, long packet, in QuotedSegment error) =>
        ((ITraceSink)_diagnoser).ErrorReported(connection, packet, error);

    void ITraceSink.ExchangeCompleted(Connection connection, Exchange exchange)
    {
        ((ITraceSink)_diagnoser).ExchangeCompleted(connection, exchange);
        if (!_open.TryGetValue(connection.Id, out List<ExchangeShape>? exchanges)) _open.Add(connection.Id, exchanges = []);
        exchanges.Add(ExchangeShape.Of(exchange));
    }

    void ITraceSink.ConnectionEnded(Connection connection)
    {
        ((ITraceSink)_diagnoser).ConnectionEnded(connection);
        _open.Remove(connection.Id, out List<ExchangeShape>? exchanges);
        _connections[connection.Id] = new ConnectionShape(
            connection.State, connection.OpenedAt.Nanoseconds,
            (connection.ToServer.Packets, connection.ToServer.StreamBytes), (connection.ToClient.Packets, connection.ToClient.StreamBytes),
            exchanges ?? []);
    }

    private static string Of(Finding finding) => $"{finding.Id}/{finding.Party}/{finding.Severity}";
}
