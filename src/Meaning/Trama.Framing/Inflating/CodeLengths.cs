namespace Trama.Framing.Inflating;

/// <summary>The two codes at the head of a block, whose words' lengths are coded themselves (RFC 1951 section 3.2.7).</summary>
internal sealed class CodeLengths
{
    private const int MaxCoded = 19;
    private const int Repeat = 16;
    private const int ShortZeros = 17;
    private const int LeastLiterals = 257;
    private const int MaxLiterals = 286;
    private const int MaxDistances = 30;
    private const int EndOfBlock = 256;

    private readonly HuffmanCode _code = new();
    private readonly byte[] _lengths = new byte[MaxLiterals + MaxDistances];
    private readonly byte[] _coded = new byte[MaxCoded];
    private int _literals;
    private int _distances;
    private int _codedCount;
    private int _read;

    private static ReadOnlySpan<byte> Order => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>The code of literals and lengths.</summary>
    public HuffmanCode Literals { get; } = new();

    /// <summary>The code of distances.</summary>
    public HuffmanCode Distances { get; } = new();

    /// <summary>A block with codes of its own begins.</summary>
    public void Begin() => (_literals, _read, _codedCount) = (0, 0, 0);

    /// <summary>Reads on.</summary>
    /// <returns><see cref="InflateStatus.Done"/> when both codes are known.</returns>
    public InflateStatus Read(ref BitQueue bits, ref ReadOnlySpan<byte> bytes)
    {
        bits.Fill(ref bytes);
        if (_literals == 0 && !TryBegin(ref bits)) return InflateStatus.NeedMore;
        if (_literals > MaxLiterals || _distances > MaxDistances) return InflateStatus.Malformed;
        for (; _read < _codedCount; _read++)
        {
            bits.Fill(ref bytes);
            if (!bits.TryTake(3, out int length)) return InflateStatus.NeedMore;
            _coded[Order[_read]] = (byte)length;
            if (_read + 1 == _codedCount && !_code.TrySet(_coded)) return InflateStatus.Malformed;
        }

        while (_read - _codedCount < _literals + _distances)
        {
            bits.Fill(ref bytes);
            InflateStatus status = ReadLength(ref bits, _read - _codedCount);
            if (status != InflateStatus.MoreOutput) return status;
        }

        bool isValid = _lengths[EndOfBlock] != 0 && Literals.TrySet(_lengths.AsSpan(0, _literals))
            && Distances.TrySet(_lengths.AsSpan(_literals, _distances));
        return isValid ? InflateStatus.Done : InflateStatus.Malformed;
    }

    private bool TryBegin(ref BitQueue bits)
    {
        if (!bits.TryTake(14, out int counts)) return false;
        (_literals, _distances, _codedCount) = (LeastLiterals + (counts & 31), 1 + (counts >> 5 & 31), 4 + (counts >> 10));
        Array.Clear(_coded);
        return true;
    }

    private InflateStatus ReadLength(ref BitQueue bits, int at)
    {
        int used = _code.Decode(bits.Bits, out int symbol);
        if (used == 0) return bits.Count < HuffmanCode.MaxLength ? InflateStatus.NeedMore : InflateStatus.Malformed;
        int extra = symbol < Repeat ? 0 : symbol == Repeat ? 2 : symbol == ShortZeros ? 3 : 7;
        if (used + extra > bits.Count) return InflateStatus.NeedMore;
        bits.Drop(used);
        bits.TryTake(extra, out int more);
        int times = symbol < Repeat ? 1 : more + (symbol <= ShortZeros ? 3 : 11);
        if (times > _literals + _distances - at || (symbol == Repeat && at == 0)) return InflateStatus.Malformed;
        byte length = symbol < Repeat ? (byte)symbol : symbol == Repeat ? _lengths[at - 1] : (byte)0;
        _lengths.AsSpan(at, times).Fill(length);
        _read += times;
        return InflateStatus.MoreOutput;
    }
}
