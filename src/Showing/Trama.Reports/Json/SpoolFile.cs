namespace Trama.Reports.Json;

/// <summary>A temporary file that nobody else sees, gone when it is closed or the process ends.</summary>
internal sealed class SpoolFile : IDisposable
{
    private readonly FileStream _file;

    /// <summary>Makes the file.</summary>
    /// <exception cref="SpoolException">It cannot be made.</exception>
    public SpoolFile()
    {
        try
        {
            string path = Path.GetTempFileName();
            _file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Delete, 64 * 1024);
            File.Delete(path);
        }
        catch (Exception error) when (IsOfTheFile(error))
        {
            throw Failed(error);
        }
    }

    /// <summary>Takes a file that is open.</summary>
    internal SpoolFile(FileStream file) => _file = file;

    /// <summary>How many bytes it has.</summary>
    public long Length => _file.Length;

    /// <summary>Where the next bytes are written or read.</summary>
    /// <exception cref="SpoolException">What was written before cannot be kept.</exception>
    public long Position
    {
        get => _file.Position;
        set
        {
            try
            {
                _file.Position = value;
            }
            catch (IOException error)
            {
                throw Failed(error);
            }
        }
    }

    /// <summary>Writes bytes.</summary>
    /// <exception cref="SpoolException">They cannot be kept.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _file.Write(bytes);
        }
        catch (IOException error)
        {
            throw Failed(error);
        }
    }

    /// <summary>Reads bytes back.</summary>
    /// <exception cref="SpoolException">They cannot be read.</exception>
    public void ReadExactly(Span<byte> bytes)
    {
        try
        {
            _file.ReadExactly(bytes);
        }
        catch (IOException error)
        {
            throw Failed(error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // What could not be written any more is not wanted any more.
        }
    }

    private static SpoolException Failed(Exception error) => new(Path.GetTempPath(), error);

    private static bool IsOfTheFile(Exception error) => error is IOException or UnauthorizedAccessException;
}
