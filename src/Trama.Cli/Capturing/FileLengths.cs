using Trama.Reports.Browsing.Answers;

namespace Trama.Cli.Capturing;

/// <summary>How long files were when they had been read; may be asked on any thread.</summary>
internal sealed class FileLengths(IEnumerable<string> paths)
{
    private readonly (string Path, long Length)[] _known = [.. paths.Where(File.Exists).Select(path => (path, LengthOf(path)))];

    /// <summary>What became of them since.</summary>
    public FileChange Change
    {
        get
        {
            FileChange change = FileChange.None;
            foreach ((string path, long known) in _known)
            {
                long now = LengthOf(path);
                if (now < known) return FileChange.Cut;
                if (now > known) change = FileChange.Grown;
            }

            return change;
        }
    }

    private static long LengthOf(string path)
    {
        try
        {
            return new FileInfo(path).Length;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
