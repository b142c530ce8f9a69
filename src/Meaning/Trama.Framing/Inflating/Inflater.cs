namespace Trama.Framing.Inflating;

/// <summary>
/// Decompresses deflate (RFC 1951) whose bytes come in pieces, cut anywhere: what the runtime has wants to know where they end. Holds the
/// 32 KiB to which later ones may refer.
/// </summary>
internal sealed class Inflater
{
    private const int WindowSize = 32 << 10;
    private const int EndOfBlock = 256;
    private const int FirstLength = 257;

    private readonly byte[] _window = new byte[WindowSize];
    private readonly CodeLengths _own = new();
    private BitQueue _bits;
    private State _state;
    private HuffmanCode _literals = HuffmanCode.FixedLiterals;
    private HuffmanCode _distances = HuffmanCode.FixedDistances;
    private bool _isLast;
    private bool _isFull;
    private int _at;
    private int _left;
    private int _distance;

    private enum State : byte
    {
        Block,
        StoredLength,
        Stored,
        Codes,
        Symbols,
        Done,
    }

    private static ReadOnlySpan<ushort> Lengths =>
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    private static ReadOnlySpan<byte> LengthBits => [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static ReadOnlySpan<ushort> DistancesFrom =>
    [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289,
        16385, 24577,
    ];

    /// <summary>Forgets all.</summary>
    public void Clear() => (_state, _bits, _isLast, _isFull, _at, _left, _distance) = (State.Block, default, false, false, 0, 0, 0);

    /// <summary>Decompresses the next bytes, as many as there is room for.</summary>
    /// <param name="bytes">The bytes; afterwards those that were not taken.</param>
    /// <param name="output">What they say; valid until the next call.</param>
    public InflateStatus Next(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> output)
    {
        if (_at == WindowSize) (_at, _isFull) = (0, true);
        int from = _at;
        InflateStatus status = Read(ref bytes);
        output = _window.AsSpan(from, _at - from);
        return status;
    }

    /// <summary>The bits that are left of the byte in which the data ended are none of theirs: gives whole bytes back that were taken
    /// and not used.</summary>
    /// <param name="left">Room for eight of them.</param>
    /// <returns>How many there are.</returns>
    public int Return(Span<byte> left)
    {
        _bits.Drop(_bits.Count & 7);
        int count = 0;
        while (_bits.TryTake(8, out int value)) left[count++] = (byte)value;
        return count;
    }

    private InflateStatus Read(ref ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            if (_at == WindowSize) return InflateStatus.MoreOutput;
            InflateStatus status = _state switch
            {
                State.Block => Block(ref bytes),
                State.StoredLength => StoredLength(ref bytes),
                State.Stored => Stored(ref bytes),
                State.Codes => Codes(ref bytes),
                State.Symbols => Symbols(ref bytes),
                _ => InflateStatus.Done,
            };
            if (status != InflateStatus.MoreOutput) return status;
        }
    }

    private InflateStatus Block(ref ReadOnlySpan<byte> bytes)
    {
        if (_isLast)
        {
            _state = State.Done;
            return InflateStatus.Done;
        }

        _bits.Fill(ref bytes);
        if (!_bits.TryTake(3, out int head)) return InflateStatus.NeedMore;
        _isLast = (head & 1) != 0;
        switch (head >> 1)
        {
            case 0:
                _bits.Drop(_bits.Count & 7);
                _state = State.StoredLength;
                break;
            case 1:
                (_literals, _distances, _state) = (HuffmanCode.FixedLiterals, HuffmanCode.FixedDistances, State.Symbols);
                break;
            case 2:
                _own.Begin();
                _state = State.Codes;
                break;
            default:
                return InflateStatus.Malformed;
        }

        return InflateStatus.MoreOutput;
    }

