using ZstdSharp;

namespace Trama.Captures.Files;

/// <summary>
/// A window that slides over the bytes of a file or pipe: one buffer, filled by large reads and reused, which grows only as
/// far as bytes have really arrived.
/// </summary>
internal sealed class InputWindow(Stream stream) : IDisposable
{
    private const int InitialSize = 128 * 1024;

    private readonly Stream _stream = stream;
    private byte[] _buffer = new byte[InitialSize];
    private int _start;
    private int _end;
    private long _discarded;
    private Exception? _error;

    /// <summary>The offset of the window's first byte from the start of the input.</summary>
    public long Position => _discarded + _start;

    /// <summary>How many bytes are in the window.</summary>
    public int Available => _end - _start;

    /// <summary>The bytes in the window; valid until more are asked for.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_start, _end - _start);

    /// <summary>The failure that ended reading early; null at an ordinary end.</summary>
    public CaptureEnd? Failure => _error switch
    {
        null => null,
        InvalidDataException or EndOfStreamException or ZstdException =>
            new CaptureEnd(CaptureFault.BadCompression, Position, Detail: _error.Message),
        _ => new CaptureEnd(CaptureFault.ReadFailed, Position, Detail: _error.Message),
    };

    /// <summary>Makes sure that <paramref name="count"/> bytes are in the window; false when the input ends before.</summary>
    public bool Ensure(int count) => _end - _start >= count || Fill(count);

    /// <summary>Moves the window's start on. The bytes passed stay valid until more are asked for.</summary>
    public void Advance(int count) => _start += count;

    /// <summary>The latest <paramref name="count"/> bytes passed; valid until more are asked for.</summary>
    public ReadOnlySpan<byte> Passed(int count) => _buffer.AsSpan(_start - count, count);

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private bool Fill(int count)
    {
        _discarded += _start;
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        while (_end < count)
        {
            if (_end == _buffer.Length) Array.Resize(ref _buffer, (int)Math.Min(2L * _buffer.Length, Array.MaxLength));
            int read = Read();
            if (read == 0) return false;
            _end += read;
        }

        return true;
    }

    private int Read()
    {
        if (_error is not null) return 0;
        try
        {
            return _stream.Read(_buffer, _end, _buffer.Length - _end);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or ZstdException or UnauthorizedAccessException)
        {
            _error = error;
            return 0;
        }
    }
}
