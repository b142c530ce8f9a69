using Trama.Diagnosis;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Tracing;

namespace Trama.Replay.Again;

/// <summary>
/// A capture read for the sake of one of its connections, and judged as a whole. The judgement stands apart: nothing that is played again
/// comes from it.
/// </summary>
public sealed class SeenCapture : ITraceSink
{
    /// <summary>How many segments of the connection are taken.</summary>
    public const int MaxSegments = 1 << 16;

    /// <summary>How many bytes of each of its streams are taken.</summary>
    public const int MaxBytes = 64 << 20;

    private const int MaxErrors = 1024;

    private readonly Diagnoser _diagnoser = new();
    private readonly List<TracedSegment> _segments = [];
    private readonly MemoryStream[] _streams = [new(), new()];
    private readonly List<SeenExchange> _exchanges = [];
    private readonly List<QuotedSegment> _errors = [];
    private readonly KnockReader _knocks = new();
    private readonly long _wanted;
    private Connection? _connection;

    private SeenCapture(long wanted) => _wanted = wanted;

    /// <summary>The connection; null when the capture has none of that number.</summary>
    public SeenConnection? Seen { get; private set; }

    /// <summary>Its exchanges.</summary>
    public IReadOnlyList<SeenExchange> Exchanges => _exchanges;

    /// <summary>What went wrong on it, worst cause first.</summary>
    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    /// <summary>Whether there was more of the connection than is taken.</summary>
    public bool IsCut { get; private set; }

    /// <summary>How many connections the capture has.</summary>
    public long Connections { get; private set; }

    /// <summary>Reads a capture to its end.</summary>
    /// <param name="source">The capture.</param>
    /// <param name="connection">The number of the connection.</param>
    public static SeenCapture Read(IRecordSource source, long connection)
    {
        ArgumentNullException.ThrowIfNull(source);
        var seen = new SeenCapture(connection);
        var tracker = new ConnectionTracker(Diagnoser.Options, seen);
        while (source.TryRead(out Record record)) tracker.Observe(record);
        tracker.Complete();
        CaptureDiagnosis diagnosis = seen._diagnoser.Conclude(tracker.Totals);
        seen.Connections = tracker.Totals.Connections;
        if (seen._connection is { } found)
        {
            seen.Seen = new SeenConnection(found, seen._segments, seen._streams[0].ToArray(), seen._streams[1].ToArray())
            {
                Errors = seen._errors,
                Knocks = seen._knocks.With(found),
            };
            seen.Findings = diagnosis.FindingsOf(found);
        }

        return seen;
    }

    /// <summary>The number of the connection of a capture that is the same as another one: both sides began their streams with the same
    /// numbers, whatever their addresses are on the way; null for none.</summary>
    /// <param name="source">The capture.</param>
    /// <param name="connection">The connection, as it was captured elsewhere.</param>
    public static long? Find(IRecordSource source, Connection connection)
    {
        ArgumentNullException.ThrowIfNull(source);
        var search = new SameConnection(connection);
        var tracker = new ConnectionTracker(new TracingOptions { HeadBytes = 0, MaxPacketNumbers = 1 }, search);
        while (source.TryRead(out Record record)) tracker.Observe(record);
        tracker.Complete();
        return search.Number;
    }

    void ITraceSink.SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload)
    {
        ((ITraceSink)_diagnoser).SegmentTaken(connection, segment, payload);
        _knocks.Take(connection, segment);
        if (connection.Id != _wanted) return;
        if (_segments.Count < MaxSegments) _segments.Add(segment);
        else IsCut = true;
    }

    void ITraceSink.StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet)
    {
        if (connection.Id != _wanted) return;
        IsCut |= offset + bytes.Length > MaxBytes;
        if (IsCut) return;
        MemoryStream stream = _streams[(int)from];
        // What the capture lacks is zero.
        if (offset > stream.Length) stream.SetLength(offset);
        stream.Position = offset;
        stream.Write(bytes);
    }

    void ITraceSink.StreamGap(Connection connection, Side from, long offset, long length, GapReason reason)
    {
        if (connection.Id != _wanted) return;
        if (offset + length > MaxBytes) IsCut = true;
        else _streams[(int)from].SetLength(offset + length);
    }

    void ITraceSink.ExchangeCompleted(Connection connection, Exchange exchange)
    {
        ((ITraceSink)_diagnoser).ExchangeCompleted(connection, exchange);
        if (connection.Id == _wanted) _exchanges.Add(SeenExchange.Of(exchange));
    }

    void ITraceSink.ErrorReported(Connection connection, long packet, in QuotedSegment error)
    {
        ((ITraceSink)_diagnoser).ErrorReported(connection, packet, error);
        if (connection.Id == _wanted && _errors.Count < MaxErrors) _errors.Add(error);
    }

    void ITraceSink.ConnectionEnded(Connection connection)
    {
        ((ITraceSink)_diagnoser).ConnectionEnded(connection);
        _knocks.End(connection);
        if (connection.Id == _wanted) _connection = connection;
    }
}
