using Trama.Fleet.Sending;
using Trama.Fleet.Storing;
using Trama.Rows;
using Trama.Rows.Sql;
using Trama.Rows.Tables;

namespace Trama.Fleet.Holding;

/// <summary>A hub's store as it is at one moment, as tables about which questions can be asked: those of <see cref="FleetTable"/>, and one
/// of connections that has no rows, since sensors keep these.</summary>
public static class HeldSnapshot
{
    // Rows have the times of sensors, whose clocks may be ahead of what a table's age is told by.
    private const long ClocksNs = 86_400_000_000_000;

    /// <summary>Takes one.</summary>
    /// <param name="root">The store.</param>
    /// <param name="from">From when rows are wanted, by the sensors' clocks, in nanoseconds since the Unix epoch; those before may be
    /// there, too.</param>
    /// <param name="asked">Rows that sensors, which have these names, sent as an answer; they are there, too. Of what the store has as
    /// well, there are two.</param>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public static StoreSnapshot Take(string root, long from = long.MinValue, IEnumerable<(string Sensor, FleetMessage Rows)>? asked = null)
    {
        if (!HeldReading.IsStore(root)) throw new StoreException(StoreFault.NoHub, root);
        if (from > ClocksNs) from -= ClocksNs;
        var gaps = new List<Gap>();
        var snapshot = new StoreSnapshot(gaps);
        try
        {
            HeldReading.Each(root, FleetKind.Gaps, (sensor, row) => gaps.Add(new Gap(row.Number("from") ?? 0, row.Number("to") ?? 0,
                row.Number("rows") ?? 0, $"{sensor}: {row.Text("kind")}")), from);
            snapshot.Files = [.. Make(root, snapshot.Temporary, from, asked ?? [])];
            return snapshot;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SqlException)
        {
            snapshot.Dispose();
            throw new StoreException(StoreFault.Unreadable, root, error);
        }
        catch
        {
            snapshot.Dispose();
            throw;
        }
    }

    private static List<string> Make(string root, string folder, long from, IEnumerable<(string Sensor, FleetMessage Rows)> asked)
    {
        // What tells messages from each other counts within a partition.
        var made = new SortedDictionary<int, HeldTables>();
        try
        {
            IReadOnlyList<string> tables = HeldReading.Messages(root, (held, message) => Of(message.Partition).Add(held, message), from);
            foreach ((string sensor, FleetMessage rows) in asked)
                Of(rows.Partition).Add(new HeldMessage(sensor, 0, 0, 0, default), rows);
            _ = Of(0);
            var files = new List<string>(tables);
            foreach ((int partition, HeldTables own) in made) files.AddRange(own.Complete("journal", keepsEmpty: partition == 0)
                .Select(name => PartitionFolder.Of(folder, partition)[name]));
            string none = Path.Combine(folder, "none.connections" + RowFormat.Parquet.Extension);
            using (TableOutput connections = RowFormat.Parquet.Begin(File.Create(none), StoredTable.Named("connections")!))
                connections.Complete("");
            return [.. files, none];
        }
        finally
        {
            foreach (HeldTables own in made.Values) own.Dispose();
        }

        HeldTables Of(int partition)
        {
            if (made.TryGetValue(partition, out HeldTables? own)) return own;
            PartitionFolder place = PartitionFolder.Of(folder, partition);
            Directory.CreateDirectory(place.Path);
            return made[partition] = new HeldTables(place, default);
        }
    }
}
