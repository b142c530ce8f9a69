namespace Trama.Framing.Memcached;

/// <summary>One direction of memcached: lines with data, or packets. The first byte of each message tells which.</summary>
internal abstract class MemcachedStream(MemcachedSession session, byte magic) : StreamFraming
{
    private const int MostHead = MemcachedHeader.Size + MemcachedOpcode.MostExtras + MemcachedHeader.MaxKey;

    // Behind so many line ends a line that begins a message is looked for, in one piece.
    private const int MaxTries = 16;

    private KeptBytes _head = new(MostHead);
    private long _taken;
    private int _resumed;
    private bool _isHoled;
    private bool _isUnderstood;

    /// <inheritdoc/>
    public override bool LossIsMessage => false;

    /// <summary>What both directions know.</summary>
    protected MemcachedSession Session => session;

    /// <summary>Whether the message in progress, or the last one, is a packet.</summary>
    protected bool IsPacket { get; private set; }

    /// <summary>Whether a message is in progress.</summary>
    protected bool HasBegun { get; set; }

    /// <summary>The header of the packet in progress, or the last one.</summary>
    protected MemcachedHeader Header { get; private set; }

    /// <summary>A packet is complete.</summary>
    /// <param name="key">Its key; empty when it has none, or it is missing.</param>
    /// <param name="isWhole">Whether the key is there.</param>
    protected abstract void Understand(ReadOnlySpan<byte> key, bool isWhole);

    /// <summary>Whether the packet ends something beside what it says itself, which is told then.</summary>
    protected virtual bool TryNext() => false;

    /// <summary>Takes bytes of a message of lines.</summary>
    protected abstract FrameStep Text(ReadOnlySpan<byte> bytes);

    /// <summary>Passes over missing bytes of a message of lines.</summary>
    /// <returns>False where they tell its end.</returns>
    protected abstract bool TryPassText(int count, out FrameStep step);

    /// <summary>Whether a message of lines begins with these bytes for certain.</summary>
    protected abstract bool BeginsText(ReadOnlySpan<byte> bytes);

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes)
    {
        if (session.IsBinary)
            return PacketBoundary.Find(
                bytes, (ReadOnlySpan<byte> place, out long length) => MemcachedHeader.Judge(place, magic, out length));
        int at = 0;
        for (int tries = 0; tries < MaxTries; tries++)
        {
            if (BeginsText(bytes[at..])) return at;
            int end = bytes[at..].IndexOf("\r\n"u8);
            if (end < 0 || at + end + 2 >= bytes.Length) return -1;
            at += end + 2;
        }

        return -1;
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        Clear();
        (HasBegun, _isUnderstood) = (false, false);
        session.Lose();
        session.Lines.Lose(ofClient: magic == MemcachedHeader.Request);
        return true;
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        if (!HasBegun)
        {
            (HasBegun, IsPacket, _isUnderstood) = (true, bytes[0] == magic, false);
            session.IsBinary |= IsPacket;
        }

        return IsPacket ? Packet(bytes) : Text(bytes);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        if (HasBegun && !IsPacket && TryPassText(count, out FrameStep step)) return step;
        if (!HasBegun || !IsPacket || _taken < MemcachedHeader.Size) return base.Pass(count);
        int taken = (int)Math.Min(count, Header.Length - _taken);
        _isHoled = true;
        return Goes(taken, taken);
    }

    private FrameStep Packet(ReadOnlySpan<byte> bytes)
    {
        int at = _resumed;
        if (_taken < MemcachedHeader.Size)
        {
            int ofHeader = (int)Math.Min(MemcachedHeader.Size - _taken, bytes.Length - at);
            _head.Add(bytes.Slice(at, ofHeader));
            _taken += ofHeader;
            at += ofHeader;
            if (_taken < MemcachedHeader.Size) return FrameStep.NeedMore(at);
            if (!MemcachedHeader.IsOne(_head.Bytes, magic)) return Unfit(FramingFault.BadFrame, at - MemcachedHeader.Size);
            Header = MemcachedHeader.Read(_head.Bytes);
        }

        int end = (int)Math.Min(bytes.Length, at + Header.Length - _taken);
        if (!_isHoled && !_isUnderstood) _head.Add(bytes[at..end]);
        _resumed = at;
        return Goes(end, end - at);
    }

    private FrameStep Goes(int taken, int ofPacket)
    {
        if (_taken + ofPacket < Header.Length)
        {
            _taken += ofPacket;
            _resumed = 0;
            return FrameStep.NeedMore(taken);
        }

        if (!_isUnderstood)
        {
            bool isWhole = _head.Length >= Header.KeyAt + Header.KeyLength;
            _isUnderstood = true;
            Understand(isWhole ? _head.Bytes.Slice(Header.KeyAt, Header.KeyLength) : default, isWhole);
        }

        if (TryNext()) return FrameStep.Complete(0);
        Clear();
        HasBegun = false;
        return FrameStep.Complete(taken);
    }

    private void Clear()
    {
        _head.Clear();
        (_taken, _resumed, _isHoled) = (0, 0, false);
    }
}
