using Trama.Diagnosis;
using Trama.Packets.Decoding;
using Trama.Tracing;

namespace Trama.Reports.Findings;

/// <summary>
/// Gives everything first to a diagnoser and then to a report, which may ask what was found about the connection that ends.
/// </summary>
public sealed class JudgedConnections : IShardedSink
{
    private readonly IShardedSink _diagnoser;
    private Dictionary<long, ConnectionDiagnosis>? _concluded;
    private ConnectionDiagnosis? _latest;

    /// <summary>Makes it with a diagnoser of its own.</summary>
    public JudgedConnections() => _diagnoser = Diagnoser = new Diagnoser
    {
        Judged = diagnosis => _latest = diagnosis,
    };

    /// <summary>Judges the connections.</summary>
    public Diagnoser Diagnoser { get; }

    /// <summary>The report.</summary>
    public ITraceSink? Report { get; set; }

    /// <summary>The part of the capture that is told of.</summary>
    public Selection Selection { get; init; } = new();

    /// <summary>What was found about the connection that ends; empty when nothing was.</summary>
    public IReadOnlyList<Finding> FindingsOf(Connection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (_concluded is not null) return _concluded.GetValueOrDefault(connection.Id)?.Findings ?? [];
        return _latest is { } latest && latest.Id == connection.Id ? Selection.Of(latest.Findings) : [];
    }

    /// <summary>What was found about the connection that ends, with the segments that prove it; null when nothing was.</summary>
    public ConnectionDiagnosis? DiagnosisOf(Connection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return _latest is { } latest && latest.Id == connection.Id ? latest : null;
    }

    /// <summary>What was found is known already, as it is of two joined captures before their connections are told.</summary>
    public void Conclude(CaptureDiagnosis diagnosis)
    {
        ArgumentNullException.ThrowIfNull(diagnosis);
        _concluded = diagnosis.Connections.ToDictionary(connection => connection.Id);
    }

    /// <inheritdoc/>
    public IShardPart OpenPart(int shard) => new JudgedPart(_diagnoser.OpenPart(shard)!, (Report as IShardedSink)?.OpenPart(shard));

    // The diagnoser's part has heard of it.
    void IShardedSink.ExchangePassedOn(Connection connection, Exchange exchange) => Report?.ExchangeCompleted(connection, exchange);

    void IShardedSink.ExchangeTold(Connection connection, ReadOnlySpan<byte> text) =>
        (Report as IShardedSink)?.ExchangeTold(connection, text);

    void IShardedSink.ConnectionEnded(Connection connection, object? judged)
    {
        _diagnoser.ConnectionEnded(connection, judged);
        Report?.ConnectionEnded(connection);
    }

    void ITraceSink.ConnectionOpened(Connection connection)
    {
        _diagnoser.ConnectionOpened(connection);
        Report?.ConnectionOpened(connection);
    }

    void ITraceSink.ExchangeCompleted(Connection connection, Exchange exchange)
    {
        _diagnoser.ExchangeCompleted(connection, exchange);
        Report?.ExchangeCompleted(connection, exchange);
    }

    void ITraceSink.ConnectionEnded(Connection connection)
    {
        _diagnoser.ConnectionEnded(connection);
        Report?.ConnectionEnded(connection);
    }

    void ITraceSink.StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet)
    {
        _diagnoser.StreamBytes(connection, from, offset, bytes, packet);
        Report?.StreamBytes(connection, from, offset, bytes, packet);
    }

    void ITraceSink.CarriedBytes(Connection connection, Side from, in CarriedPiece piece, ReadOnlySpan<byte> bytes) =>
        Report?.CarriedBytes(connection, from, piece, bytes);

    void ITraceSink.ContentBytes(Connection connection, Side from, in ContentPiece piece, ReadOnlySpan<byte> bytes) =>
        Report?.ContentBytes(connection, from, piece, bytes);

    void ITraceSink.StreamGap(Connection connection, Side from, long offset, long length, GapReason reason)
    {
        _diagnoser.StreamGap(connection, from, offset, length, reason);
        Report?.StreamGap(connection, from, offset, length, reason);
    }

    void ITraceSink.SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload)
    {
        _diagnoser.SegmentTaken(connection, segment, payload);
        Report?.SegmentTaken(connection, segment, payload);
    }

    void ITraceSink.ErrorReported(Connection connection, long packet, in QuotedSegment error)
    {
        _diagnoser.ErrorReported(connection, packet, error);
        Report?.ErrorReported(connection, packet, error);
    }
}
