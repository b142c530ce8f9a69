using System.Buffers;
using Trama.Rows.Journals;
using Trama.Rows.Tables;

namespace Trama.Fleet.Storing;

/// <summary>
/// Writes rows into a store: into a journal at once, which <see cref="Keep"/> has the disk take, and, when the hour is over, into Parquet.
/// What stops it, and when, loses at most the rows since the latest <see cref="Keep"/>.
/// </summary>
public sealed class StoreWriter : IDisposable
{
    private const int FrameBytes = 64 << 10;

    // Beyond that an hour is finished in parts: who asks has to read no more of it than this.
    private const long JournalBytes = 64 << 20;

    private readonly StoreFolder _folder;
    private readonly TimeProvider _clock;
    private readonly FinishedHours _finished;
    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _frame = new(2 * FrameBytes);
    private readonly List<FrameFile> _over = [];
    private FrameFile? _journal;
    private string _hour = "";
    private long _number, _rows;
    private long _lost, _lostFrom;
    private string _reason = "";

    /// <summary>Opens a store for writing.</summary>
    /// <param name="folder">Its folder, which this process has taken.</param>
    /// <param name="limits">How much it keeps.</param>
    /// <param name="clock">The clock that says which hour it is.</param>
    /// <exception cref="StoreException">What says which files count is not readable.</exception>
    public StoreWriter(StoreFolder folder, StoreLimits limits, TimeProvider clock)
    {
        (_folder, _clock) = (folder, clock);
        RunAt = Now;
        _finished = new FinishedHours(folder, limits, clock) { Told = (what, text) => Told?.Invoke(what, text) };
        _number = folder.JournalFiles().Select(journal => journal.Number).Concat(_finished.Numbers).DefaultIfEmpty(0).Max();
    }

    /// <summary>Which run its rows are of: when it was opened, in nanoseconds since the Unix epoch.</summary>
    public long RunAt { get; }

    /// <summary>Says when a row that comes now became known, in nanoseconds since the Unix epoch; the clock's time unless set.</summary>
    public Func<long>? At { get; set; }

    /// <summary>For how many exchanges one stands that comes now.</summary>
    public long StandsFor { get; set; } = 1;

    /// <summary>Hears of what somebody should know, with a path or what the system said.</summary>
    public Action<StoreEvent, string>? Told { get; init; }

    /// <summary>How many rows were lost, since they could not be written.</summary>
    public long LostRows { get; private set; }

    /// <summary>How much of the room for rows is taken, from 0 to 1.</summary>
    public double Taken => _finished.Taken;

    private long Now => (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>Begins a table: its rows go into the store as each is complete.</summary>
    /// <param name="schema">A table of <see cref="RowSchema"/> that a store has.</param>
    public TableOutput Begin(TableSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        int table = StoredTable.All.Index().Single(stored => stored.Item.Name == schema.Name).Index;
        return new StoredRows(new JournalTable(table, Take), () => At?.Invoke() ?? Now, RunAt,
            StoredTable.All[table].IsThinned ? () => StandsFor : null);
    }

    /// <summary>How much of the room all rows would take in the time that they are to be kept, were they as many as of late.</summary>
    /// <param name="of">How long that is.</param>
    public double Needed(TimeSpan of) => _finished.Needed(of);

    /// <summary>Notes that rows were left out on purpose, where it can be written down.</summary>
    public void Note(Gap gap)
    {
        try
        {
            _finished.Add(gap);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Told?.Invoke(StoreEvent.NotWritten, error.Message);
        }
    }

    /// <summary>Has the disk take what came; to be called every second, by one thread at a time.</summary>
    public void Keep()
    {
        FrameFile[] over;
        FrameFile? journal;
        lock (_lock)
        {
            // What somebody took away is written to no more: a new one comes in its place, or it is told that none can.
            if (_journal is { } gone && !File.Exists(gone.Path)) LetGo();
            Append();
            (over, journal) = ([.. _over], _journal);
            _over.Clear();
        }

        try
        {
            foreach (FrameFile one in over) one.Keep();
            journal?.Keep();
        }
        catch (IOException error)
        {
            Told?.Invoke(StoreEvent.NotWritten, error.Message);
        }

        foreach (FrameFile one in over) one.Dispose();
    }

    /// <summary>Makes tables of what is over, and takes away what is older or more than the store keeps; to be called now and then, by one
    /// thread at a time.</summary>
    public void Finish() => _finished.Finish(Current, () => JournalFile.HourOf(_clock.GetUtcNow()), JournalBytes);

    /// <summary>Writes what is left; the hour's journal stays for the next run.</summary>
    public void Dispose()
    {
        Keep();
        TellLost();
        _journal?.Dispose();
    }

    private string? Current()
    {
        lock (_lock) return _journal?.Path;
    }

    private void Take(ReadOnlyMemory<byte> row)
    {
        lock (_lock)
        {
            if (_frame.WrittenCount + row.Length > FrameBytes) Append();
            if (row.Length > Frame.MaxContent) return;
            _frame.Write(row.Span);
            _rows++;
        }
    }

    private void Append()
    {
        if (_rows == 0) return;
        try
        {
            Turn();
            _journal!.Append(_frame.WrittenMemory);
            TellLost();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (_lost == 0)
            {
                (_lostFrom, _reason) = (Now, error.Message);
                Told?.Invoke(StoreEvent.NotWritten, error.Message);
            }

            (_lost, LostRows) = (_lost + _rows, LostRows + _rows);
        }

        _frame.ResetWrittenCount();
        _rows = 0;
    }

    private void Turn()
    {
        string hour = JournalFile.HourOf(_clock.GetUtcNow());
        if (_journal is not null && hour == _hour && _journal.Length < JournalBytes) return;
        LetGo();
        var next = new FrameFile(JournalFile.Of(_folder.Journals, hour, ++_number).Path);
        var header = new ArrayBufferWriter<byte>();
        JournalHeader.Write(header, StoredTable.All);
        try
        {
            next.Append(header.WrittenMemory);
        }
        catch (IOException)
        {
            next.Dispose();
            File.Delete(next.Path);
            throw;
        }

        (_journal, _hour) = (next, hour);
    }

    // Who keeps it may be at it.
    private void LetGo()
    {
        if (_journal is not null) _over.Add(_journal);
        _journal = null;
    }

    // Noted later when that cannot be written yet.
    private void TellLost()
    {
        if (_lost == 0) return;
        try
        {
            _finished.Add(new Gap(_lostFrom, Now, _lost, _reason));
            _lost = 0;
            Told?.Invoke(StoreEvent.WrittenAgain, "");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _reason = error.Message;
        }
    }
}
