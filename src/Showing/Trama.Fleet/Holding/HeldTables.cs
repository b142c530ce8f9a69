using Trama.Fleet.Native;
using Trama.Fleet.Sending;
using Trama.Rows;
using Trama.Rows.Tables;

namespace Trama.Fleet.Holding;

/// <summary>Makes the tables of a journal, one a kind. Each says in its footer which messages are in it: that is what a restart
/// reads.</summary>
/// <param name="folder">The partition's folder.</param>
/// <param name="lease">The lease under which they are made.</param>
internal sealed class HeldTables(PartitionFolder folder, Lease lease) : IDisposable
{
    private const string Unfinished = ".part";

    private readonly Dictionary<FleetKind, Making> _tables = [];
    private int _made;

    /// <summary>Adds a message's rows.</summary>
    public void Add(HeldMessage held, FleetMessage message)
    {
        if (FleetTable.Of(message.Kind) is not { } table || message.Journal() is not { } journal) return;
        if (!_tables.TryGetValue(message.Kind, out Making? making)) _tables[message.Kind] = making = Begin(table);
        if (held.Sensor.Length > 0 && !making.Ranges.Add(held.Sensor, message)) return;
        if (held.Stream != making.Stream) making.Sequences = new RangeSet();
        making.Stream = held.Stream;
        if (held.StreamSequence > 0) making.Sequences.Add((long)held.StreamSequence);
        Trama.Rows.Journals.Journal.Read(new MemoryStream(journal), name => name != table.Name ? null
            : (table, new SentRows(making.Rows, held.Sensor, held.ArrivedAt)));
    }

    /// <summary>Completes them: on the disk, then under their names, then these on the disk.</summary>
    /// <param name="journal">The journal's name.</param>
    /// <param name="keepsEmpty">Whether there is a table of a kind without rows, too.</param>
    /// <returns>Their names.</returns>
    public IReadOnlyList<string> Complete(string journal, bool keepsEmpty = false)
    {
        var names = new List<string>();
        foreach (FleetTable table in keepsEmpty ? FleetTable.All : [])
            if (!_tables.ContainsKey(table.Kind)) _tables[table.Kind] = Begin(table);
        foreach ((FleetKind kind, Making making) in _tables)
        {
            making.Rows.Complete(making.Ranges.ToText(making.Stream, making.Sequences));
            making.File.Flush(flushToDisk: true);
            string name = PartitionFolder.TableName(lease, journal, making.Stream, kind);
            File.Move(making.Path, folder[name], overwrite: true);
            names.Add(name);
        }

        FolderSync.Keep(folder.Path);
        return names;
    }

    /// <summary>Takes away what was not completed.</summary>
    public void Dispose()
    {
        foreach (Making making in _tables.Values)
        {
            making.Rows.Dispose();
            File.Delete(making.Path);
        }
    }

    private Making Begin(FleetTable table)
    {
        string path = folder[$"{Environment.ProcessId}-{++_made}{Unfinished}"];
        FileStream file = File.Create(path);
        return new Making(path, file, RowFormat.Parquet.Begin(file, new HeldTable(table)));
    }

    private sealed record Making(string Path, FileStream File, TableOutput Rows)
    {
        public HeldRanges Ranges { get; } = new();

        public long Stream { get; set; }

        public RangeSet Sequences { get; set; } = new();
    }
}
