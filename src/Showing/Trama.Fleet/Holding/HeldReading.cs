using Trama.Fleet.Sending;
using Trama.Fleet.Storing;

namespace Trama.Fleet.Holding;

/// <summary>Reads a hub's store while hubs write it: what is in journals yet, and the tables of before.</summary>
public static class HeldReading
{
    private const int MaxTries = 100;

    /// <summary>Whether a folder is a hub's store.</summary>
    public static bool IsStore(string root) => Directory.Exists(PartitionFolder.Of(root, 0).Path)
        || Enumerable.Range(0, FleetMessage.Partitions).Any(partition => Directory.Exists(PartitionFolder.Of(root, partition).Path));

    /// <summary>Reads the rows of a kind that are in journals yet: those of this hour, and of the hour before until its tables are
    /// made.</summary>
    /// <param name="root">The store.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="row">Takes who sent a row, and the row, which is reused after the call.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="StoreException">What says which files count cannot be read.</exception>
    public static void Each(string root, FleetKind kind, Action<string, ReadRow> row)
    {
        Messages(root, (held, message) =>
        {
            if (message.Kind == kind && message.Journal() is { } journal) ReadRow.Each(journal, (_, one) => row(held.Sensor, one));
        });
    }

    /// <summary>Reads the messages that are in journals yet, each once.</summary>
    /// <inheritdoc cref="Each"/>
    public static void Messages(string root, Action<HeldMessage, FleetMessage> take)
    {
        for (int partition = 0; partition < FleetMessage.Partitions; partition++)
        {
            PartitionFolder folder = PartitionFolder.Of(root, partition);
            if (!Directory.Exists(folder.Path)) continue;
            var ranges = new HeldRanges();
            foreach ((HeldMessage held, FleetMessage message) in Read(folder))
                if (held.Sensor.Length == 0 || ranges.Add(held.Sensor, message)) take(held, message);
        }
    }

    /// <summary>The tables of hours before.</summary>
    public static IReadOnlyList<string> Tables(string root) => [.. Enumerable.Range(0, FleetMessage.Partitions)
        .Select(partition => PartitionFolder.Of(root, partition)).Where(folder => Directory.Exists(folder.Path))
        .SelectMany(folder => HeldManifest.Read(folder.Path).Manifest.Tables.Select(table => folder[table]))];

    // Between two looks at the same manifest nothing went from a journal to a table.
    private static List<(HeldMessage, FleetMessage)> Read(PartitionFolder folder)
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
                if (owner == later && before.Tables.SequenceEqual(after.Tables)) return read;
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
