namespace Trama.Fleet.Storing;

/// <summary>
/// A store as it is at one moment, while it may be written: each row is there once. What no table has yet is made into tables of its own,
/// in a folder that goes with the snapshot.
/// </summary>
public sealed class StoreSnapshot : IDisposable
{
    // The manifest changes once an hour, and when rows are lost.
    private const int MaxTries = 100;

    internal StoreSnapshot(IReadOnlyList<Gap> gaps) => Gaps = gaps;

    /// <summary>The Parquet files.</summary>
    public IReadOnlyList<string> Files { get; internal set; } = [];

    /// <summary>What is missing.</summary>
    public IReadOnlyList<Gap> Gaps { get; }

    /// <summary>The folder that goes with it.</summary>
    internal string Temporary { get; } = Directory.CreateTempSubdirectory("trama-").FullName;

    /// <summary>Takes one.</summary>
    /// <param name="folder">The store.</param>
    /// <param name="from">From when rows are wanted, by when they became known, in nanoseconds since the Unix epoch; those before may be
    /// there, too.</param>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public static StoreSnapshot Take(StoreFolder folder, long from = long.MinValue)
    {
        ArgumentNullException.ThrowIfNull(folder);
        try
        {
            (Manifest manifest, Stream[] journals) = Open(folder);
            var snapshot = new StoreSnapshot(manifest.Gaps);
            try
            {
                snapshot.Read(folder, manifest.Tables.Where(table => table.LastAt >= from), journals);
                return snapshot;
            }
            catch
            {
                snapshot.Dispose();
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreFault.Unreadable, folder.Root, error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Temporary, recursive: true);
        }
        catch (IOException)
        {
            // Somebody else took it away.
        }
    }

    private void Read(StoreFolder folder, IEnumerable<StoredFile> tables, Stream[] journals)
    {
        using var files = new TableFiles(Temporary, "journal");
        // One that a newer version writes is told of by who finishes it.
        foreach (Stream journal in journals) files.Add(journal);
        Files = [.. tables.Select(table => Path.Combine(folder.Root, table.File)),
            .. files.Complete(keepsEmpty: true).Select(table => Path.Combine(Temporary, table.File))];
    }

    // Between two looks at the same manifest no row went from a journal to a table.
    private static (Manifest Manifest, Stream[] Journals) Open(StoreFolder folder)
    {
        for (int tries = 1; ; tries++)
        {
            Manifest manifest = Manifest.Read(folder.Root);
            var journals = new List<Stream>();
            try
            {
                foreach (JournalFile journal in folder.JournalFiles())
                    if (!manifest.Finished.Contains(journal.Name)) journals.Add(File.Open(
                        journal.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
                if (Manifest.Read(folder.Root).IsSame(manifest)) return (manifest, [.. journals]);
            }
            catch (FileNotFoundException) when (tries < MaxTries)
            {
                // It was finished meanwhile.
            }

            foreach (Stream journal in journals) journal.Dispose();
            if (tries >= MaxTries) throw new IOException("the store changes all the time");
        }
    }
}
