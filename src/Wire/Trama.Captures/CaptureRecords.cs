using Trama.Captures.Files;
using Trama.Packets;

namespace Trama.Captures;

/// <summary>Reads single records of a capture file again, by where they begin (<see cref="CaptureFile.RecordStart"/>), while the file is
/// read from front to back or afterwards. For one thread at a time.</summary>
public sealed class CaptureRecords : IDisposable
{
    // Records of one connection stand near each other, and others' between them.
    private const int ReadAtOnce = 16 * 1024;

    private readonly CaptureFile _file;
    private readonly InputWindow _input;
    private RecordReader? _reader;
    private int _interfaces;

    private CaptureRecords(CaptureFile file, Stream stream) => (_file, _input) = (file, new InputWindow(stream, ahead: false, ReadAtOnce));

    /// <summary>Opens a file a second time.</summary>
    /// <param name="file">The file as it was opened to be read from front to back; what that learns of interfaces counts here too, also
    /// after it was closed.</param>
    /// <param name="path">Its path.</param>
    /// <returns>Null when records of this file cannot be read by where they begin: it is compressed, or a pipe.</returns>
    public static CaptureRecords? Open(CaptureFile file, string path)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Addressable is null) return null;
        try
        {
            return new CaptureRecords(file, new FileStream(path, FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete, bufferSize: 0));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads records of another stream over the same bytes, which is closed with this.</summary>
    /// <param name="file">As in <see cref="Open(CaptureFile, string)"/>.</param>
    /// <param name="again">The bytes.</param>
    /// <returns>Null when records of this file cannot be read by where they begin.</returns>
    public static CaptureRecords? Open(CaptureFile file, Stream again)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Addressable is null ? null : new CaptureRecords(file, again);
    }

    /// <summary>Reads a record; false when it is not there any more: the file was cut, or has a second section by now.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="record">The record, valid until the next one is asked for.</param>
    public bool TryRead(long start, out Record record)
    {
        record = default;
        if (_file.Addressable is not { } known || start < 0) return false;
        if (_reader is null || _interfaces != known.Interfaces.Count) (_reader, _interfaces) = (known.Over(_input), known.Interfaces.Count);
        return _reader.TryReadAt(start, out record);
    }

    /// <inheritdoc/>
    public void Dispose() => _input.Dispose();
}
