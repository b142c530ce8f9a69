namespace Trama.Captures.Files;

/// <summary>
/// Collects whole records or blocks and writes them together, so that a file never stops in the middle of one, except where the
/// medium does.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private const int InitialSize = 128 * 1024;

    private readonly Stream _stream;

    // Where each collected record or block ends in the buffer.
    private readonly List<int> _ends = [];
    private byte[] _buffer = new byte[InitialSize];
    private int _length;
    private long _written;
    private CaptureException? _failure;

    /// <summary>Creates the file, replacing what is there; <c>-</c> is standard output.</summary>
    public OutputFile(string path)
    {
        Name = path;
        if (path == "-")
        {
            _stream = Console.OpenStandardOutput();
            return;
        }

        try
        {
            _stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw CaptureException.FromFileError(path, error);
        }
    }

    /// <summary>Writes to a stream, which is closed with this file.</summary>
    public OutputFile(Stream stream, string name)
    {
        _stream = stream;
        Name = name;
    }

    /// <summary>The path, for messages.</summary>
    public string Name { get; }

    /// <summary>How many bytes were written so far, those still collected included.</summary>
    public long Length { get; private set; }

    /// <summary>Room for one whole record or block of <paramref name="count"/> bytes, all of which the caller fills.</summary>
    public Span<byte> Take(int count)
    {
        if (_buffer.Length - _length < count)
        {
            Flush();
            if (_buffer.Length < count) _buffer = new byte[count];
        }

        Span<byte> room = _buffer.AsSpan(_length, count);
        _length += count;
        _ends.Add(_length);
        Length += count;
        return room;
    }

    /// <summary>Hands everything collected to the operating system.</summary>
    /// <exception cref="CaptureException">It would not take it: the medium is full, the reader of the pipe is gone.</exception>
    public void Flush()
    {
        if (_length == 0) return;
        int count = _length;
        // What could not be written once is not tried again on the way out.
        _length = 0;
        if (_failure is not null) throw _failure;
        try
        {
            _stream.Write(_buffer, 0, count);
            _stream.Flush();
            _written += count;
            _ends.Clear();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            CutBack();
            throw _failure = CaptureException.FromFileError(Name, error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Flush();
        }
        finally
        {
            _stream.Dispose();
        }
    }

    // Part of a record would only make the file look damaged: what stays are the whole ones that the medium took.
    private void CutBack()
    {
        if (!_stream.CanSeek) return;
        try
        {
            long taken = _stream.Length - _written;
            _stream.SetLength(_written + _ends.LastOrDefault(end => end <= taken));
        }
        catch (Exception error) when (error is IOException or NotSupportedException or UnauthorizedAccessException)
        {
            // A device rather than a file: there is nothing to cut.
        }
    }
}
