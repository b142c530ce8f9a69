namespace Trama.Framing.Http2;

/// <summary>Tells a body's bytes from the padding in the payload of a DATA frame (RFC 9113 section 6.1).</summary>
/// <param name="length">The length of the payload, in bytes.</param>
/// <param name="isPadded">Whether its first byte tells the length of the padding at its end.</param>
internal struct DataPayload(int length, bool isPadded)
{
    private int _left = length;
    private bool _isUntold = isPadded;

    /// <summary>The body's bytes among the next ones of the payload.</summary>
    public ReadOnlySpan<byte> Body(ReadOnlySpan<byte> payload)
    {
        if (_isUntold && !payload.IsEmpty)
        {
            _isUntold = false;
            _left -= 1 + payload[0];
            payload = payload[1..];
        }

        payload = payload[..Math.Clamp(_left, 0, payload.Length)];
        _left -= payload.Length;
        return payload;
    }

    /// <summary>How many of a body's bytes are among missing ones; if the length of the padding is, it counts as none.</summary>
    public int Missing(int count)
    {
        int body = Math.Clamp(_isUntold ? _left - 1 : _left, 0, _isUntold ? count - 1 : count);
        _isUntold = false;
        _left -= count;
        return body;
    }
}
