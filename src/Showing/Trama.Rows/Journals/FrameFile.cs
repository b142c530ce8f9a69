using Microsoft.Win32.SafeHandles;

namespace Trama.Rows.Journals;

/// <summary>A file of frames that grows. What is wrong while it is written leaves the frames before whole.</summary>
public sealed class FrameFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly byte[] _header = new byte[Frame.HeaderBytes];
    private long _kept;

    /// <summary>Makes the file, its owner's alone.</summary>
    /// <exception cref="IOException">It is there, or cannot be made.</exception>
    public FrameFile(string path)
    {
        Path = path;
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (new FileStream(path, options))
        {
            // A handle alone cannot say whose the file shall be.
        }

        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.Read | FileShare.Delete);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>How long it is, in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Adds a frame. Others can read it at once; after a power cut it is there once <see cref="Keep"/> was called.</summary>
    /// <exception cref="IOException">It cannot be written; the file is as before.</exception>
    public void Append(ReadOnlyMemory<byte> content)
    {
        Frame.WriteHeader(_header, content.Span);
        try
        {
            RandomAccess.Write(_file, [_header, content], Length);
        }
        catch (IOException)
        {
            RandomAccess.SetLength(_file, Length);
            throw;
        }

        Length += Frame.HeaderBytes + content.Length;
    }

    /// <summary>Has the disk take what was added.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    public void Keep()
    {
        // What is added while the disk is at it waits for the next time.
        long length = Length;
        if (_kept == length) return;
        RandomAccess.FlushToDisk(_file);
        _kept = length;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
