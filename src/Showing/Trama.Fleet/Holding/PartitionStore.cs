using Trama.Fleet.Native;
using Trama.Fleet.Sending;
using Trama.Fleet.Storing;
using Trama.Rows.Journals;

namespace Trama.Fleet.Holding;

/// <summary>
/// What a hub's store has of a partition while the hub holds its lease: journals, and the tables that are made of them. Several hubs share
/// the folder. What the footers of the tables and the journals say is there counts; a broker's acknowledgement never does.
/// </summary>
public sealed class PartitionStore : IDisposable
{
    private const long JournalBytes = 64 << 20;
    private const long RejectedBytes = 256 << 20;

    private readonly PartitionFolder _folder;
    private readonly Lease _lease;
    private readonly StoreLimits _limits;
    private readonly TimeProvider _clock;
    private readonly HeldRanges _ranges = new(), _coming = new();
    private HeldManifest _manifest = new();
    private FrameFile? _journal, _rejected;
    private DateTimeOffset _begun;
    private string[] _gone = [];
    private long _number;

    private PartitionStore(PartitionFolder folder, Lease lease, StoreLimits limits, TimeProvider clock) =>
        (_folder, _lease, _limits, _clock) = (folder, lease, limits with { Bytes = limits.Bytes / FleetMessage.Partitions }, clock);

    /// <summary>How many messages could not be read, and were put aside as they came.</summary>
    public long Rejected { get; private set; }

    /// <summary>Which messages the store holds.</summary>
    public HeldRanges Ranges => _ranges;

    /// <summary>Takes a partition: says so to who holds an earlier lease, then finds out what there is.</summary>
    /// <param name="root">The store's folder.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="lease">The lease.</param>
    /// <param name="limits">How much the whole store keeps; of bytes, a partition its share.</param>
    /// <param name="recent">Takes each message that is in journals yet.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    /// <exception cref="StoreException">What says which files count cannot be read.</exception>
    public static PartitionStore Take(string root, int partition, Lease lease, StoreLimits limits,
        Action<HeldMessage, FleetMessage> recent, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(recent);
        PartitionFolder folder = PartitionFolder.Of(root, partition);
        Directory.CreateDirectory(folder.Path);
        FolderSync.Keep(root);
        HeldManifest.Begin(folder.Path, lease);
        var store = new PartitionStore(folder, lease, limits, clock);
        (HeldManifest before, Lease owner) = HeldManifest.Read(folder.Path);
        // Of whoever holds that lease still, what it added after this look does not count: it sees the mark before it acknowledges.
        var journals = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach ((string name, long length) in before.Journals) journals[name] = length;
        if (owner != default)
            foreach (string name in folder.JournalsOf(owner).Except(before.Finished)) journals[name] = long.MaxValue;
        if (HeldRanges.Parse(before.Forgotten) is { } forgotten) store._ranges.Add(forgotten);
        foreach (string table in before.Tables)
            if (folder.RangesOf(table) is { } ranges) store._ranges.Add(ranges);
        foreach ((string name, long length) in journals.ToArray())
        {
            journals[name] = folder.ReadJournal(name, length, (held, message) =>
            {
                if (held.Sensor.Length > 0) store._ranges.Add(held.Sensor, message);
                recent(held, message);
            });
        }

        store._manifest = new HeldManifest { Tables = before.Tables, Journals = journals, Forgotten = before.Forgotten };
        store._manifest.Write(folder.Path, lease);
        store.Clear();
        return store;
    }

    /// <summary>Adds a message that is not there; false, and nothing is added, when it is. It counts once <see cref="Commit"/> was
    /// called.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public bool Add(in HeldMessage held, in FleetMessage message)
    {
        if (held.Sensor.Length > 0 && (_ranges.Contains(held.Sensor, message) || !_coming.Add(held.Sensor, message))) return false;
        Journal().Append(held.ToBytes());
        return true;
    }

    /// <summary>Puts a message aside that cannot be read, as it came.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Reject(in HeldMessage held)
    {
        Rejected++;
        _rejected ??= new FrameFile(_folder[PartitionFolder.RejectedName(_lease)]);
        // What somebody sends on purpose shall not fill the disk; it is counted all the same.
        if (_rejected.Length < RejectedBytes) _rejected.Append(held.ToBytes());
    }

    /// <summary>Has the disk take what was added: from then on it counts, and may be acknowledged.</summary>
    /// <exception cref="LeaseLostException">Another hub took the partition: nothing of it may be acknowledged.</exception>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Commit()
    {
        _journal?.Keep();
        _rejected?.Keep();
        if (HeldManifest.HasLater(_folder.Path, _lease)) throw new LeaseLostException();
        _ranges.Add(_coming);
        _coming.Clear();
    }

