using System.Buffers;
using Trama.Captures;

namespace Trama.Cli.Capturing;

/// <summary>What is added to a key log from now on.</summary>
internal sealed class NewSecrets : IDisposable
{
    private readonly FileStream _file;
    private readonly ArrayBufferWriter<byte> _lines = new();

    /// <summary>Opens the file.</summary>
    /// <exception cref="CaptureException">It cannot be read.</exception>
    public NewSecrets(string path)
    {
        try
        {
            _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            _file.Seek(0, SeekOrigin.End);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw CaptureException.FromFileError(path, error);
        }
    }

    /// <summary>The lines that were added since the last call, whole; valid until the next one.</summary>
    public ReadOnlySpan<byte> Take()
    {
        _lines.ResetWrittenCount();
        while (_file.Read(_lines.GetSpan(4096)) is > 0 and int count) _lines.Advance(count);
        int whole = _lines.WrittenSpan.LastIndexOf((byte)'\n') + 1;
        // The rest of a line is not written yet.
        if (whole < _lines.WrittenCount) _file.Seek(whole - _lines.WrittenCount, SeekOrigin.Current);
        return _lines.WrittenSpan[..whole];
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
