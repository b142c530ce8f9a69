using Trama.Diagnosis;
using Trama.Fleet.Sending;
using Trama.Fleet.Sketches;
using Trama.Fleet.Storing;
using Trama.Fleet.Tickets;
using Trama.Reports;
using Trama.Rows;
using Trama.Rows.Journals;
using Trama.Rows.Tables;
using Trama.Tracing;

namespace Trama.Fleet.Sensing;

/// <summary>
/// What a sensor publishes of what it traces: a ticket of each connection under each of its keys, what was found, exchanges that were slow,
/// failed or are a sample, and sketches of all of them. Nothing that a program said is in it but the words of operations and statuses.
/// </summary>
public sealed class SensorSink : ITraceSink, IDisposable
{
    // Most connections are over by then, and are told of once.
    private const long YoungNs = 5_000_000_000;

    private readonly TicketKeys _keys;
    private readonly Func<Connection, IReadOnlyList<Finding>> _findings;
    private readonly RowSink _rows;
    private readonly SketchWindow _sketches;
    private readonly TableOutput _tickets;
    private readonly Dictionary<long, StreamHeads> _heads = [];
    private readonly Queue<(long Connection, long OpenedAt)> _young = [];
    private readonly Dictionary<long, Connection> _open = [];
    private readonly long _runAt, _slowNs;
    private readonly int _sample;
    private long _healthy, _standsFor = 1, _at;
    private int _partition;

    /// <summary>Begins.</summary>
    /// <param name="outbox">Where rows go.</param>
    /// <param name="keys">Makes the keys of tickets.</param>
    /// <param name="findings">What was found of a connection that ends.</param>
    /// <param name="text">Says a finding in words.</param>
    /// <param name="runAt">When this run began, in nanoseconds since the Unix epoch.</param>
    /// <param name="slowNs">From how many nanoseconds on an exchange is slow.</param>
    /// <param name="sample">Of so many others one is published.</param>
    public SensorSink(Outbox outbox, TicketKeys keys, Func<Connection, IReadOnlyList<Finding>> findings, Func<Finding, string> text,
        long runAt, long slowNs, int sample)
    {
        ArgumentNullException.ThrowIfNull(outbox);
        (_keys, _findings, _runAt, _slowNs, _sample) = (keys, findings, runAt, slowNs, Math.Max(1, sample));
        _tickets = outbox.Begin(FleetTable.Tickets, () => _partition);
        _sketches = new SketchWindow(outbox.Begin(FleetTable.Sketches));
        _rows = new RowSink(schema => schema.Name switch
        {
            "exchanges" => new StoredRows(outbox.Begin(FleetTable.Of(FleetKind.Exchanges)!), () => _at, runAt, () => _standsFor),
            "findings" => new StoredRows(outbox.Begin(FleetTable.Of(FleetKind.Findings)!), () => _at, runAt, null),
            _ => new JournalTable(0, _ => { }),
        }, packets: false, text);
    }

    /// <summary>How many connections there were.</summary>
    public long Connections { get; private set; }