    /// <summary>Makes tables of journals that are over, of leases before, of an hour before, or that have their size; and has tables go
    /// that are too old, or for which there is no room.</summary>
    /// <param name="all">Whether the one that is written is over, too.</param>
    /// <exception cref="LeaseLostException">Another hub took the partition.</exception>
    /// <exception cref="IOException">They cannot be written.</exception>
    public void Finish(bool all = false)
    {
        if (_journal is not null && (all || _journal.Length >= JournalBytes
            || JournalFile.HourOf(_begun) != JournalFile.HourOf(_clock.GetUtcNow())))
        {
            _journal.Keep();
            _journal.Dispose();
            _journal = null;
        }

        string? current = _journal is null ? null : Path.GetFileName(_journal.Path);
        string hour = JournalFile.HourOf(_clock.GetUtcNow());
        // Those of another hub that was stopped in this hour wait for its end, so that the hour has few tables.
        foreach ((string name, long length) in _manifest.Journals)
            if (all || JournalFile.HourOf(File.GetLastWriteTimeUtc(_folder[name])) != hour) Finish(name, length);
        foreach (string name in _folder.JournalsOf(_lease))
            if (name != current && !_manifest.Finished.Contains(name)) Finish(name, long.MaxValue);
        Retain();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _journal?.Dispose();
        _rejected?.Dispose();
    }

    private void Finish(string journal, long length)
    {
        using var tables = new HeldTables(_folder, _lease);
        _folder.ReadJournal(journal, length, tables.Add);
        IReadOnlyList<string> made = tables.Complete(journal);
        _manifest = _manifest with
        {
            Tables = [.. _manifest.Tables, .. made],
            Journals = _manifest.Journals.Where(one => one.Key != journal).ToDictionary(),
            Finished = [.. _manifest.Finished, journal],
        };
        _manifest.Write(_folder.Path, _lease);
        // Whoever took the partition before this was written counts the journal, which therefore has to stay.
        if (HeldManifest.HasLater(_folder.Path, _lease)) throw new LeaseLostException();
        File.Delete(_folder[journal]);
        _manifest = _manifest with { Finished = [.. _manifest.Finished.Where(name => name != journal)] };
        _manifest.Write(_folder.Path, _lease);
    }

    private void Retain()
    {
        // Who took the manifest before may have been about to open them: they go the next time.
        foreach (string name in _gone) File.Delete(_folder[name]);
        _gone = [];
        StoredFile[] tables = [.. _manifest.Tables.Select(_folder.Measure)];
        HashSet<StoredFile> kept = _limits.Kept(tables, _folder.JournalBytes, _clock.GetUtcNow());
        string[] gone = [.. tables.Where(table => !kept.Contains(table)).Select(table => table.File)];
        _folder.ClearRejected(_lease, _clock.GetUtcNow() - _limits.Age);
        if (gone.Length == 0) return;
        HeldRanges forgotten = HeldRanges.Parse(_manifest.Forgotten) ?? new HeldRanges();
        foreach (string name in gone)
            if (_folder.RangesOf(name) is { } ranges) forgotten.Add(ranges);
        _manifest = _manifest with
        {
            Tables = [.. _manifest.Tables.Except(gone)],
            Forgotten = forgotten.ToText(0, new RangeSet()),
        };
        _manifest.Write(_folder.Path, _lease);
        // Whoever takes the partition from now on reads that, or is seen here: nobody counts a table that goes.
        if (HeldManifest.HasLater(_folder.Path, _lease)) throw new LeaseLostException();
        _gone = gone;
    }

    private FrameFile Journal()
    {
        if (_journal is { } there) return there;
        _begun = _clock.GetUtcNow();
        _journal = new FrameFile(_folder[PartitionFolder.JournalName(_lease, ++_number)]);
        FolderSync.Keep(_folder.Path);
        return _journal;
    }

    // What no manifest names was left by somebody who was killed, or who was too late.
    private void Clear()
    {
        HashSet<string> counts = [.. _manifest.Tables, .. _manifest.Journals.Keys];
        foreach (string path in Directory.EnumerateFiles(_folder.Path))
        {
            string name = Path.GetFileName(path);
            if (!Lease.TryParse(name, out Lease other) || other.CompareTo(_lease) >= 0 || counts.Contains(name)
                || PartitionFolder.IsRejected(name)) continue;
            bool isOfLease = name.EndsWith(".manifest.json", StringComparison.Ordinal) || name.EndsWith(".began", StringComparison.Ordinal);
            if (!isOfLease) File.Delete(path);
        }

        HeldManifest.Clear(_folder.Path, _lease);
    }
}
