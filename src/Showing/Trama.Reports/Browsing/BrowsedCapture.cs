using Trama.Diagnosis;
using Trama.Diagnosis.Joined;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Reports.Forms;
using Trama.Tracing;
using Trama.Tracing.Joining;
using Trama.Tracing.Keeping;

namespace Trama.Reports.Browsing;

/// <summary>
/// A capture that is looked at: as a sink it keeps compact rows of everything that a tracker tells, and judges connections; meanwhile and
/// afterwards it answers what a page or a screen shows, sorted, chosen and in windows. What it keeps is bounded
/// (<see cref="BrowsingLimits"/>); a connection with its segments and bytes is read again from its packets.
/// </summary>
/// <remarks>
/// One thread is the tracker's; all members but the sink's may be called on others, also while it goes on. Use: trace with
/// <see cref="Needs"/> and this as the sink, set <see cref="Totals"/> to the tracker's at once, and call <see cref="Conclude()"/> at the
/// end.
/// </remarks>
public sealed class BrowsedCapture : ITraceSink
{
    private const SegmentMarks SentAgain = SegmentMarks.Retransmission;

    private readonly BrowsingLimits _limits;
    private readonly BrowsedRows _rows;
    private readonly BrowsedLists _lists;
    private readonly BrowsedFindings _findings = new();
    private readonly IRecordedPackets? _packets;
    private readonly ConnectionReading? _reading;
    private readonly Lock _read = new();
    private readonly Dictionary<long, ConnectionDetail> _kept = [];
    private BrowsedConnection? _latest;
    private long _version;

    /// <summary>Makes an empty one.</summary>
    /// <param name="packets">Gives the packets again; null when they are gone, and <see cref="Read"/> then gives nothing.</param>
    /// <param name="options">How connections that are read again are traced: framing, keys.</param>
    /// <param name="limits">How much is kept; the usual limits when null.</param>
    public BrowsedCapture(IRecordedPackets? packets = null, TracingOptions? options = null, BrowsingLimits? limits = null)
    {
        _limits = limits ?? new BrowsingLimits();
        _rows = new BrowsedRows(_limits);
        _lists = new BrowsedLists(_rows, _findings);
        _packets = packets;
        if (packets is not null) _reading = new ConnectionReading(_rows, _limits, packets, options ?? new TracingOptions());
    }

    /// <summary>What the tracker was given so far.</summary>
    public CaptureTotals Totals { get; set; } = new();

    /// <summary>Whether the capture is over.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether what went wrong is found by somebody else, who tells it with
    /// <see cref="Conclude(CaptureDiagnosis)"/>.</summary>
    public bool IsJudgedElsewhere { get; set; }

    /// <summary>The two captures that it was joined of; null for one.</summary>
    public JoinedCapture? Joined { get; private set; }

    /// <summary>Rises whenever something was added: what was asked before may have another answer then.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>The exchanges as packed rows; the newest are at the end.</summary>
    public ExchangeTable Exchanges => _rows.Exchanges;

    /// <summary>How many exchanges were told, and are not kept any more.</summary>
    public long OmittedExchanges => _rows.Exchanges.First;

    /// <summary>What was found so far; final once <see cref="IsComplete"/>. The verdict is absent while nothing is bad.</summary>
    public CaptureDiagnosis Diagnosis => _findings.Diagnosis(Totals);

    /// <summary>What the tracker has to keep and tell for it.</summary>
    /// <param name="others">What it has to keep and tell anyway.</param>
    public static TracingOptions Needs(TracingOptions others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return others with
        {
            TellSegments = true,
            ExchangesOf = null,
            KeepWords = true,
            HeadBytes = Math.Max(others.HeadBytes, ExchangeTable.HeadBytes),
            MaxPacketNumbers = Math.Max(others.MaxPacketNumbers, 1),
        };
    }

    /// <summary>The same of the trackers of two captures that are joined.</summary>
    /// <param name="others">What they have to keep and tell anyway.</param>
    public static TracingOptions JoinedNeeds(TracingOptions others) => Needs(others).WithDrawings().WithBodies() with
    {
        KeptSegments = JoinedDiagnoser.Options.KeptSegments,
        MaxKeptSegments = JoinedDiagnoser.Options.MaxKeptSegments,
    };

