using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trama.Fleet.Storing;

/// <summary>
/// Which files of a store count. It is replaced as a whole, by renaming: who has read one knows a state in which each row is there once,
/// whatever is written meanwhile.
/// </summary>
public sealed record Manifest
{
    private const string Name = "manifest.json";
    private const int MaxGaps = 1000;

    /// <summary>The version of the store's layout.</summary>
    public const int Latest = 1;

    /// <summary>Of which version it is.</summary>
    public int Version { get; init; } = Latest;

    /// <summary>The finished tables, in the order in which they were written.</summary>
    public IReadOnlyList<StoredFile> Tables { get; init; } = [];

    /// <summary>Journals whose rows are in the tables already, though the file may still be there.</summary>
    public IReadOnlyList<string> Finished { get; init; } = [];

    /// <summary>What is missing, the latest last.</summary>
    public IReadOnlyList<Gap> Gaps { get; init; } = [];

    // JSON may say null, or leave out, what a manifest always has.
    private bool IsWhole => Tables?.All(table => table is { File: not null, Table: not null }) is true
        && Finished?.All(name => name is not null) is true && Gaps?.All(gap => gap is { Reason: not null }) is true;

    /// <summary>Reads that of a store; an empty one when there is none yet.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <exception cref="StoreException">It cannot be read, or a newer version wrote it.</exception>
    public static Manifest Read(string folder)
    {
        string path = Path.Combine(folder, Name);
        try
        {
            Manifest read = JsonSerializer.Deserialize(File.ReadAllBytes(path), ManifestJson.Default.Manifest)
                ?? throw new StoreException(StoreFault.Damaged, path);
            if (read.Version > Latest) throw new StoreException(StoreFault.Newer, path);
            return read.IsWhole ? read : throw new StoreException(StoreFault.Damaged, path);
        }
        catch (FileNotFoundException)
        {
            return new Manifest();
        }
        catch (JsonException)
        {
            throw new StoreException(StoreFault.Damaged, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreFault.Unreadable, path, error);
        }
    }

    /// <summary>Whether the same files count.</summary>
    public bool IsSame(Manifest other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Tables.SequenceEqual(other.Tables) && Finished.SequenceEqual(other.Finished);
    }

    /// <summary>With one gap more; of very many the earliest are forgotten.</summary>
    public Manifest With(Gap gap) => this with { Gaps = [.. Gaps.TakeLast(MaxGaps - 1), gap] };

    /// <summary>Puts it in the place of the one before.</summary>
    /// <exception cref="IOException">It cannot be written; the one before stays.</exception>
    public void Write(string folder)
    {
        string path = Path.Combine(folder, Name), part = path + ".part";
        using (FileStream file = File.Create(part))
        {
            JsonSerializer.Serialize(file, this, ManifestJson.Default.Manifest);
            file.Flush(flushToDisk: true);
        }

        File.Move(part, path, overwrite: true);
    }
}

/// <summary>How a manifest is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Manifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
