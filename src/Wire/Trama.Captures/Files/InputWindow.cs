using ZstdSharp;

namespace Trama.Captures.Files;

/// <summary>
/// A window that slides over the bytes of a file or pipe: one buffer, filled by large reads and reused, which grows only as
/// far as bytes have really arrived.
/// </summary>
/// <param name="stream">The bytes; closed with the window.</param>
/// <param name="ahead">Whether a second thread reads ahead, which pays for large files and not for small ones, and leaves the first one
/// free to do something else than wait for a pipe.</param>
/// <param name="size">The bytes that are read at once where no second thread does.</param>
internal sealed class InputWindow(Stream stream, bool ahead, int size = InputWindow.InitialSize) : IDisposable
{
    private const int InitialSize = 128 * 1024;

    private readonly Stream _stream = stream;
    private readonly ReadAhead? _ahead = ahead ? new ReadAhead(stream) : null;
    private byte[] _buffer = new byte[ahead ? ReadAhead.BufferLength : size];
    private int _start;
    private int _end;
    private long _discarded;
    private bool _ended;
    private Exception? _error;

    /// <summary>The offset of the window's first byte from the start of the input.</summary>
    public long Position => _discarded + _start;

    /// <summary>See <see cref="CaptureFile.Waiting"/>; asked only where a second thread reads ahead.</summary>
    public Func<bool>? Waiting { get; set; }

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

    /// <summary>Whether the bytes are those of the input itself, and not decompressed.</summary>
    public bool IsPlain => _stream is PrefixedStream;

    /// <summary>Moves the window's start to any offset of a stream that can seek, and that no second thread reads.</summary>
    public void MoveTo(long offset)
    {
        if (offset >= _discarded && offset <= _discarded + _end)
        {
            // A file that is being written may go on by now.
            (_start, _ended) = ((int)(offset - _discarded), false);
            return;
        }

        _stream.Position = offset;
        (_discarded, _start, _end, _ended) = (offset, 0, 0, false);
    }

    /// <summary>The latest <paramref name="count"/> bytes passed; valid until more are asked for.</summary>
    public ReadOnlySpan<byte> Passed(int count) => _buffer.AsSpan(_start - count, count);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ahead is null) _stream.Dispose();
        else _ahead.Dispose();
    }

    /// <summary>Whether a failure to read comes from the input and not from a mistake of ours.</summary>
    public static bool IsReadError(Exception error) =>
        error is IOException or InvalidDataException or ZstdException or UnauthorizedAccessException;

    private bool Fill(int count)
    {
        while (Available < count && !_ended)
        {
            if (_ahead is null) ReadMore();
            else TakeBlock(_ahead);
        }

        return Available >= count;
    }

    private void ReadMore()
    {
        MakeRoom(1);
        try
        {
            int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            _ended = read == 0;
        }
        catch (Exception error) when (IsReadError(error))
        {
            _error = error;
            _ended = true;
        }
    }

    private void TakeBlock(ReadAhead ahead)
    {
        byte[] block = ahead.Take(Waiting, out int length);
        if (length == 0)
        {
            _error = ahead.Error;
            _ended = true;
            return;
        }

        ReadOnlySpan<byte> rest = Bytes;
        if (rest.Length <= ReadAhead.Headroom)
        {
            int start = ReadAhead.Headroom - rest.Length;
            rest.CopyTo(block.AsSpan(start));
            _discarded += _start - start;
            (_buffer, block) = (block, _buffer);
            (_start, _end) = (start, ReadAhead.Headroom + length);
        }
        else
        {
            // A record longer than a block is gathered where it began.
            MakeRoom(length);
            block.AsSpan(ReadAhead.Headroom, length).CopyTo(_buffer.AsSpan(_end));
            _end += length;
        }

        ahead.GiveBack(block);
    }

    private void MakeRoom(int count)
    {
        _discarded += _start;
        Bytes.CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_buffer.Length - _end < count) Array.Resize(
            ref _buffer, (int)Math.Min(Math.Max(2L * _buffer.Length, (long)_end + count), Array.MaxLength));
    }
}
