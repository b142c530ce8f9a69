using Trama.Captures.Live;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Cli.Commands.Running;

/// <summary>
/// Of all packets of a capture, those of connections that a process of a tree has. Whose a connection is may be known only after its
/// first packets: they are held until then, and left out when it does not become known.
/// </summary>
internal sealed class TreePackets(LiveCapture capture, IConnectionOwners owners, ProcessTree tree) : IRecordSource
{
    private const int MostConnections = 1 << 16, MostHeld = 4096;
    private const long PatienceNs = 300_000_000;

    private readonly SegmentDecoder _decoder = new();
    private readonly Dictionary<(Endpoint, Endpoint), TreeConnection> _connections = [];
    private readonly Queue<HeldPacket> _released = new();
    private int _held;

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

            if (capture.TryRead(out record))
            {
                if (IsKept(record)) return true;
            }
            else if (!Reconsider())
            {
                return false;
            }
        }
    }

    /// <summary>Looks once more whose the connections are of which that is not known; what is known now comes next.</summary>
    /// <returns>Whether there is something that comes next.</returns>
    public bool Reconsider()
    {
        if (_held == 0) return _released.Count > 0;
        foreach (TreeConnection connection in _connections.Values)
        {
            if (connection.IsDecided || !IsOfTree(connection)) continue;
            connection.Decide(true);
            Release(connection);
        }

        return _released.Count > 0;
    }

    /// <inheritdoc/>
    public void Dispose() => capture.Dispose();

    private bool IsKept(in Record record)
    {
        switch (_decoder.Decode(record, out TcpSegment segment))
        {
            case Decoded.Segment:
                return IsKept(segment, record);
            case Decoded.QuotedSegment:
                return Known(_decoder.Quote.Source, _decoder.Quote.Destination) is { IsOfTree: true };
            default:
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
            connection = new TreeConnection(owners.Begin(segment, isFromClient), segment.Timestamp);
            _connections[Key(segment.Source, segment.Destination)] = connection;
        }

        if (!connection.IsDecided) Decide(connection, record);
        if (connection.IsDecided) return connection.IsOfTree && Release(connection, record);
        if (_held < MostHeld)
        {
            connection.Held.Enqueue(new HeldPacket(record));
            _held++;
        }

        return false;
    }

    private void ForgetAll()
    {
        _connections.Clear();
        _held = 0;
    }

    private void Decide(TreeConnection connection, in Record record)
    {
        if (IsOfTree(connection)) connection.Decide(true);
        else if (record.Timestamp - connection.Since > PatienceNs)
        {
            _held -= connection.Held.Count;
            connection.Held.Clear();
            connection.Decide(false);
        }
    }

    // What was held comes first, and then the packet at hand: as one of those, if there are any.
    private bool Release(TreeConnection connection, in Record record)
    {
        if (connection.Held.Count == 0) return true;
        Release(connection);
        _released.Enqueue(new HeldPacket(record));
        return false;
    }

    private void Release(TreeConnection connection)
    {
        _held -= connection.Held.Count;
        while (connection.Held.TryDequeue(out HeldPacket? packet)) _released.Enqueue(packet);
    }

    private bool IsOfTree(TreeConnection connection) => IsOfTree(connection, Side.Client) || IsOfTree(connection, Side.Server);

    private bool IsOfTree(TreeConnection connection, Side side) =>
        connection.Owner?.Invoke(side) is { } process && process.Ids.Any(tree.Has);

    private TreeConnection? Known(Endpoint one, Endpoint other) => _connections.GetValueOrDefault(Key(one, other));

    private static (Endpoint, Endpoint) Key(Endpoint one, Endpoint other) =>
        one.Port < other.Port || (one.Port == other.Port && one.GetHashCode() < other.GetHashCode()) ? (one, other) : (other, one);
}