    /// <summary>The capture is over, and the tracker complete: what only all of it shows is found.</summary>
    public void Conclude()
    {
        _findings.Conclude(Totals);
        IsComplete = true;
        Interlocked.Increment(ref _version);
    }

    /// <summary>The capture is over, and what went wrong was found by somebody else.</summary>
    /// <param name="diagnosis">What was found.</param>
    public void Conclude(CaptureDiagnosis diagnosis)
    {
        ArgumentNullException.ThrowIfNull(diagnosis);
        _findings.Conclude(diagnosis);
        Totals = diagnosis.Totals;
        IsComplete = true;
        Interlocked.Increment(ref _version);
    }

    /// <summary>What two captures show together, once they are joined and judged.</summary>
    /// <param name="captures">The captures.</param>
    /// <param name="shown">Their connections that are shown.</param>
    /// <param name="rows">Takes the rows: this, or what passes them on to it.</param>
    /// <param name="between">The period that is shown; null for all.</param>
    public void Join(JoinedCapture captures, IReadOnlyList<JoinedConnection> shown, ITraceSink rows, Period? between = null)
    {
        ArgumentNullException.ThrowIfNull(shown);
        ArgumentNullException.ThrowIfNull(rows);
        Joined = captures;
        foreach (Connection connection in shown.Select(joined => joined.Shown))
            foreach (TracedSegment segment in connection.Segments) rows.SegmentTaken(connection, segment, default);
        shown.Tell(rows, between);
    }

    /// <summary>A connection that was traced with what is drawn of it: it is not read again. To be told once the capture is over.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="joined">Of two captures, what both show of it.</param>
    /// <param name="between">Of two captures, the period that is drawn.</param>
    public void Keep(Connection connection, JoinedConnection? joined = null, Period? between = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var detail = new ConnectionDetail(connection, FindingsOf(connection.Id), []);
        if (Joined is { } captures && joined is not null) detail.Join(captures, joined, between);
        lock (_read) _kept[connection.Id] = detail;
    }

    /// <summary>A connection; null when there is none of this number, or it is not kept any more.</summary>
    public BrowsedConnection? Connection(long id) => _rows.Connection(id);

    /// <summary>What was found about a connection, the main finding first; empty when nothing was, or it has not ended.</summary>
    public IReadOnlyList<Finding> FindingsOf(long connection) => _findings.Of(connection);

