namespace Trama.Framing.Cassandra;

/// <summary>
/// One direction of segments: a header with lengths and a checksum, a payload of up to 128 KiB, a checksum. The header's checksum tells
/// where segments begin; a segment of which bytes are missing says how many are missing above.
/// </summary>
internal sealed class SegmentStream(bool isCompressed) : StreamFraming
{
    private const int ChecksumSize = 3;
    private const int TrailerSize = 4;
    private const int LengthBits = 17;
    private const int MaxPayload = (1 << LengthBits) - 1;

    private readonly byte[] _head = new byte[8];
    private readonly int _headSize = isCompressed ? 8 : 6;
    private KeptBytes _payload = new(MaxPayload);
    private byte[] _text = [];
    private int _textLength;
    private int _headLength;
    private int _length;
    private int _plainLength;
    private int _left;
    private long _start;
    private long _missing;
    private bool _hasHole;

    /// <inheritdoc/>
    public override bool Carries => true;

    /// <inheritdoc/>
    public override bool LossIsMessage => false;

    /// <inheritdoc/>
    public override long HeldFrom => _headLength > 0 ? _start : Position;

    /// <inheritdoc/>
    public override long CarriedMissing => _missing;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Carried(ReadOnlySpan<byte> taken) => _text.AsSpan(0, _textLength);

    /// <inheritdoc/>
    public override Origin CarriedAt(int taken) => new(_start, Position);

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes) => bytes.Length >= _headSize && IsHeader(bytes) ? 0 : -1;

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (_headLength < _headSize)
        {
            if (at == bytes.Length) return FrameStep.Between(at);
            if (_headLength == 0) _start = Position + at;
            _head[_headLength++] = bytes[at++];
            if (_headLength < _headSize) continue;
            if (!IsHeader(_head)) return Unfit(FramingFault.BadFrame, at - _headSize);
            Begin();
        }

        int taken = Math.Min(_left, bytes.Length - at);
        _left -= taken;
        if (!_hasHole) _payload.Add(bytes.Slice(at, taken));
        return _left > 0 ? FrameStep.Between(at + taken) : End(at + taken);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        if (_left == 0)
        {
            TryLose();
            return Miss(count, UnknownCount);
        }

        int passed = Math.Min(count, _left);
        _left -= passed;
        _hasHole = true;
        return _left > 0 ? FrameStep.Between(passed) : End(passed);
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        (_headLength, _left) = (0, 0);
        return true;
    }

    private void Begin()
    {
        ulong fields = Fields(_head);
        _length = (int)(fields & MaxPayload);
        _plainLength = isCompressed ? (int)((fields >> LengthBits) & MaxPayload) : 0;
        (_left, _hasHole) = (_length + TrailerSize, false);
        _payload.Clear();
    }

    private FrameStep End(int taken)
    {
        _headLength = 0;
        // Without a length before compression it was not worth while.
        int length = _plainLength > 0 ? _plainLength : _length;
        if (_hasHole) return Miss(taken, length);
        ReadOnlySpan<byte> payload = _payload.Bytes[..Math.Min(_length, _payload.Length)];
        if (_text.Length < length) _text = new byte[length];
        _textLength = _plainLength > 0 ? Lz4.Decompress(payload, _text.AsSpan(0, length)) : length;
        if (_plainLength == 0) payload.CopyTo(_text);
        if (_textLength < length) return Miss(taken, length);
        _missing = 0;
        return FrameStep.Carry(taken);
    }

    private FrameStep Miss(int taken, long count)
    {
        (_textLength, _missing) = (0, count);
        return FrameStep.Carry(taken);
    }

    private bool IsHeader(ReadOnlySpan<byte> bytes)
    {
        int size = _headSize - ChecksumSize;
        uint said = bytes[size] | (uint)bytes[size + 1] << 8 | (uint)bytes[size + 2] << 16;
        return Checksum(bytes[..size]) == said;
    }

    private ulong Fields(ReadOnlySpan<byte> head)
    {
        ulong fields = 0;
        for (int i = 0; i < _headSize - ChecksumSize; i++) fields |= (ulong)head[i] << (8 * i);
        return fields;
    }

    // CRC-24 as the specification has it.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint checksum = 0x87_5060;
        foreach (byte value in bytes)
        {
            checksum ^= (uint)value << 16;
            for (int i = 0; i < 8; i++)
            {
                checksum <<= 1;
                if ((checksum & 0x100_0000) != 0) checksum ^= 0x197_4f0b;
            }
        }

        return checksum;
    }
}
