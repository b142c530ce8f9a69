using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;
using Trama.Tracing.Tracking;

namespace Trama.Tracing;

/// <summary>Turns records into connections, streams, messages and exchanges, and tells them to a sink as soon as they are
/// known.</summary>
public sealed class ConnectionTracker
{
    // How exactly the order of the last packets is kept.
    private const long RecencyNs = 100_000_000;

    // So many errors about connections not seen before are remembered for a moment.
    private const int MaxEarlyErrors = 64;

    // A connection that is over may see stray packets for so long: the maximum segment lifetime (RFC 9293 section 3.4.2).
    private const long LingerNs = 120_000_000_000;

    private readonly SegmentDecoder _decoder = new();
    private readonly Dictionary<FlowKey, TrackedConnection> _connections = [];
    private readonly HalfOpenConnections _begun = new();
    private readonly RecencyList _halfOpen = new();
    private readonly RecencyList _open = new();
    private readonly RecencyList _over = new();
    private readonly TrackerContext _context;
    private readonly RecentConnections _recent = new();
    private readonly List<(long Packet, QuotedSegment Error)> _earlyErrors = [];

    /// <summary>Makes a tracker of one capture.</summary>
    /// <param name="options">What to keep.</param>
    /// <param name="sink">Hears of everything found, in the calls of <see cref="Observe(in Record)"/> and <see cref="Complete"/>.</param>
    public ConnectionTracker(TracingOptions options, ITraceSink sink)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(sink);
        Totals = new CaptureTotals { IsSynthetic = options.IsSynthetic };
        _context = new TrackerContext(options, sink, new BufferBudget(options.MaxBufferedBytes), Totals);
    }

    /// <summary>What was given so far.</summary>
    public CaptureTotals Totals { get; }

    /// <summary>Takes the next record of the capture.</summary>
    public void Observe(in Record record)
    {
        Totals.Packets++;
        Totals.Bytes += record.OriginalLength;
        if (Totals.FirstAt is null)
        {
            Totals.FirstAt = record.Timestamp;
            _context.Options.KeptOf?.Begin(record.Timestamp);
        }

        Totals.LastAt = record.Timestamp;
        _context.Order.Observe(record.Timestamp);
        switch (_decoder.Decode(record, out TcpSegment segment))
        {
            case Decoded.Segment:
                Totals.TcpPackets++;
                Take(segment, Totals.Packets);
                break;
            case Decoded.QuotedSegment:
                Totals.IcmpErrors++;
                Take(_decoder.Quote, Totals.Packets);
                break;
        }
    }

    /// <summary>
    /// Live, and by turns: takes the replies of connections silent since <paramref name="before"/> for complete, rather than
    /// wait for the client to speak.
    /// </summary>
    public void EndSilentReplies(Timestamp before)
    {
        foreach (TrackedConnection connection in _connections.Values)
            if (connection.LastAt < before) connection.EndReply();
    }

    /// <summary>
    /// Live: tells the connections that are over and silent since <paramref name="before"/> as ended, rather than wait for stray
    /// packets.
    /// </summary>
    public void EndClosed(Timestamp before)
    {
        while (_over.Oldest is { } over && over.LastAt < before) LetGo(_over);
    }

    /// <summary>With <see cref="TracingOptions.MessagesApart"/>: returns when the sink has heard of everything known so far.</summary>
    public void Settle() => _context.Lane.Settle();

    /// <summary>Ends the capture: tells every exchange and connection that is still open, in order.</summary>
    public void Complete()
    {
        TrackedConnection[] rest = [.. _connections.Values];
        Array.Sort(rest, static (one, other) => one.Connection.Id.CompareTo(other.Connection.Id));
        foreach (TrackedConnection connection in rest)
        {
            EndBegun(before: connection.Connection.Id);
            End(connection);
        }

        EndBegun(before: long.MaxValue);
        _connections.Clear();
        _context.Lane.Complete();
    }

    private void Take(in TcpSegment segment, long packet)
    {
        if (Find(segment, packet) is not { } connection) return;
        connection.Take(segment, packet);
        if (connection.List != ListOf(connection) || connection.LastAt - connection.TouchedAt >= RecencyNs) Touch(connection);
    }

    private void Take(in QuotedSegment error, long packet)
    {
        if (Known(new FlowKey(error.Source, error.Destination)) is { } connection) Tell(connection.Connection, packet, error);
        else if (_earlyErrors.Count < MaxEarlyErrors) _earlyErrors.Add((packet, error));
    }

    private void Touch(TrackedConnection connection)
    {
        connection.TouchedAt = connection.LastAt;
        ListOf(connection).Touch(connection);
    }

    // The connection that a segment belongs to; null when it is the beginning of one, which is held for now.
    private TrackedConnection? Find(in TcpSegment segment, long packet)
    {
        ref TrackedConnection? recent = ref _recent.Of(segment.Source, segment.Destination);
        return recent is { } last && last.Connects(segment) && !last.IsSucceededBy(segment) ? last : Find(segment, packet, ref recent);
    }

    private TrackedConnection? Find(in TcpSegment segment, long packet, ref TrackedConnection? recent)
    {
        var key = new FlowKey(segment.Source, segment.Destination);
        if (_begun.TryAnswer(key, segment, packet)) return null;
        if (Known(key) is { } connection)
        {
            if (!connection.IsSucceededBy(segment)) return recent = connection;
            _connections.Remove(key);
            End(connection);
        }

        MakeRoom(segment.Timestamp);
        long id = ++Totals.Connections;
        Func<Side, SideProcess?>? owners = _context.Options.Owners?.Begin(segment, Roles.SenderIsClient(segment));
        if (HalfOpenConnection.MayBegin(segment))
        {
            _begun.Add(new HalfOpenConnection(id, segment, packet) { Owners = owners });
            return null;
        }

        _connections.Add(key, recent = Open(id, segment, owners));
        return recent;
    }

    private TrackedConnection? Known(in FlowKey key)
    {
        if (_connections.TryGetValue(key, out TrackedConnection? connection)
            || !_begun.TryTake(key, out HalfOpenConnection begun)) return connection;
        connection = Open(begun);
        _connections.Add(key, connection);
        Touch(connection);
        return connection;
    }

    private void MakeRoom(Timestamp now)
    {
        TracingOptions options = _context.Options;
        while (_over.Count >= options.MaxLingering || (_over.Oldest is { } over && now - over.LastAt > LingerNs))
            LetGo(_over);
        while (_halfOpen.Count >= options.MaxHalfOpen) LetGo(_halfOpen);
        if (_begun.Count >= options.MaxHalfOpen) LetGoBegun();
        if (_connections.Count + _begun.Count < options.MaxConnections) return;
        if (_over.Count > 0) LetGo(_over);
        else if (_open.Count > 0) LetGo(_open);
        else if (_halfOpen.Count > 0) LetGo(_halfOpen);
        else LetGoBegun();
    }

    private void LetGoBegun()
    {
        Totals.EvictedConnections++;
        EndBegun(before: _begun.OldestId + 1);
    }

    private void EndBegun(long before)
    {
        while (_begun.OldestId < before) End(Open(_begun.TakeOldest()));
    }

    private TrackedConnection Open(in HalfOpenConnection begun)
    {
        TrackedConnection connection = Open(begun.Id, begun.Syn, begun.Owners);
        begun.GiveTo(connection);
        return connection;
    }

    private TrackedConnection Open(long id, in TcpSegment segment, Func<Side, SideProcess?>? owners)
    {
        bool isClient = Roles.SenderIsClient(segment);
        var connection = new Connection(
            id,
            isClient ? segment.Source : segment.Destination,
            isClient ? segment.Destination : segment.Source,
            segment.Timestamp,
            _context.Options)
        {
            Owners = owners,
            BeginsMidway = (segment.Flags & TcpFlags.Syn) == 0,
            State = (segment.Flags & TcpFlags.Syn) == 0 ? ConnectionState.Partial
                : (segment.Flags & TcpFlags.Ack) == 0 ? ConnectionState.Unanswered
                : ConnectionState.Open,
        };
        var tracked = new TrackedConnection(connection, _context);
        _context.Lane.Give(MessageStep.Open(tracked.Messages));
        if (_earlyErrors.Count > 0) TellEarlyErrors(connection);
        return tracked;
    }

    private void Tell(Connection connection, long packet, in QuotedSegment error)
    {
        Settle();
        _context.Sink.ErrorReported(connection, packet, error);
    }

    // A capture of two directions may have an answer before what it answers.
    private void TellEarlyErrors(Connection connection)
    {
        for (int i = _earlyErrors.Count - 1; i >= 0; i--)
        {
            (long packet, QuotedSegment error) = _earlyErrors[i];
            bool isOld = connection.OpenedAt - error.Timestamp >= RecencyNs, isOwn = error.Source == connection.Client
                && error.Destination == connection.Server;
            if (isOld || isOwn) _earlyErrors.RemoveAt(i);
            if (isOwn && !isOld) Tell(connection, packet, error);
        }
    }

    private void LetGo(RecencyList list)
    {
        TrackedConnection oldest = list.Oldest!;
        if (list != _over) Totals.EvictedConnections++;
        _connections.Remove(new FlowKey(oldest.Connection.Client, oldest.Connection.Server));
        End(oldest);
    }

    private RecencyList ListOf(TrackedConnection connection) =>
        connection.IsOver ? _over : connection.IsHalfOpen ? _halfOpen : _open;

    private void End(TrackedConnection connection)
    {
        connection.List?.Remove(connection);
        _recent.Forget(connection);
        connection.Complete();
        _context.Lane.Give(MessageStep.Close(connection.Messages));
    }
}
