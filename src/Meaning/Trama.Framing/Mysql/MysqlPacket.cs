namespace Trama.Framing.Mysql;

/// <summary>
/// Puts one direction's packets together (a length of three bytes, a sequence number, a payload), keeping the beginning of the payload.
/// A payload of the greatest length goes on in the next packet. One that lies in one piece is not copied.
/// </summary>
internal sealed class MysqlPacket
{
    /// <summary>The length and the sequence number.</summary>
    public const int HeaderSize = 4;

    /// <summary>The most bytes of a payload that are looked at.</summary>
    public const int MaxKept = 2048;

    private const int MaxPart = 0xff_ffff;

    private KeptBytes _kept = new(MaxKept);
    private uint _header;
    private int _headerLength;
    private bool _goesOn;

    /// <summary>Whether a packet has begun.</summary>
    public bool HasBegun => _headerLength > 0 || _goesOn;

    /// <summary>The bytes of the part at hand that are still to come.</summary>
    public int Left { get; private set; }

    /// <summary>The sequence number: 0 begins a command.</summary>
    public byte Sequence { get; private set; }

    /// <summary>The sequence number of what follows.</summary>
    public byte NextSequence { get; private set; }

    /// <summary>The bytes of the whole payload, as far as its parts have begun.</summary>
    public long Length { get; private set; }

    /// <summary>Whether bytes are missing among those that are looked at: the payload ends before them.</summary>
    public bool HasHole { get; private set; }

    /// <summary>Takes bytes up to the end of the packet.</summary>
    /// <param name="bytes">The piece at hand.</param>
    /// <param name="at">Where the packet goes on in it; afterwards the byte behind it, or the end of the piece.</param>
    /// <param name="payload">The beginning of its payload; valid until the next call.</param>
    /// <returns>Whether it is complete.</returns>
    public bool TryTake(ReadOnlySpan<byte> bytes, ref int at, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        do
        {
            while (_headerLength < HeaderSize)
            {
                if (at == bytes.Length) return false;
                if (!HasBegun) Begin();
                _header |= (uint)bytes[at++] << (8 * _headerLength);
                if (++_headerLength == HeaderSize) BeginPart();
            }

            int taken = Math.Min(Left, bytes.Length - at);
            ReadOnlySpan<byte> piece = bytes.Slice(at, taken);
            at += taken;
            Left -= taken;
            if (taken == Length) payload = piece[..Math.Min(taken, MaxKept)];
            else if (!HasHole) _kept.Add(piece);
            if (Left > 0) return false;
        }
        while (IsFollowed());

        if (payload.IsEmpty) payload = _kept.Bytes;
        return true;
    }

    /// <summary>Passes over missing bytes, as many as are <see cref="Left"/> at most.</summary>
    /// <returns>Whether the packet is complete.</returns>
    public bool TryPass(int count, out ReadOnlySpan<byte> payload)
    {
        Left -= count;
        HasHole |= _kept.Length < MaxKept;
        payload = _kept.Bytes;
        return Left == 0 && !IsFollowed();
    }

    /// <summary>Forgets the packet in progress.</summary>
    public void Clear() => (_header, _headerLength, _goesOn, Left) = (0, 0, false, 0);

    private void Begin()
    {
        _kept.Clear();
        (Length, HasHole) = (0, false);
    }

    private void BeginPart()
    {
        Left = (int)(_header & MaxPart);
        if (!_goesOn) Sequence = (byte)(_header >> 24);
        NextSequence = (byte)((_header >> 24) + 1);
        _goesOn = Left == MaxPart;
        Length += Left;
    }

    // Whether the payload goes on behind the part that ends here.
    private bool IsFollowed()
    {
        (_header, _headerLength) = (0, 0);
        return _goesOn;
    }
}
