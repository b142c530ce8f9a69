namespace Trama.Framing.Http2;

/// <summary>Cuts one direction of HTTP/2 into frames (RFC 9113 section 4), wherever its bytes are cut.</summary>
internal abstract class FrameStream : StreamFraming
{
    private KeptBytes _kept = new(HeaderBlock.MaxSize);
    private int _left;
    private bool _inFrame;
    private bool _isDamaged;

    /// <summary>The frame in progress, or the last one.</summary>
    protected FrameHeader Frame { get; private set; }

    /// <inheritdoc/>
    public override bool LossIsMessage => false;

    /// <summary>A frame begins; false when it cannot come here.</summary>
    protected abstract bool TryBegin();

    /// <summary>A piece of a frame that others follow.</summary>
    /// <param name="taken">How many bytes of the stream were taken with it.</param>
    protected abstract FrameStep Goes(int taken);

    /// <summary>Bytes of a DATA frame.</summary>
    /// <param name="taken">How many bytes of the stream were taken with them.</param>
    /// <param name="payload">The next bytes of the payload; may be empty.</param>
    /// <param name="isOver">Whether the frame ends with them.</param>
    protected abstract FrameStep Data(int taken, ReadOnlySpan<byte> payload, bool isOver);

    /// <summary>Missing bytes of a DATA frame.</summary>
    /// <param name="count">How many.</param>
    /// <param name="isOver">Whether the frame ends with them.</param>
    protected abstract FrameStep MissingData(int count, bool isOver);

    /// <summary>A frame of another type is complete.</summary>
    /// <param name="taken">How many bytes of the stream were taken with its last piece.</param>
    /// <param name="payload">Its payload, or as much as is kept.</param>
    /// <param name="isWhole">Whether that is all of it.</param>
    protected abstract FrameStep Ends(int taken, ReadOnlySpan<byte> payload, bool isWhole);

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _inFrame = false;
        _kept.Clear();
        return true;
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        if (!_inFrame)
        {
            if (_kept.Length == 0 && bytes.Length >= FrameHeader.Size)
            {
                Frame = FrameHeader.Read(bytes);
                at = FrameHeader.Size;
            }
            else
            {
                at = Math.Min(FrameHeader.Size - _kept.Length, bytes.Length);
                _kept.Add(bytes[..at]);
                if (_kept.Length < FrameHeader.Size) return FrameStep.Between(at);
                Frame = FrameHeader.Read(_kept.Bytes);
                _kept.Clear();
            }

            if (!Frame.IsValid || !TryBegin()) return Unfit(FramingFault.BadFrame, at - FrameHeader.Size);
            (_inFrame, _isDamaged, _left) = (true, false, Frame.Length);
        }

        ReadOnlySpan<byte> payload = bytes[at..Math.Min(bytes.Length, at + _left)];
        return Take(at + payload.Length, payload);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        if (!_inFrame) return base.Pass(count);
        int taken = Math.Min(_left, count);
        _left -= taken;
        _inFrame = _left > 0;
        if (Frame.Type == FrameType.Data) return MissingData(taken, !_inFrame);
        _isDamaged = true;
        return _inFrame ? Goes(taken) : End(taken);
    }

    private FrameStep Take(int taken, ReadOnlySpan<byte> payload)
    {
        _left -= payload.Length;
        _inFrame = _left > 0;
        if (Frame.Type == FrameType.Data) return Data(taken, payload, !_inFrame);
        if (!_inFrame && _kept.Length == 0 && !_isDamaged) return Ends(taken, payload, isWhole: true);
        _kept.Add(payload);
        return _inFrame ? Goes(taken) : End(taken);
    }

    private FrameStep End(int taken)
    {
        FrameStep step = Ends(taken, _kept.Bytes, isWhole: !_isDamaged && !_kept.IsCut);
        _kept.Clear();
        return step;
    }
}
