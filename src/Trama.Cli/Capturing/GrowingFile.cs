using Microsoft.Win32.SafeHandles;
using Trama.Cli.Native;
using Trama.Cli.ThisProcess;

namespace Trama.Cli.Capturing;

/// <summary>A capture file that another program is still writing, read as a pipe is: at its end more is waited for, until nobody writes
/// to it any longer.</summary>
internal sealed class GrowingFile : Stream
{
    // What is shorter has no header yet, and is told as that.
    private const int LeastBytes = 24;

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);

    // Where it is not known who writes, a file is done that has not changed for so long.
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(30);

    private readonly FileStream _file;

    private GrowingFile(FileStream file) => _file = file;

    /// <summary>Opens a file that is being written; null when it is not, or cannot be opened.</summary>
    public static GrowingFile? TryOpen(string path)
    {
        if (path == "-" || !File.Exists(path)) return null;
        FileStream file;
        using (Privileges.Raise())
        {
            try
            {
                file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                // Whoever opens it next says why.
                return null;
            }

            if (file.CanSeek && file.Length >= LeastBytes && FileWriters.Any(file.SafeFileHandle) == true) return new GrowingFile(file);
        }

        file.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            int read = _file.Read(buffer);
            if (read > 0 || buffer.IsEmpty) return read;
            // Who is done with it by now wrote all of it before, which may be more than was there a moment ago.
            if (!IsWritten(_file.SafeFileHandle)) return _file.Read(buffer);
            Thread.Sleep(s_interval);
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }

    private static bool IsWritten(SafeFileHandle file) =>
        FileWriters.Any(file) ?? DateTime.UtcNow - File.GetLastWriteTimeUtc(file) < s_quiet;
}
