namespace Trama.Fleet.Storing;

/// <summary>
/// The folder of a store: <c>manifest.json</c>, <c>journal/</c> with the rows of the hour, <c>tables/</c> with those of the hours before,
/// <c>headers/</c> with the headers of the latest packets, <c>packets/</c> with whole packets around trouble, <c>aside/</c> with what could
/// not be read.
/// </summary>
/// <param name="Root">The folder.</param>
public sealed record StoreFolder(string Root)
{
    private const string LockName = "lock";

    /// <summary>Where journals are.</summary>
    public string Journals => Path.Combine(Root, "journal");

    /// <summary>Where tables are.</summary>
    public string Tables => Path.Combine(Root, "tables");

    /// <summary>Where packets' headers are.</summary>
    public string Headers => Path.Combine(Root, "headers");

    /// <summary>Where what cannot be read is put.</summary>
    public string Aside => Path.Combine(Root, "aside");

    /// <summary>Where whole packets around trouble are.</summary>
    public string Packets => Path.Combine(Root, "packets");

    private string Lock => Path.Combine(Root, LockName);

    private string[] Parts => [Journals, Tables, Headers, Aside, Packets];

    // Whoever was killed while they made it left the empty lock, and of the folders the first ones.
    private bool HasBegun => new FileInfo(Lock) is { Exists: true, Length: 0 }
        && Directory.EnumerateFileSystemEntries(Root).All(entry => entry == Lock || Parts.Contains(entry));

    /// <summary>Whether a folder is a store.</summary>
    public static bool IsStore(string path) => File.Exists(Path.Combine(path, LockName)) && Directory.Exists(Path.Combine(path, "journal"));

    /// <summary>The store in a folder.</summary>
    /// <exception cref="StoreException">It holds none.</exception>
    public static StoreFolder Open(string path)
    {
        if (IsStore(path)) return new StoreFolder(Path.GetFullPath(path));
        try
        {
            // Where nothing may be seen, it is not known whether there is one.
            if (Directory.Exists(path)) _ = Directory.EnumerateFileSystemEntries(path).Any();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreFault.Unreadable, path, error);
        }

        throw new StoreException(StoreFault.NoStore, path);
    }

    /// <summary>Makes the folder, its owner's alone, unless it is there, and takes it for this process.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="held">Others are kept out until this is disposed.</param>
    /// <exception cref="StoreException">It is not for this process.</exception>
    public static StoreFolder Take(string path, out IDisposable held)
    {
        // What a link leads to is named by a path that ends in a separator.
        var folder = new StoreFolder(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        try
        {
            if (new DirectoryInfo(folder.Root) is { Exists: true } there)
            {
                if (there.LinkTarget is not null) throw new StoreException(StoreFault.Link, path);
                if (!IsStore(path) && !folder.HasBegun && there.EnumerateFileSystemInfos().Any())
                    throw new StoreException(StoreFault.NoStore, path);
            }

            Make(folder.Root);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreFault.Unreadable, path, error);
        }

        try
        {
            // It is held by the process, and so by nobody any more once that is gone, however that came.
            held = new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(IsHeld(error) ? StoreFault.InUse : StoreFault.Unreadable, path, error);
        }

        try
        {
            foreach (string each in folder.Parts) Make(each);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            held.Dispose();
            throw new StoreException(StoreFault.Unreadable, path, error);
        }

        return folder;
    }

    /// <summary>Copies a file to where what cannot be read is put, in which the oldest make room.</summary>
    /// <param name="path">The file.</param>
    /// <param name="room">How many bytes may be there; the latest stays in any case.</param>
    internal void SetAside(string path, long room)
    {
        string copy = Path.Combine(Aside, Path.GetFileName(path));
        File.Copy(path, copy, overwrite: true);
        foreach (FileInfo file in new DirectoryInfo(Aside).EnumerateFiles().OrderByDescending(file => file.LastWriteTimeUtc))
        {
            room -= file.Length;
            if (room < 0 && file.Name != Path.GetFileName(copy)) file.Delete();
        }
    }

    /// <summary>The journals, the earliest first.</summary>
    internal IEnumerable<JournalFile> JournalFiles() => Directory.EnumerateFiles(Journals)
        .Select(JournalFile.Named).OfType<JournalFile>().OrderBy(journal => journal.Number);

    // A disk that is full or only read gives an IOException, too. EWOULDBLOCK of flock(2) is 11 on Linux and 35 on macOS; Windows has
    // ERROR_SHARING_VIOLATION.
    private static bool IsHeld(Exception error) =>
        error.HResult == (OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : OperatingSystem.IsMacOS() ? 35 : 11);

    private static void Make(string path)
    {
        const UnixFileMode ownersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, ownersAlone);
    }
}
