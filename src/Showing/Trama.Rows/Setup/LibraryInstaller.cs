using System.IO.Compression;
using System.Security.Cryptography;
using Trama.Rows.Sql;

namespace Trama.Rows.Setup;

/// <summary>Puts DuckDB where this program finds it. Nothing is put there but the very file whose digest this program knows.</summary>
public static class LibraryInstaller
{
    private const int Part = 128 * 1024;
    private const long LargestLibrary = 512L << 20;
    private const long LargestPackage = 1L << 30;

    /// <summary>Takes it from a folder of packages that were unpacked, as NuGet keeps them.</summary>
    /// <returns>False when that has none, or another one.</returns>
    public static bool TryTake(string packages)
    {
        if (DuckdbLibrary.File is not { } file) return false;
        string path = Path.Combine(packages, DuckdbLibrary.Package.ToLowerInvariant(), DuckdbLibrary.Version, file.Entry);
        if (!File.Exists(path)) return false;
        using FileStream library = File.OpenRead(path);
        return TryPut(library, file.Sha256);
    }

    /// <summary>Takes it from a package.</summary>
    /// <param name="package">The bytes of the package.</param>
    /// <param name="progress">Hears how many there were so far.</param>
    /// <param name="stop">Breaks it off.</param>
    /// <returns>False when the package has none, or another one.</returns>
    /// <exception cref="InvalidDataException">It is no package.</exception>
    public static async Task<bool> TryTakeAsync(Stream package, Action<long> progress, CancellationToken stop)
    {
        if (DuckdbLibrary.File is not { } file) return false;
        await using var kept = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, Part,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        byte[] part = new byte[Part];
        for (int length; (length = await package.ReadAsync(part, stop).ConfigureAwait(false)) > 0;)
        {
            await kept.WriteAsync(part.AsMemory(0, length), stop).ConfigureAwait(false);
            if (kept.Length > LargestPackage) throw new InvalidDataException();
            progress(kept.Length);
        }

        kept.Position = 0;
        using var archive = new ZipArchive(kept, ZipArchiveMode.Read);
        if (archive.GetEntry(file.Entry) is not { Length: <= LargestLibrary } entry) return false;
        using Stream library = entry.Open();
        return TryPut(library, file.Sha256);
    }

    // The file has its name only when it is the right one, and complete.
    private static bool TryPut(Stream library, string sha256)
    {
        string path = DuckdbLibrary.Path, folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        // Somebody else may be at the same.
        string unfinished = Path.Combine(folder, Path.GetRandomFileName());
        try
        {
            using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
            {
                using var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write);
                byte[] part = new byte[Part];
                for (int length; (length = library.Read(part)) > 0;)
                {
                    if (file.Length + length > LargestLibrary) return false;
                    hash.AppendData(part, 0, length);
                    file.Write(part, 0, length);
                }

                if (Convert.ToHexStringLower(hash.GetHashAndReset()) != sha256) return false;
            }

            File.Move(unfinished, path, overwrite: true);
            return true;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
