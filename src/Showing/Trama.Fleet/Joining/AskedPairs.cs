using Trama.Fleet.Holding;
using Trama.Fleet.Sending;
using Trama.Rows.Journals;

namespace Trama.Fleet.Joining;

/// <summary>
/// The pairs that somebody wants joined, as files in a hub's store: who looks at the store puts them there, a hub takes them. What is in
/// one is the pair's row, and no more than a hub would ask by itself.
/// </summary>
/// <param name="store">The hub's store.</param>
public sealed class AskedPairs(string store)
{
    /// <summary>How many may wait.</summary>
    public const int Most = 64;

    private const string Taken = ".taken";
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    private readonly string _folder = Path.Combine(store, "asked");

    /// <summary>Whether a pair is asked for, and not joined yet.</summary>
    /// <param name="pair">The pair's <see cref="Pair.Name"/>.</param>
    public bool Has(string pair) => Pair.IsName(pair)
        && (File.Exists(Path.Combine(_folder, pair)) || File.Exists(Path.Combine(_folder, pair + Taken)));

    /// <summary>Asks for one; false when too many wait.</summary>
    /// <exception cref="IOException">The store cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Whoever asks may not write it.</exception>
    public bool Ask(Pair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        if (Has(pair.Name)) return true;
        Directory.CreateDirectory(_folder);
        if (Directory.EnumerateFiles(_folder).Take(Most).Count() == Most) return false;
        var rows = new MemoryStream();
        pair.Write(0, new JournalTable(0, row => rows.Write(row.Span)));
        byte[] body = FleetMessage.BodyOf(FleetTable.Pairs, rows.ToArray());
        string part = Path.Combine(_folder, $"{Guid.NewGuid():N}.part");
        File.WriteAllBytes(part, new FleetMessage(0, 0, 1, FleetKind.Pairs, 1, body).ToBytes());
        File.Move(part, Path.Combine(_folder, pair.Name), overwrite: true);
        return true;
    }

    /// <summary>Takes those that nobody else has taken. Each is to be given to <see cref="Done"/> in the end.</summary>
    /// <exception cref="IOException">The store cannot be written.</exception>
    public IReadOnlyList<Pair> Take()
    {
        var taken = new List<Pair>();
        if (!Directory.Exists(_folder)) return taken;
        foreach (FileInfo file in new DirectoryInfo(_folder).EnumerateFiles().Take(Most).ToArray())
        {
            if (!Pair.IsName(file.Name))
            {
                // Of a hub, or of somebody who asked, that was killed.
                if (file.LastWriteTimeUtc < DateTime.UtcNow - s_longest) file.Delete();
                continue;
            }

            if (file.Length <= FleetMessage.MaxBytes && TryTake(file.FullName) is { } bytes && Read(bytes) is { } pair
                && pair.Name == file.Name) taken.Add(pair);
            else File.Delete(file.FullName);
        }

        return taken;
    }

    /// <summary>A pair that was taken has its answer, or will have none.</summary>
    public void Done(Pair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        if (Directory.Exists(_folder)) File.Delete(Path.Combine(_folder, pair.Name + Taken));
    }

    // Of several that take it, one finds it.
    private static byte[]? TryTake(string path)
    {
        try
        {
            File.Move(path, path + Taken, overwrite: true);
            File.SetLastWriteTimeUtc(path + Taken, DateTime.UtcNow);
            return File.ReadAllBytes(path + Taken);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static Pair? Read(byte[] bytes)
    {
        Pair? read = null;
        if (FleetMessage.TryRead(bytes, out FleetMessage message) && message.Journal() is { } journal)
            ReadRow.Each(journal, (table, row) => read = table.Kind == FleetKind.Pairs ? Pair.Read(row) : read);
        // The names become part of subjects.
        return read is not null && HeldMessage.IsName(read.One.Sensor) && HeldMessage.IsName(read.Other.Sensor) ? read : null;
    }
}
