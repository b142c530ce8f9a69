using System.Text.Json;
using System.Text.Json.Serialization;
using Trama.Fleet.Native;
using Trama.Fleet.Storing;

namespace Trama.Fleet.Holding;

/// <summary>
/// Which files of a partition count, by the hub that holds a lease; that of the latest lease is right. It is replaced as a whole, by
/// renaming.
/// </summary>
public sealed record HeldManifest
{
    /// <summary>The version of the layout.</summary>
    public const int Latest = 1;

    private const string Extension = ".manifest.json";
    private const string Mark = ".began";

    /// <summary>Of which version it is.</summary>
    public int Version { get; init; } = Latest;

    /// <summary>The tables that count.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>The journals of leases before that count, and how much of each: what was added later does not.</summary>
    public IReadOnlyDictionary<string, long> Journals { get; init; } = new Dictionary<string, long>();

    /// <summary>Own journals whose rows are in the tables already, though the file may still be there.</summary>
    public IReadOnlyList<string> Finished { get; init; } = [];

    /// <summary>Which messages tables had that are gone, since they were too old or took too much: they do not count as new, as the
    /// footers' <see cref="HeldRanges"/> say it; absent when none is gone.</summary>
    public string? Forgotten { get; init; }

    /// <summary>Says, before anything is read, that a lease begins: who holds an earlier one sees it before it acknowledges
    /// anything.</summary>
    public static void Begin(string folder, Lease lease)
    {
        File.Create(Path.Combine(folder, lease + Mark)).Dispose();
        FolderSync.Keep(folder);
    }

    /// <summary>Whether a later lease has begun.</summary>
    public static bool HasLater(string folder, Lease lease) => Named(folder, Mark).Any(other => other.CompareTo(lease) > 0);

    /// <summary>The one that is right, and whose it is; an empty one when there is none yet.</summary>
    /// <exception cref="StoreException">It cannot be read, or a newer version wrote it.</exception>
    public static (HeldManifest Manifest, Lease Lease) Read(string folder)
    {
        Lease[] all = [.. Named(folder, Extension)];
        if (all.Length == 0) return (new HeldManifest(), default);
        Lease latest = all.MaxBy(lease => lease.ToString(), StringComparer.Ordinal);
        string path = Path.Combine(folder, latest + Extension);
        try
        {
            HeldManifest? read = JsonSerializer.Deserialize(File.ReadAllBytes(path), HeldManifestJson.Default.HeldManifest);
            if (read?.Version > Latest) throw new StoreException(StoreFault.Newer, path);
            return read is { Tables: not null, Journals: not null, Finished: not null } ? (read, latest)
                : throw new StoreException(StoreFault.Damaged, path);
        }
        catch (JsonException)
        {
            throw new StoreException(StoreFault.Damaged, path);
        }
    }

    /// <summary>Puts it in the place of the one before of the same lease, and has the disk take it.</summary>
    /// <exception cref="IOException">It cannot be written; the one before stays.</exception>
    public void Write(string folder, Lease lease)
    {
        string path = Path.Combine(folder, lease + Extension), part = path + ".part";
        using (FileStream file = File.Create(part))
        {
            JsonSerializer.Serialize(file, this, HeldManifestJson.Default.HeldManifest);
            file.Flush(flushToDisk: true);
        }

        File.Move(part, path, overwrite: true);
        FolderSync.Keep(folder);
    }

    /// <summary>Takes away what earlier leases left, of which nothing counts any more.</summary>
    public static void Clear(string folder, Lease lease)
    {
        foreach (string extension in (string[])[Extension, Mark])
            foreach (Lease other in Named(folder, extension))
                if (other.CompareTo(lease) < 0) File.Delete(Path.Combine(folder, other + extension));
    }

    private static IEnumerable<Lease> Named(string folder, string extension)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "*" + extension))
            if (Lease.TryParse(Path.GetFileName(path), out Lease lease)) yield return lease;
    }
}

/// <summary>How a manifest is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(HeldManifest))]
internal sealed partial class HeldManifestJson : JsonSerializerContext;
