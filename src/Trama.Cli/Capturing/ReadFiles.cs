using Trama.Reports.Browsing.Answers;

namespace Trama.Cli.Capturing;

/// <summary>Files as they were when they had been read: how long, and when they were written. May be asked on any thread.</summary>
internal sealed class ReadFiles(IEnumerable<string> paths)
{
    private readonly (string Path, long Length, DateTime WrittenAt)[] _known = [.. paths.Where(File.Exists).Select(path =>
        new FileInfo(path) is var file ? (path, file.Length, file.LastWriteTimeUtc) : default)];

    /// <summary>What became of them since: the worst of it.</summary>
    public FileChange Change => _known.Select(Of).DefaultIfEmpty(FileChange.None).Max();

    private static FileChange Of((string Path, long Length, DateTime WrittenAt) known)
    {
        try
        {
            var now = new FileInfo(known.Path);
            return !now.Exists ? FileChange.Gone : now.Length < known.Length ? FileChange.Cut : now.Length > known.Length ? FileChange.Grown
                : now.LastWriteTimeUtc != known.WrittenAt ? FileChange.Replaced : FileChange.None;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return FileChange.Gone;
        }
    }
}
