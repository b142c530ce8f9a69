using Trama.Framing.Tls.Keys;
using Trama.Packets.Transport;
using Trama.Replay.Recording.Transfers;
using Trama.Tracing;
using Trama.Tracing.Choosing;

namespace Trama.Replay.Recording;

/// <summary>Makes a <see cref="RecordedCapture"/> of what a <see cref="ConnectionTracker"/> tells.</summary>
/// <param name="connection">The number of the only connection to keep; null for all.</param>
/// <param name="maxBytes">The most bytes to keep of messages and pieces, together.</param>
public sealed class RecordingSink(long? connection = null, long maxBytes = RecordingSink.UsualMaxBytes) : ITraceSink
{
    /// <summary>How many bytes are kept unless something else is asked for: 1 GiB.</summary>
    public const long UsualMaxBytes = 1L << 30;

    private const int LargestMessage = 256 << 20;

    private readonly Dictionary<long, ConnectionRecorder> _open = [];
    private readonly List<RecordedConnection> _done = [];
    private readonly RecordingRoom _room = new(maxBytes);
    private readonly long? _only = connection;
    private readonly HashSet<long>? _kept = connection is { } only ? [only] : null;

    /// <summary>How a tracker has to track for this sink.</summary>
    /// <param name="keys">The secrets of TLS connections; null for none.</param>
    /// <param name="where">Which exchanges to keep; null for all.</param>
    public TracingOptions Options(TlsKeys? keys, ExchangeCondition? where = null) => new()
    {
        Keys = keys,
        Where = where,
        HeadBytes = (int)Math.Min(LargestMessage, maxBytes),
        MaxHeadBytes = maxBytes,
        MaxPacketNumbers = 0,
        TellSegments = true,
        ExchangesOf = _kept,
    };

    /// <summary>What was recorded; to be asked for when the tracker is complete.</summary>
    public RecordedCapture Capture => new(
        [
            .. TransferSearch.Join([.. _done.OrderBy(recorded => recorded.Id)])
                .Where(recorded => _only is null || recorded.Id == _only),
        ],
        _room.LeftOut);

    /// <inheritdoc/>
    public void ConnectionOpened(Connection connection)
    {
        // What the only one carries, it carries over others.
        if (_only is { } only && _open.TryGetValue(only, out ConnectionRecorder? recorder) && recorder.MayCarryOver(connection))
            _kept!.Add(connection.Id);
        Of(connection);
    }

    /// <inheritdoc/>
    public void SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload)
    {
        if ((segment.Flags & (TcpFlags.Fin | TcpFlags.Rst)) != 0) Of(connection)?.NoteEnd(segment);
    }

    /// <inheritdoc/>
    public void StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet) =>
        Of(connection)?.Pieces.Take(from, depth: -1, 0, packet.At - connection.OpenedAt, bytes);

    /// <inheritdoc/>
    public void StreamGap(Connection connection, Side from, long offset, long length, GapReason reason) =>
        Of(connection)?.Pieces.Miss(from, depth: -1, length);

    /// <inheritdoc/>
    public void CarriedBytes(Connection connection, Side from, in CarriedPiece piece, ReadOnlySpan<byte> bytes)
    {
        if (piece.Protocol.StartsWith("tls", StringComparison.Ordinal))
            Of(connection)?.Pieces.Take(from, piece.Depth, piece.Missing, piece.Packet.At - connection.OpenedAt, bytes);
    }

    /// <inheritdoc/>
    public void ExchangeCompleted(Connection connection, Exchange exchange) => Of(connection)?.Take(exchange);

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection)
    {
        if (Of(connection) is not { } recorder) return;
        _done.Add(recorder.Complete());
        _open.Remove(connection.Id);
    }

    private ConnectionRecorder? Of(Connection of)
    {
        if (_kept?.Contains(of.Id) == false) return null;
        if (_open.TryGetValue(of.Id, out ConnectionRecorder? recorder)) return recorder;
        return _open[of.Id] = new ConnectionRecorder(of, _room);
    }
}
