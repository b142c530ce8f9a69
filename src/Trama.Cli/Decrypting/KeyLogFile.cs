using Trama.Captures;
using Trama.Framing.Tls.Keys;

namespace Trama.Cli.Decrypting;

/// <summary>A key log on disk: what is in it, and what is added to it.</summary>
internal sealed class KeyLogFile : IDisposable
{
    private const int PieceLength = 64 * 1024;

    private readonly FileStream _file;
    private readonly byte[] _piece = new byte[PieceLength];

    /// <summary>Opens it.</summary>
    /// <exception cref="CaptureException">It cannot be read.</exception>
    public KeyLogFile(string path, TlsKeys keys)
    {
        (Path, Reader) = (path, new KeyLogReader(keys));
        try
        {
            _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw CaptureException.FromFileError(path, error);
        }
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>What was read.</summary>
    public KeyLogReader Reader { get; }

    /// <summary>How many bytes were read.</summary>
    public long Length { get; private set; }

    /// <summary>Reads what was added since the last call.</summary>
    /// <exception cref="CaptureException">It cannot be read.</exception>
    public void Read()
    {
        try
        {
            while (_file.Read(_piece) is > 0 and int count)
            {
                Length += count;
                Reader.Take(_piece.AsSpan(0, count));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CaptureException.FromFileError(Path, error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.Clear(_piece);
        _file.Dispose();
    }
}