    /// <summary>A window of the exchanges of a choice.</summary>
    /// <param name="choice">Which.</param>
    /// <param name="order">In which order.</param>
    /// <param name="descending">Whether the order is turned round.</param>
    /// <param name="from">The place of the first wanted row, from 0.</param>
    /// <param name="count">How many rows are wanted.</param>
    /// <param name="stop">Ends it early, where nobody waits for it any more.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public Window<ExchangeRow> ListExchanges(
        BrowsingChoice choice, ExchangeOrder order, bool descending, long from, int count, CancellationToken stop = default) =>
        _lists.Exchanges(choice, order, descending, from, count, stop);

    /// <summary>The place in a list of the row of an exchange; -1 when it is not in it.</summary>
    public long PlaceOf(BrowsingChoice choice, ExchangeOrder order, bool descending, long number) =>
        _lists.PlaceOf(choice, order, descending, number, CancellationToken.None);

    /// <summary>A window of the connections of a choice.</summary>
    /// <inheritdoc cref="ListExchanges" path="/param"/>
    public Window<BrowsedConnection> ListConnections(
        BrowsingChoice choice, ConnectionOrder order, bool descending, long from, int count, CancellationToken stop = default) =>
        _lists.Connections(choice, order, descending, from, count, stop);

    /// <summary>The services of a choice: those with faults first, then the most frequent.</summary>
    /// <param name="choice">Which exchanges count.</param>
    /// <param name="stop">Ends it early.</param>
    public IReadOnlyList<ServiceRow> ListServices(BrowsingChoice choice, CancellationToken stop = default) => _lists.Services(choice, stop);

    /// <summary>What happened when, of a choice: within its period where it has one, else from the first packet to the last.</summary>
    /// <param name="choice">Which exchanges count.</param>
    /// <param name="parts">Into how many parts the period is divided.</param>
    /// <param name="stop">Ends it early.</param>
    public Timeline Timeline(BrowsingChoice choice, int parts, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parts);
        Timestamp from = choice.From ?? Totals.FirstAt ?? default, to = choice.To ?? Totals.LastAt ?? from;
        return _lists.Timeline(choice, new TimelineBuilder(from, to, parts), stop);
    }

    /// <summary>When segments were sent again, and on which connections; null where that was more often.</summary>
    /// <param name="most">How often at most.</param>
    public IReadOnlyList<(Timestamp At, long Connection)>? Retransmissions(int most)
    {
        var found = new List<(Timestamp, long)>();
        for (long number = _rows.Retransmissions.First; number < _rows.Retransmissions.End; number++)
        {
            if (!_rows.Retransmissions.TryGet(number, out (Timestamp At, long Connection) again)) continue;
            if (found.Count == most) return null;
            found.Add(again);
        }

        return found;
    }

    /// <summary>Reads a connection again from its packets; null when it is unknown, or none of its packets is there any more.</summary>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public ConnectionDetail? Read(long connection, CancellationToken stop = default)
    {
        lock (_read)
        {
            if (_kept.TryGetValue(connection, out ConnectionDetail? kept)) return kept;
            if (_reading is null || Connection(connection) is not { } row) return null;
            return _reading.Read(row, FindingsOf(connection), stop);
        }
    }

    /// <summary>The number of the connection that a packet belongs to; 0 when it is none's, or that is not known.</summary>
    public long ConnectionOf(long packet) => _rows.ConnectionOf(packet);

    /// <summary>Gives packets again, as they were captured.</summary>
    /// <param name="numbers">Their numbers, rising.</param>
    /// <param name="take">Takes each that is still there.</param>
    /// <param name="stop">Ends it early.</param>
    public void ReadPackets(IReadOnlyList<long> numbers, NumberedRecord take, CancellationToken stop = default)
    {
        lock (_read) _packets?.Read(numbers, take, stop);
    }

    /// <summary>The numbers of a connection's packets, rising, as far as they are known and at most as many as are read again.</summary>
    public IReadOnlyList<long> PacketsOf(long connection) =>
        Connection(connection) is { } row ? _rows.PacketsOf(row, _limits.SegmentsOfConnection) : [];

    void ITraceSink.ConnectionOpened(Connection connection)
    {
        _latest = _rows.Add(connection);
        Interlocked.Increment(ref _version);
    }

    void ITraceSink.SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload)
    {
        Judge?.SegmentTaken(connection, segment, payload);
        BrowsedConnection row = Row(connection);
        row.Note(segment.Packet, segment.At);
        _rows.Note(segment.Packet, connection.Id);
        if ((segment.Marks & (SentAgain | SegmentMarks.Copy)) == SentAgain) _rows.Retransmissions.Add((segment.At, connection.Id));
    }

    void ITraceSink.ExchangeCompleted(Connection connection, Exchange exchange)
    {
        Judge?.ExchangeCompleted(connection, exchange);
        _rows.Exchanges.Add(connection, exchange);
        if (_rows.Exchanges.TryGet(_rows.Exchanges.End - 1, out KeptExchange kept)) Row(connection).Add(kept.IsFaulty, kept.ServerNs);
        Interlocked.Increment(ref _version);
    }

    void ITraceSink.ErrorReported(Connection connection, long packet, in QuotedSegment error)
    {
        Judge?.ErrorReported(connection, packet, error);
        Row(connection).Note(packet);
        _rows.Note(packet, connection.Id);
    }

    void ITraceSink.ConnectionEnded(Connection connection)
    {
        Judge?.ConnectionEnded(connection);
        Row(connection);
        Interlocked.Increment(ref _version);
    }

    private ITraceSink? Judge => IsJudgedElsewhere ? null : _findings.Diagnoser;

    private BrowsedConnection Row(Connection connection) =>
        _latest is { } latest && latest.Connection == connection ? latest : _latest = _rows.Add(connection);
}
