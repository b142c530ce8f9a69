namespace Trama.Framing;

/// <summary>
/// One direction of a protocol of packets, each of which says in its first bytes how long it is, and is a message. The beginning of each is
/// kept; one that lies in one piece is not copied.
/// </summary>
/// <param name="maxKept">The most bytes of a packet that are looked at.</param>
internal abstract class PacketStream(int maxKept = PacketStream.MaxKept) : StreamFraming
{
    /// <summary>The most bytes of a packet that are looked at, where nothing else is said.</summary>
    public const int MaxKept = 2048;

    private KeptBytes _kept = new(maxKept);
    private long _length;
    private long _taken;
    private bool _isHoled;
    private bool _isUnderstood;

    /// <inheritdoc/>
    public sealed override bool LossIsMessage => false;

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes) => PacketBoundary.Find(bytes, Judge);

    /// <inheritdoc/>
    public sealed override void Describe(ref MessageEnd end)
    {
        // Of a packet that is cut, its beginning may tell as much.
        if (!_isUnderstood && _kept.Length > 0) Understand(_kept.Bytes, isWhole: false);
        if (_isUnderstood || _kept.Length > 0) DescribePacket(ref end);
        else end.Traits = MessageTraits.Unsolicited;
    }

    /// <summary>Reads how long a packet is.</summary>
    /// <param name="head">Its first bytes, at least one.</param>
    /// <param name="length">How many bytes it has, once <see cref="FrameStatus.Complete"/>.</param>
    /// <returns><see cref="FrameStatus.NeedMore"/> where these do not tell yet; <see cref="FrameStatus.Unfit"/> where no packet
    /// begins so.</returns>
    protected abstract FrameStatus Measure(ReadOnlySpan<byte> head, out long length);

    /// <summary>Whether bytes begin with a packet that can be told for certain, and how long it is.</summary>
    protected abstract Likeness Judge(ReadOnlySpan<byte> bytes, out long length);

    /// <summary>A packet is there.</summary>
    /// <param name="head">Its first bytes; fewer where some are missing.</param>
    /// <param name="isWhole">Whether it ended; else it was cut.</param>
    protected abstract void Understand(ReadOnlySpan<byte> head, bool isWhole);

    /// <summary>Completes what is known of the packet that was understood last.</summary>
    protected abstract void DescribePacket(ref MessageEnd end);

    /// <summary>Whether a message ends with the packet that was understood last; else the next one belongs to it too.</summary>
    protected virtual bool EndsMessage => true;

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        Clear();
        _isUnderstood = false;
        return true;
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        bool begins = _taken == 0;
        _isUnderstood = false;
        int at = 0;
        if (_length == 0)
        {
            FrameStatus status = Measure(bytes, ref at);
            if (status == FrameStatus.Unfit) return Unfit(FramingFault.BadType, at - (int)_taken);
            if (status == FrameStatus.NeedMore) return FrameStep.NeedMore(at);
        }

        int end = (int)Math.Min(bytes.Length, at + _length - _taken);
        _taken += end - at;
        if (begins && _taken == _length)
        {
            Understand(bytes[..Math.Min(end, maxKept)], isWhole: true);
            return End(end);
        }

        // What comes behind a hole is no beginning any more.
        if (!_isHoled) _kept.Add(begins ? bytes[..end] : bytes[at..end]);
        return _taken == _length ? EndKept(end) : FrameStep.NeedMore(end);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        if (_length == 0) return base.Pass(count);
        int taken = (int)Math.Min(count, _length - _taken);
        _taken += taken;
        _isHoled = true;
        return _taken == _length ? EndKept(taken) : FrameStep.NeedMore(taken);
    }

    // The head of a packet may come in pieces; it is short.
    private FrameStatus Measure(ReadOnlySpan<byte> bytes, ref int at)
    {
        if (_taken == 0)
        {
            FrameStatus status = Measure(bytes, out _length);
            if (status != FrameStatus.NeedMore) return status;
            _kept.Add(bytes);
            _taken = at = bytes.Length;
            return status;
        }

        while (at < bytes.Length)
        {
            _kept.Add(bytes.Slice(at++, 1));
            _taken++;
            FrameStatus status = Measure(_kept.Bytes, out _length);
            if (status != FrameStatus.NeedMore) return status;
        }

        return FrameStatus.NeedMore;
    }

    private FrameStep EndKept(int taken)
    {
        Understand(_kept.Bytes, isWhole: true);
        return End(taken);
    }

    private FrameStep End(int taken)
    {
        Clear();
        _isUnderstood = true;
        return EndsMessage ? FrameStep.Complete(taken) : FrameStep.Piece(taken, 0);
    }

    private void Clear()
    {
        _kept.Clear();
        (_length, _taken, _isHoled) = (0, 0, false);
    }
}
