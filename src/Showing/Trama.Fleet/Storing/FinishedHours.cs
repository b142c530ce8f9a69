using Trama.Rows.Journals;

namespace Trama.Fleet.Storing;

/// <summary>The tables of a store whose hour is over, and the manifest that says which of them count.</summary>
internal sealed class FinishedHours
{
    private readonly StoreFolder _folder;
    private readonly StoreLimits _limits;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private Manifest _manifest;
    private StoredFile[] _gone = [];
    private string _told = "";

    /// <summary>Reads what there is, and takes away what a run before left unfinished.</summary>
    /// <exception cref="StoreException">The manifest is not readable.</exception>
    public FinishedHours(StoreFolder folder, StoreLimits limits, TimeProvider clock)
    {
        (_folder, _limits, _clock) = (folder, limits, clock);
        _manifest = Manifest.Read(folder.Root);
        HashSet<string> counts = [.. _manifest.Tables.Select(table => Path.Combine(folder.Root, table.File))];
        foreach (string file in Directory.GetFiles(folder.Tables))
            if (!counts.Contains(file)) File.Delete(file);
    }

    /// <summary>Hears of what somebody should know.</summary>
    public required Action<StoreEvent, string> Told { get; init; }

    /// <summary>The numbers of journals that are finished.</summary>
    public IEnumerable<long> Numbers => _manifest.Tables.Select(table => Path.ChangeExtension(
        Path.ChangeExtension(table.File, null), ".rows")).Concat(_manifest.Finished).Select(name => JournalFile.Named(name)?.Number ?? 0);

    /// <summary>How much of the room for rows is taken, from 0 to 1.</summary>
    public double Taken => (double)(_manifest.Tables.Sum(table => table.Bytes) + JournalBytes) / _limits.Bytes;

    private long JournalBytes => _folder.JournalFiles().Sum(journal => new FileInfo(journal.Path).Length);

    /// <summary>How much of the room all rows would take in the time that they are to be kept, were they as many as of late.</summary>
    /// <param name="of">How long that is.</param>
    public double Needed(TimeSpan of)
    {
        long since = (_clock.GetUtcNow() - of - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        return _manifest.Tables.Where(table => table.LastAt >= since).Sum(table => table.Bytes) / of.TotalHours
            * _limits.Age.TotalHours / _limits.Bytes;
    }

    /// <summary>Notes that rows are missing.</summary>
    /// <exception cref="IOException">It cannot be written down.</exception>
    public void Add(Gap gap)
    {
        lock (_lock) Replace(_manifest.With(gap));
    }

    /// <summary>Makes tables of the journals that are over: of hours before, and those that have their size.</summary>
    /// <param name="current">Says which journal is written; null when none is.</param>
    /// <param name="hour">Says which hour it is.</param>
    /// <param name="fullBytes">Where a journal is full.</param>
    public void Finish(Func<string?> current, Func<string> hour, long fullBytes)
    {
        try
        {
            TakeAway();
            // Those that there are, before it is asked which is written: one that is begun meanwhile is not taken for one that is over.
            JournalFile[] there = [.. _folder.JournalFiles()];
            (string now, string? written) = (hour(), current());
            JournalFile[] over = [.. there.Where(journal => journal.Path != written && !_manifest.Finished.Contains(journal.Name)
                && (journal.Hour != now || new FileInfo(journal.Path).Length >= fullBytes))];
            foreach (IGrouping<string, JournalFile> one in over.GroupBy(journal => journal.Hour)) Finish([.. one]);
            TakeAway();
            Retain();
            _told = "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is tried every few seconds; of what stays as it is nobody has to hear each time.
            if (_told == error.Message) return;
            _told = error.Message;
            Told(StoreEvent.NotFinished, error.Message);
        }
    }

    private void Finish(JournalFile[] journals)
    {
        JournalFile last = journals[^1];
        string prefix = Path.Combine(Path.GetFileName(_folder.Tables), Path.GetFileNameWithoutExtension(last.Name));
        using var files = new TableFiles(_folder.Root, prefix);
        foreach (JournalFile journal in journals)
        {
            JournalEnd end = files.Add(File.OpenRead(journal.Path));
            if (end is JournalEnd.Whole or JournalEnd.Cut) continue;
            // Of a damaged one what is right counts; a newer one waits for a newer program.
            _folder.SetAside(journal.Path, _limits.AsideBytes);
            Told(StoreEvent.SetAside, Path.Combine(_folder.Aside, journal.Name));
        }

        IReadOnlyList<StoredFile> complete = files.Complete();
        lock (_lock)
        {
            Replace(_manifest with
            {
                Tables = [.. _manifest.Tables, .. complete],
                Finished = [.. _manifest.Finished, .. journals.Select(journal => journal.Name)],
            });
        }
    }

    // Who has read the manifest before may still read them: that goes on with an open file.
    private void TakeAway()
    {
        if (_manifest.Finished.Count == 0) return;
        foreach (string name in _manifest.Finished) File.Delete(Path.Combine(_folder.Journals, name));
        lock (_lock) Replace(_manifest with { Finished = [] });
    }

    private void Retain()
    {
        HashSet<StoredFile> kept = _limits.Kept(_manifest.Tables, JournalBytes, _clock.GetUtcNow());
        // Who took the manifest before may be about to open them: they go the next time.
        foreach (StoredFile table in _gone) File.Delete(Path.Combine(_folder.Root, table.File));
        _gone = [.. _manifest.Tables.Except(kept)];
        if (_gone.Length == 0) return;
        lock (_lock) Replace(_manifest with { Tables = [.. _manifest.Tables.Where(kept.Contains)] });
    }

    private void Replace(Manifest manifest)
    {
        manifest.Write(_folder.Root);
        _manifest = manifest;
    }
}
