using System.Buffers;
using Trama.Rows.Journals;
using Trama.Rows.Tables;

namespace Trama.Fleet.Sending;

/// <summary>
/// Collects rows for hubs, and puts them into the spool once a second. While that is full they are counted, and the count is a row of its
/// own (<see cref="FleetTable.Gaps"/>) as soon as there is room again.
/// </summary>
public sealed class Outbox
{
    // While it stays full, it is not told of every second.
    private const long ToldEveryNs = 30_000_000_000;

    private readonly Spool _spool;
    private readonly int _own;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly Dictionary<(FleetKind Kind, int Partition), (ArrayBufferWriter<byte> Rows, long Count)> _filling = [];
    private readonly SortedDictionary<FleetKind, (long From, long To, long Rows)> _missing = [];
    private long _toldAt = long.MinValue / 2;

    /// <summary>Begins.</summary>
    /// <param name="spool">Where rows go.</param>
    /// <param name="sensor">The sensor's name, which says the partition of all rows but tickets.</param>
    /// <param name="clock">The clock of gaps.</param>
    public Outbox(Spool spool, string sensor, TimeProvider clock) =>
        (_spool, _own, _clock) = (spool, PartitionOf(sensor), clock);

    /// <summary>Hears why rows cannot be written, once, and again after they could.</summary>
    public Action<string>? Failed { get; init; }

    /// <summary>How many rows are missing, since the spool was full or could not be written.</summary>
    public long MissingRows { get; private set; }

    private long Now => (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>The partition of a sensor's rows but tickets.</summary>
    public static int PartitionOf(string sensor) =>
        (int)(Frame.Checksum(System.Text.Encoding.UTF8.GetBytes(sensor)) % FleetMessage.Partitions);

    /// <summary>The partition of tickets of a key.</summary>
    public static int PartitionOf(long key) => (int)((ulong)key % FleetMessage.Partitions);

    /// <summary>Begins a table of the sensor's own partition.</summary>
    public TableOutput Begin(FleetTable table) => Begin(table, () => _own);

    /// <summary>Begins a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="partition">Says where the row belongs that is complete now.</param>
    public TableOutput Begin(FleetTable table, Func<int> partition) => new JournalTable(0, row => Take(table, partition(), row));

    /// <summary>Puts what came into the spool, and has the disk take it; gives what may be sent now.</summary>
    public IReadOnlyList<SpooledMessage> Keep()
    {
        lock (_lock)
        {
            foreach ((FleetKind kind, int partition) in _filling.Keys.ToArray()) Seal(kind, partition);
            TellMissing();
        }

        try
        {
            return _spool.Keep();
        }
        catch (IOException error)
        {
            Failed?.Invoke(error.Message);
            return [];
        }
    }

    private void Take(FleetTable table, int partition, ReadOnlyMemory<byte> row)
    {
        lock (_lock)
        {
            if (row.Length > FleetMessage.MaxRowBytes)
            {
                Miss(table.Kind, 1);
                return;
            }

            if (_filling.TryGetValue((table.Kind, partition), out var filling)
                && filling.Rows.WrittenCount + row.Length > FleetMessage.MaxRowBytes) Seal(table.Kind, partition);
            if (filling.Rows is null) filling = (new ArrayBufferWriter<byte>(), 0);
            else if (filling.Rows.WrittenCount == 0) filling.Count = 0;
            filling.Rows.Write(row.Span);
            _filling[(table.Kind, partition)] = (filling.Rows, filling.Count + 1);
        }
    }

    private void Seal(FleetKind kind, int partition)
    {
        (ArrayBufferWriter<byte> rows, long count) = _filling[(kind, partition)];
        if (rows.WrittenCount == 0) return;
        if (!TryAdd(kind, partition, count, rows.WrittenSpan)) Miss(kind, count);
        rows.ResetWrittenCount();
        _filling[(kind, partition)] = (rows, 0);
    }

    private bool TryAdd(FleetKind kind, int partition, long count, ReadOnlySpan<byte> rows)
    {
        try
        {
            return _spool.TryAdd(partition, kind, count, FleetMessage.BodyOf(FleetTable.Of(kind)!, rows));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (_missing.Count == 0) Failed?.Invoke(error.Message);
            return false;
        }
    }

    private void Miss(FleetKind kind, long count)
    {
        long now = Now;
        (long from, _, long rows) = _missing.GetValueOrDefault(kind, (now, now, 0));
        _missing[kind] = (from, now, rows + count);
        MissingRows += count;
    }

    private void TellMissing()
    {
        if (_missing.Count == 0 || Now - _toldAt < ToldEveryNs) return;
        var told = new ArrayBufferWriter<byte>();
        var table = new JournalTable(0, row => told.Write(row.Span));
        foreach ((FleetKind kind, (long from, long to, long rows)) in _missing)
        {
            table.Add(from);
            table.Add(to);
            table.AddName(FleetTable.NameOf(kind));
            table.Add(rows);
            table.EndRow();
        }

        if (!TryAdd(FleetKind.Gaps, _own, _missing.Count, told.WrittenSpan)) return;
        _missing.Clear();
        _toldAt = Now;
    }
}