    private InflateStatus StoredLength(ref ReadOnlySpan<byte> bytes)
    {
        _bits.Fill(ref bytes);
        if (_bits.Count < 32) return InflateStatus.NeedMore;
        _bits.TryTake(16, out _left);
        _bits.TryTake(16, out int complement);
        if ((_left ^ complement) != ushort.MaxValue) return InflateStatus.Malformed;
        _state = State.Stored;
        return InflateStatus.MoreOutput;
    }

    private InflateStatus Stored(ref ReadOnlySpan<byte> bytes)
    {
        for (; _left > 0 && _at < WindowSize && _bits.TryTake(8, out int value); _left--) _window[_at++] = (byte)value;
        if (_left > 0 && _at < WindowSize)
        {
            // What was looked at of the next bytes beside the queue is not of it any more.
            _bits = default;
            int count = Math.Min(Math.Min(_left, bytes.Length), WindowSize - _at);
            bytes[..count].CopyTo(_window.AsSpan(_at));
            bytes = bytes[count..];
            (_at, _left) = (_at + count, _left - count);
        }

        if (_left == 0) _state = State.Block;
        return _left > 0 && _at < WindowSize ? InflateStatus.NeedMore : InflateStatus.MoreOutput;
    }

    private InflateStatus Codes(ref ReadOnlySpan<byte> bytes)
    {
        InflateStatus status = _own.Read(ref _bits, ref bytes);
        if (status != InflateStatus.Done) return status;
        (_literals, _distances, _state) = (_own.Literals, _own.Distances, State.Symbols);
        return InflateStatus.MoreOutput;
    }

    private InflateStatus Symbols(ref ReadOnlySpan<byte> bytes)
    {
        while (_at < WindowSize)
        {
            if (_left > 0)
            {
                Copy();
                continue;
            }

            _bits.Fill(ref bytes);
            int used = _literals.Decode(_bits.Bits, out int symbol);
            if (used == 0 || used > _bits.Count) return NeedMoreOrMalformed(used);
            if (symbol < EndOfBlock)
            {
                _bits.Drop(used);
                _window[_at++] = (byte)symbol;
                continue;
            }

            if (symbol == EndOfBlock)
            {
                _bits.Drop(used);
                _state = State.Block;
                return InflateStatus.MoreOutput;
            }

            InflateStatus status = Reference(symbol - FirstLength, used);
            if (status != InflateStatus.MoreOutput) return status;
        }

        return InflateStatus.MoreOutput;
    }

    // A length and a distance, all of whose bits are there or none is used.
    private InflateStatus Reference(int lengthCode, int used)
    {
        if (lengthCode >= Lengths.Length) return InflateStatus.Malformed;
        int length = Lengths[lengthCode] + Extra(ref used, LengthBits[lengthCode]);
        int word = _distances.Decode(_bits.Bits >> used, out int code);
        if (word == 0) return NeedMoreOrMalformed(0);
        if (code >= DistancesFrom.Length) return InflateStatus.Malformed;
        used += word;
        int distance = DistancesFrom[code] + Extra(ref used, code < 4 ? 0 : (code >> 1) - 1);
        if (used > _bits.Count) return InflateStatus.NeedMore;
        if (distance > _at && !_isFull) return InflateStatus.Malformed;
        _bits.Drop(used);
        (_left, _distance) = (length, distance);
        return InflateStatus.MoreOutput;
    }

    private int Extra(ref int used, int count)
    {
        int extra = (int)(_bits.Bits >> used) & ((1 << count) - 1);
        used += count;
        return extra;
    }

    // No word has more bits than a length and a distance with all that belongs to them.
    private InflateStatus NeedMoreOrMalformed(int used) =>
        used == 0 && _bits.Count >= 48 ? InflateStatus.Malformed : InflateStatus.NeedMore;

    private void Copy()
    {
        int from = (_at - _distance + WindowSize) % WindowSize;
        // As far as neither end of the window is reached; what is copied may be copied again.
        int count = Math.Min(Math.Min(_left, WindowSize - _at), Math.Min(WindowSize - from, _distance));
        _window.AsSpan(from, count).CopyTo(_window.AsSpan(_at));
        _at += count;
        _left -= count;
    }
}
