namespace Trama.Rows.Journals;

/// <summary>Reads frames one after another. What is damaged between two of them is passed over.</summary>
/// <param name="source">Where they are; closed with this.</param>
public sealed class FrameReader(Stream source) : IDisposable
{
    // How many bytes of what may be frames are checked where none begins: else a file made for it would take for ever.
    private const long MostChecked = 64L << 20;

    private byte[] _buffer = new byte[1 << 16];
    private int _start, _end;
    private bool _isRead;
    private long _checked;

    /// <summary>Whether nothing is left; if a frame could not be read, else, that is because it is not whole or not right.</summary>
    public bool IsAtEnd => _isRead && _start == _end;

    /// <summary>Whether something between frames was passed over, which was none.</summary>
    public bool HasPassedOver { get; private set; }

    /// <summary>Reads the next one; valid until the one after it.</summary>
    /// <exception cref="IOException">The source cannot be read.</exception>
    public bool TryRead(out ReadOnlySpan<byte> content)
    {
        while (true)
        {
            ReadOnlySpan<byte> left = _buffer.AsSpan(_start, _end - _start);
            if (Frame.TryRead(ref left, out content))
            {
                _start = _end - left.Length;
                return true;
            }

            if (_isRead || _end - _start >= Frame.HeaderBytes + Frame.MaxContent)
            {
                if (!TryPassOver()) return false;
                HasPassedOver = true;
            }
            else
            {
                Fill();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();

    // Goes to the next place where a whole frame is; false, and where it was, when there is none: what is there was cut.
    private bool TryPassOver()
    {
        for (int at = _start + 1; at < _end; at++)
        {
            if (!_isRead && _end - at < Frame.HeaderBytes + Frame.MaxContent)
            {
                // What was looked at is no frame's beginning.
                _start = at;
                Fill();
                at = _start;
            }

            ReadOnlySpan<byte> left = _buffer.AsSpan(at, _end - at);
            if (!Frame.MayBegin(left, out int length)) continue;
            if ((_checked += length) > MostChecked) return false;
            if (!Frame.TryRead(ref left, out _)) continue;
            _start = at;
            return true;
        }

        return false;
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length) Array.Resize(ref _buffer, 2 * _buffer.Length);
        int read = source.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isRead = read == 0;
    }
}
