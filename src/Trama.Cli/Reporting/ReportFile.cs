using Trama.Captures;
using Trama.Cli.ThisProcess;

namespace Trama.Cli.Reporting;

/// <summary>A file for a report, made when the first of it is written: one that was there before stays as it is until then.</summary>
internal sealed class ReportFile : OutputStream
{
    private readonly string _path;
    private FileStream? _file;

    /// <summary>Makes sure that the file can be made, before a capture is waited for that would then be lost.</summary>
    /// <exception cref="CaptureException">It cannot.</exception>
    public ReportFile(string path)
    {
        _path = path;
        if (Directory.Exists(path) || !Path.Exists(path)) Create(FileOptions.DeleteOnClose).Dispose();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _file ??= Create(FileOptions.None);
        try
        {
            _file.Write(buffer);
        }
        catch (IOException error)
        {
            throw CaptureException.FromFileError(_path, error);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _file?.Dispose();
        base.Dispose(disposing);
    }

    // Without a buffer: what is wrong shows when it is written, not when the file is closed.
    private FileStream Create(FileOptions options)
    {
        OthersLinks.Refuse(_path);
        try
        {
            return File.Create(_path, bufferSize: 0, options);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CaptureException.FromFileError(_path, error);
        }
    }
}
