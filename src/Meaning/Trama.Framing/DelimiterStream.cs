namespace Trama.Framing;

/// <summary>A message ends with a given sequence of bytes, which belongs to it.</summary>
internal sealed class DelimiterStream : StreamFraming
{
    private readonly byte[] _delimiter;

    // _border[n]: the length of the longest proper prefix of the delimiter that also ends its first n bytes.
    private readonly byte[] _border;

    private int _matched;

    public DelimiterStream(byte[] delimiter)
    {
        _delimiter = delimiter;
        _border = new byte[delimiter.Length + 1];
        for (int length = 2; length <= delimiter.Length; length++)
        {
            int border = _border[length - 1];
            while (border > 0 && delimiter[border] != delimiter[length - 1]) border = _border[border];
            _border[length] = (byte)(delimiter[border] == delimiter[length - 1] ? border + 1 : 0);
        }
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            if (_matched == 0)
            {
                int start = bytes[at..].IndexOf(_delimiter[0]);
                if (start < 0) break;
                at += start;
            }

            byte next = bytes[at++];
            while (_matched > 0 && _delimiter[_matched] != next) _matched = _border[_matched];
            if (_delimiter[_matched] == next) _matched++;
            if (_matched < _delimiter.Length) continue;
            _matched = 0;
            return FrameStep.Complete(at);
        }

        return FrameStep.NeedMore(bytes.Length);
    }
}
