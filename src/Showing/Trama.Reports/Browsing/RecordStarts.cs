using Trama.Tracing.Keeping;

namespace Trama.Reports.Browsing;

/// <summary>
/// Where packets stand in their file, in 4 bytes each: beyond the first of their block. One thread notes, others may read meanwhile.
/// </summary>
public sealed class RecordStarts
{
    // Beyond so many a file is read once more from its beginning.
    private const int Most = 1 << 24;
    private const int PerBlock = KeptRows<uint>.PerBlock;

    private readonly long[] _bases = new long[(Most / PerBlock) + 1];
    private readonly KeptRows<uint> _offsets = new(Most);
    private long _based = -1;

    /// <summary>The number after that of the newest packet.</summary>
    public long End => _offsets.End;

    /// <summary>A packet was read.</summary>
    /// <param name="number">Its number, which rises.</param>
    /// <param name="start">Where its record begins; -1 when that is not known.</param>
    public void Note(long number, long start)
    {
        long block = number / PerBlock;
        if (block > _based && start >= 0) (_based, _bases[block % _bases.Length]) = (block, start);
        long offset = start < 0 || block != _based ? 0 : start - _bases[block % _bases.Length] + 1;
        _offsets.Set(number, offset is > 0 and <= uint.MaxValue ? (uint)offset : 0);
    }

    /// <summary>Whether it is known where a packet's record begins, and where.</summary>
    public bool TryGet(long number, out long start)
    {
        bool isKnown = _offsets.TryGet(number, out uint offset) && offset > 0;
        start = isKnown ? _bases[number / PerBlock % _bases.Length] + offset - 1 : -1;
        return isKnown;
    }
}
