using System.Diagnostics;
using Trama.Captures.Live;
using Trama.Cli.Capturing;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Cli.Commands.Running;

/// <summary>
/// Of all packets of a capture, those of connections that one of some processes has. Whose a connection is may be known only after its
/// first packets: they are held until then, and left out when it does not become known.
/// </summary>
internal sealed class TreePackets(LiveCapture capture, IConnectionOwners owners, Func<int, bool> isOfTree) : IRecordSource
{
    private const int MostConnections = 1 << 16;
    private const long MostHeldBytes = 32 << 20;

    private static readonly TimeSpan PatienceAtEnd = TimeSpan.FromMilliseconds(500), BetweenLooks = TimeSpan.FromMilliseconds(5);

    private readonly SegmentDecoder _decoder = new();
    private readonly Dictionary<(Endpoint, Endpoint), TreeConnection> _connections = [];
    private readonly HashSet<TreeConnection> _undecided = [];
    private readonly Queue<HeldPacket> _released = new();
    private long _heldBytes;
    private long _endedAt;

    /// <summary>How many packets of the processes' connections found no room before it was known whose they were.</summary>
    public long Lost { get; private set; }

    /// <summary>The names that DNS told.</summary>
    public AskedNames Names { get; } = new();

    /// <inheritdoc/>
    public bool TryRead(out Record record)
    {
        while (true)
        {
            if (_released.TryDequeue(out HeldPacket? packet))
            {
                record = packet.Record;
                return true;
            }

            if (capture.TryReadSoon(out record, out bool isOver))
            {
                if (IsKept(record)) return true;
            }
            else if (!Reconsider() && isOver && !MayWait())
            {
                return false;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => capture.Dispose();

    // Looks once more whose the connections are of which that is not known; whether something comes next.
    private bool Reconsider()
    {
        if (_undecided.Count > 0) _undecided.RemoveWhere(connection => connection.Decide(isOfTree) && Release(connection));
        return _released.Count > 0;
    }

    // Nothing more is captured, but whose the last connections are may just be found out.
    private bool MayWait()
    {
        if (_endedAt == 0) _endedAt = Stopwatch.GetTimestamp();
        if (_undecided.Count == 0 || Stopwatch.GetElapsedTime(_endedAt) > PatienceAtEnd) return false;
        Thread.Sleep(BetweenLooks);
        return true;
    }

    private bool IsKept(in Record record)
    {
        switch (_decoder.Decode(record, out TcpSegment segment))
        {
            case Decoded.Segment:
                return IsKept(segment, record);
            case Decoded.QuotedSegment:
                return Known(_decoder.Quote.Source, _decoder.Quote.Destination) is { } quoted && IsKept(quoted, record);
            default:
                Names.Add(record);
                return false;
        }
    }

    private bool IsKept(in TcpSegment segment, in Record record)
    {
        bool begins = (segment.Flags & (TcpFlags.Syn | TcpFlags.Ack)) == TcpFlags.Syn;
        TreeConnection? connection = Known(segment.Source, segment.Destination);
        if (connection is null || (begins && connection.IsDecided))
        {
            if (_connections.Count >= MostConnections) ForgetAll();
            bool isFromClient = begins || ((segment.Flags & TcpFlags.Syn) == 0 && segment.Source.Port > segment.Destination.Port);
            connection = new TreeConnection(owners.Begin(segment, isFromClient));
            _connections[Key(segment.Source, segment.Destination)] = connection;
            _undecided.Add(connection);
        }

        return IsKept(connection, record);
    }

    private bool IsKept(TreeConnection connection, in Record record)
    {
        if (!connection.IsDecided && connection.Decide(isOfTree))
        {
            _undecided.Remove(connection);
            Release(connection);
        }

        if (!connection.IsDecided) Hold(connection, record);
        if (!connection.IsOfTree) return false;
        // What was held comes first.
        if (_released.Count == 0) return true;
        _released.Enqueue(new HeldPacket(record));
        return false;
    }

    private void Hold(TreeConnection connection, in Record record)
    {
        if (_heldBytes > MostHeldBytes)
        {
            connection.Lost++;
            return;
        }

        _heldBytes -= connection.HeldBytes;
        connection.Hold(record);
        _heldBytes += connection.HeldBytes;
    }

    private void ForgetAll()
    {
        _connections.Clear();
        _undecided.Clear();
        _heldBytes = 0;
    }

    private bool Release(TreeConnection connection)
    {
        _heldBytes -= connection.HeldBytes;
        while (connection.TryRelease(out HeldPacket packet))
            if (connection.IsOfTree) _released.Enqueue(packet);
        if (connection.IsOfTree) Lost += connection.Lost;
        return true;
    }

    private TreeConnection? Known(Endpoint one, Endpoint other) => _connections.GetValueOrDefault(Key(one, other));

    private static (Endpoint, Endpoint) Key(Endpoint one, Endpoint other) =>
        one.Port < other.Port || (one.Port == other.Port && one.GetHashCode() < other.GetHashCode()) ? (one, other) : (other, one);
}