    /// <summary>Something was found of a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="finding">What.</param>
    public void Found(ConnectionDiagnosis connection, Finding finding)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _at = connection.LastAt.Nanoseconds;
        _rows.Add(connection, one => ReferenceEquals(one, finding));
    }

    /// <summary>Writes sketches whose time is over, and tickets of connections that have been open for a while: who waits for their ends
    /// may wait for days.</summary>
    /// <param name="nowNs">What time it is by the packets' clock.</param>
    public void Look(long nowNs)
    {
        _sketches.Look(nowNs);
        while (_young.TryPeek(out (long Connection, long OpenedAt) oldest) && nowNs - oldest.OpenedAt >= YoungNs)
        {
            _ = _young.Dequeue();
            if (_open.Remove(oldest.Connection, out Connection? connection) && IsUnderWay(connection))
                Write(TicketOf(connection, _heads.GetValueOrDefault(connection.Id), nowNs));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();

    /// <summary>The run ends.</summary>
    public void Complete() => _sketches.Complete();

    /// <inheritdoc/>
    public void ConnectionOpened(Connection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _young.Enqueue((connection.Id, connection.OpenedAt.Nanoseconds));
        _open[connection.Id] = connection;
    }

    /// <inheritdoc/>
    public void StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (offset >= TicketKeys.HeadBytes || !connection.Stream(from).Syn) return;
        if (!_heads.TryGetValue(connection.Id, out StreamHeads? heads)) _heads[connection.Id] = heads = new StreamHeads();
        heads.Add(from, offset, bytes);
    }

    /// <inheritdoc/>
    public void ExchangeCompleted(Connection connection, Exchange exchange)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(exchange);
        _sketches.Add(connection, exchange);
        bool isTold = exchange.Failed == true || exchange.Request is null || exchange.Reply is null || exchange.TotalNs >= _slowNs;
        if (!isTold && _healthy++ % _sample != 0) return;
        (_standsFor, _at) = (isTold ? 1 : _sample, exchange.LastAt.Nanoseconds);
        _rows.ExchangeCompleted(connection, exchange);
    }

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        Connections++;
        _heads.Remove(connection.Id, out StreamHeads? heads);
        _open.Remove(connection.Id);
        Write(TicketOf(connection, heads, null));
    }

    // Of one that is over everything is told soon; one whose handshake did not come about tells it by its end.
    private static bool IsUnderWay(Connection connection) => connection.State is ConnectionState.Open or ConnectionState.Partial
        && connection.ToServer.Syn == connection.ToClient.Syn;

    private void Write(Ticket ticket)
    {
        foreach ((TicketKind kind, long key) in ticket.Keys)
        {
            _partition = Outbox.PartitionOf(key);
            ticket.Write(kind, _tickets);
        }
    }

    // Of one that is open there is no last packet, only now.
    private Ticket TicketOf(Connection connection, StreamHeads? heads, long? nowNs)
    {
        bool isEarly = nowNs is not null;
        uint? timestamp = connection.Segments is [var first, ..] ? first.Timestamps?.Value : null;
        uint? client = connection.ToServer.Syn ? connection.ToServer.InitialSequence : null,
            server = connection.ToClient.Syn ? connection.ToClient.InitialSequence : null;
        IReadOnlyList<Finding> findings = isEarly ? [] : _findings(connection);
        return new Ticket
        {
            NumbersKey = client is { } own && server is { } other ? _keys.OfNumbers(own, other) : null,
            // Until both are whole, the other end may know more or less of them.
            BytesKey = client is null || heads is null || (isEarly && !heads.AreWhole) ? null
                : _keys.OfBytes(heads.Of(Side.Client), heads.Of(Side.Server), timestamp),
            SynKey = client is { } syn ? _keys.OfSyn(syn, timestamp) : null,
            TupleKey = _keys.OfTuple(connection.Client, connection.Server),
            Connection = connection.Id,
            RunAt = _runAt,
            Client = connection.Client.ToString(),
            Server = connection.Server.ToString(),
            OpenedAt = connection.OpenedAt.Nanoseconds,
            LastAt = nowNs ?? connection.LastAt.Nanoseconds,
            State = connection.State.ToString(),
            IsEarly = isEarly,
            ToServer = StreamOf(connection.ToServer, heads is null ? default : heads.Of(Side.Client)),
            ToClient = StreamOf(connection.ToClient, heads is null ? default : heads.Of(Side.Server)),
            Severity = findings.Count == 0 ? null : (long)findings.Max(finding => finding.Severity),
            Finding = findings.Count == 0 ? "" : FindingNames.Of(findings[0].Id),
        };
    }

    private static TicketStream StreamOf(StreamCounters stream, ReadOnlySpan<byte> head) => new(stream.InitialSequence,
        stream.StreamBytes + stream.MissingBytes, stream.Syn, head.Length, head.IsEmpty ? 0 : Frame.Checksum(head));
}
