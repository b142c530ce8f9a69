using Trama.Fleet.Sending;
using Trama.Fleet.Storing;

namespace Trama.Fleet.Holding;

/// <summary>Reads a hub's store while hubs write it: the tables of hours before, and what is in journals yet.</summary>
public static class HeldReading
{
    private const int MaxTries = 100;

    /// <summary>Whether a folder is a hub's store.</summary>
    public static bool IsStore(string root) => Directory.Exists(PartitionFolder.Of(root, 0).Path)
        || Enumerable.Range(0, FleetMessage.Partitions).Any(partition => Directory.Exists(PartitionFolder.Of(root, partition).Path));

    /// <summary>Reads the rows of a kind: those of tables, for which DuckDB is needed, and those that are in journals yet.</summary>
    /// <param name="root">The store.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="row">Takes who sent a row, and the row, which is reused after the call.</param>
    /// <param name="since">From when rows are wanted, by when they arrived, in nanoseconds since the Unix epoch.</param>
    /// <returns>Whether all of it was read: without DuckDB tables are not.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="StoreException">What says which files count cannot be read.</exception>
    /// <exception cref="Rows.Sql.SqlException">DuckDB cannot read the tables.</exception>
    public static bool Each(string root, FleetKind kind, Action<string, ReadRow> row, long since = long.MinValue)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Each(root, [kind], (_, sensor, one) => row(sensor, one), since);
    }

    /// <summary>Reads the rows of several kinds as they are at one moment.</summary>
    /// <param name="root">The store.</param>
    /// <param name="kinds">The kinds.</param>
    /// <param name="row">Takes the kind, who sent a row, and the row, which is reused after the call.</param>
    /// <param name="since">From when rows are wanted, by when they arrived, in nanoseconds since the Unix epoch.</param>
    /// <inheritdoc cref="Each(string, FleetKind, Action{string, ReadRow}, long)" path="/returns"/>
    /// <inheritdoc cref="Each(string, FleetKind, Action{string, ReadRow}, long)" path="/exception"/>
    public static bool Each(string root, IReadOnlyList<FleetKind> kinds, Action<FleetKind, string, ReadRow> row,
        long since = long.MinValue)
    {
        ArgumentNullException.ThrowIfNull(row);
        IReadOnlyList<string> tables = Messages(root, (held, message) =>
        {
            if (kinds.Contains(message.Kind) && message.Journal() is { } journal)
                ReadRow.Each(journal, (_, one) => row(message.Kind, held.Sensor, one));
        }, since);
        bool isWhole = true;
        foreach (FleetKind kind in kinds)
        {
            isWhole &= HeldTableRows.Read([.. tables.Where(table => PartitionFolder.IsOf(table, kind))], FleetTable.Of(kind)!,
                (sensor, one) => row(kind, sensor, one), since);
        }

        return isWhole;
    }

    /// <summary>What changes whenever rows come or files are made, found out without reading any.</summary>
    /// <param name="root">The store.</param>
    public static long Fingerprint(string root)
    {
        var print = new HashCode();
        for (int partition = 0; partition < FleetMessage.Partitions; partition++)
        {
            string folder = PartitionFolder.Of(root, partition).Path;
            if (!Directory.Exists(folder)) continue;
            foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal))
            {
                print.Add(file.Name);
                print.Add(file.Exists ? file.Length : 0);
            }
        }

        return print.ToHashCode();
    }

    /// <summary>Counts the rows of all kinds by sensor.</summary>
    /// <param name="root">The store.</param>
    /// <param name="take">Takes a sensor, how many rows it sent, and when the latest arrived; a sensor comes more than once.</param>
    /// <param name="since">From when rows are wanted, by when they arrived, in nanoseconds since the Unix epoch.</param>
    /// <returns>Whether all of it was read: without DuckDB tables are not.</returns>
    /// <inheritdoc cref="Each(string, FleetKind, Action{string, ReadRow}, long)"/>
    public static bool Count(string root, Action<string, long, long> take, long since = long.MinValue)
    {
        ArgumentNullException.ThrowIfNull(take);
        IReadOnlyList<string> tables = Messages(root, (held, message) => take(held.Sensor, message.Rows, held.ArrivedAt), since);
        return FleetTable.All.All(table =>
            HeldTableRows.Count([.. tables.Where(file => PartitionFolder.IsOf(file, table.Kind))], table, take, since));
    }

    /// <summary>Reads the messages that are in journals yet, each once.</summary>
    /// <returns>The tables, which have the others, but for those whose rows all arrived before.</returns>
    /// <inheritdoc cref="Each(string, FleetKind, Action{string, ReadRow}, long)"/>
    public static IReadOnlyList<string> Messages(string root, Action<HeldMessage, FleetMessage> take, long since = long.MinValue)
    {
        ArgumentNullException.ThrowIfNull(take);
        var tables = new List<string>();
        for (int partition = 0; partition < FleetMessage.Partitions; partition++)
        {
            PartitionFolder folder = PartitionFolder.Of(root, partition);
            if (!Directory.Exists(folder.Path)) continue;
            var ranges = new HeldRanges();
            (IReadOnlyList<string> made, List<(HeldMessage, FleetMessage)> messages) = Read(folder);
            foreach ((HeldMessage held, FleetMessage message) in messages)
                if (held.ArrivedAt >= since && (held.Sensor.Length == 0 || ranges.Add(held.Sensor, message))) take(held, message);
            tables.AddRange(made.Where(table => folder.Measure(table).LastAt is > 0 and var madeAt && madeAt >= since)
                .Select(table => folder[table]));
        }

        return tables;
    }

    // Between two looks at the same manifest nothing went from a journal to a table.
    private static (IReadOnlyList<string> Tables, List<(HeldMessage, FleetMessage)> Messages) Read(PartitionFolder folder)
    {
        for (int tries = 1; ; tries++)
        {
            var read = new List<(HeldMessage, FleetMessage)>();
            (HeldManifest before, Lease owner) = HeldManifest.Read(folder.Path);
            try
            {
                foreach ((string name, long length) in before.Journals) folder.ReadJournal(name, length, Add);
                if (owner != default)
                    foreach (string name in folder.JournalsOf(owner).Except(before.Finished)) folder.ReadJournal(name, long.MaxValue, Add);
                (HeldManifest after, Lease later) = HeldManifest.Read(folder.Path);
                if (owner == later && before.Tables.SequenceEqual(after.Tables)) return (before.Tables, read);
            }
            catch (FileNotFoundException) when (tries < MaxTries)
            {
                // It was finished meanwhile.
            }

            if (tries >= MaxTries) throw new IOException($"{folder.Path}: it changes all the time");

            void Add(HeldMessage held, FleetMessage message) => read.Add((held, message));
        }
    }
}
