namespace Trama.Framing.Mysql;

/// <summary>
/// One direction of compressed packets. Each is put together, inflated piece by piece and carried to the layer above; one that is too
/// long, or that bytes are missing of, is passed over, and its length before compression tells how many bytes are missing above.
/// </summary>
internal sealed class CompressedStream : StreamFraming
{
    // What one packet may be, compressed. A server sends 16 KiB at a time before it compresses, unless a row is longer.
    private const int MaxCompressed = 1 << 20;

    private readonly byte[] _head = new byte[CompressedHeader.Size];
    private readonly Inflation _inflation = new();
    private CompressedHeader _header;
    private int _headLength;
    private int _left;
    private long _start;
    private long _missing;
    private long _carriedMissing;
    private int _taken;
    private bool _isDamaged;

    /// <inheritdoc/>
    public override bool Carries => true;

    /// <inheritdoc/>
    public override bool LossIsMessage => false;

    /// <inheritdoc/>
    public override long HeldFrom => _headLength > 0 || _inflation.HasMore ? _start : Position;

    /// <inheritdoc/>
    public override long CarriedMissing => _carriedMissing;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Carried(ReadOnlySpan<byte> taken) => _inflation.Bytes;

    /// <inheritdoc/>
    public override Origin CarriedAt(int taken) => new(_start, taken > 0 ? Position : Position + _taken);

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes) => CompressedHeader.IsBoundary(bytes) ? 0 : -1;

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        if (_inflation.HasMore) return Inflate();
        int at = 0;
        while (_headLength < CompressedHeader.Size)
        {
            if (at == bytes.Length) return FrameStep.Between(at);
            if (_headLength == 0) _start = Position + at;
            _head[_headLength++] = bytes[at++];
            if (_headLength == CompressedHeader.Size) Begin();
        }

        int taken = Math.Min(_left, bytes.Length - at);
        _left -= taken;
        if (!_isDamaged) _inflation.Add(bytes.Slice(at, taken));
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
        _isDamaged = true;
        _inflation.Stop();
        return _left > 0 ? FrameStep.Between(passed) : End(passed);
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _inflation.Stop();
        (_headLength, _left) = (0, 0);
        return true;
    }

    private void Begin()
    {
        _header = CompressedHeader.Read(_head);
        (_left, _isDamaged) = (_header.Length, _header.Length > MaxCompressed);
    }

    private FrameStep End(int taken)
    {
        _headLength = 0;
        if (_isDamaged) return Miss(taken, _header.Inflated);
        _taken = taken;
        _inflation.Begin(_header);
        return Inflate();
    }

    // A large packet is carried in several steps, of which the last one takes its bytes.
    private FrameStep Inflate()
    {
        (_carriedMissing, _missing) = (_missing, 0);
        _inflation.Next();
        _missing = _inflation.Missing;
        return FrameStep.Carry(_inflation.HasMore ? 0 : _taken);
    }

    // What is missing is told at once, with nothing behind it: the other side may answer before more comes.
    private FrameStep Miss(int taken, long count)
    {
        _inflation.Stop();
        (_carriedMissing, _missing) = (count, 0);
        return FrameStep.Carry(taken);
    }
}
