using System.Buffers;

namespace Trama.Tracing.Tracking;

/// <summary>
/// The bytes of a stream that were given and not yet acknowledged, at most <see cref="MaxBytes"/> of them, the last: what a
/// retransmission can contradict.
/// </summary>
internal struct UnacknowledgedBytes
{
    private const int MaxBytes = 1 << 16;

    // A buffer so small is kept when it is empty: an exchange of small messages then needs none from the pool.
    private const int KeptWhenEmpty = 512;

    private byte[]? _buffer;
    private long _start;
    private int _first;
    private int _count;

    /// <summary>Adds the bytes at an offset of the stream.</summary>
    public void Add(long offset, ReadOnlySpan<byte> bytes, BufferBudget budget)
    {
        if (offset != _start + _count) (_start, _first, _count) = (offset, 0, 0);
        if (bytes.Length > MaxBytes)
        {
            offset += bytes.Length - MaxBytes;
            bytes = bytes[^MaxBytes..];
            (_start, _first, _count) = (offset, 0, 0);
        }

        if (_count + bytes.Length > MaxBytes) Drop(_count + bytes.Length - MaxBytes);
        if (!TryMakeRoom(bytes.Length, budget)) return;
        bytes.CopyTo(_buffer.AsSpan(_first + _count));
        _count += bytes.Length;
    }

    /// <summary>Forgets what is before an offset.</summary>
    public void Acknowledge(long offset, BufferBudget budget)
    {
        if (offset <= _start || _count == 0) return;
        Drop((int)Math.Min(offset - _start, _count));
        if (_count > 0) return;
        _first = 0;
        if (_buffer!.Length > KeptWhenEmpty) Release(budget);
    }

    /// <summary>How many of the bytes at an offset differ from those kept.</summary>
    public readonly int Differences(long offset, ReadOnlySpan<byte> bytes)
    {
        long from = Math.Max(offset, _start), to = Math.Min(offset + bytes.Length, _start + _count);
        if (from >= to) return 0;
        ReadOnlySpan<byte> kept = _buffer.AsSpan(_first + (int)(from - _start), (int)(to - from));
        bytes = bytes.Slice((int)(from - offset), kept.Length);
        if (kept.SequenceEqual(bytes)) return 0;
        int differences = 0;
        for (int i = 0; i < kept.Length; i++)
            if (kept[i] != bytes[i]) differences++;
        return differences;
    }

    /// <summary>Gives the memory back.</summary>
    public void Release(BufferBudget budget)
    {
        if (_buffer is null) return;
        budget.Release(_buffer.Length);
        ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _first, _count) = (null, 0, 0);
    }

    private void Drop(int count)
    {
        count = Math.Min(count, _count);
        _start += count;
        _first += count;
        _count -= count;
    }

    private bool TryMakeRoom(int count, BufferBudget budget)
    {
        if (_buffer is not null && _first + _count + count <= _buffer.Length) return true;
        if (_buffer is not null && _count + count <= _buffer.Length)
        {
            _buffer.AsSpan(_first, _count).CopyTo(_buffer);
            _first = 0;
            return true;
        }

        if (budget.IsSpent) return false;
        byte[] larger = ArrayPool<byte>.Shared.Rent(_count + count);
        budget.Take(larger.Length);
        (long start, int kept) = (_start, _count);
        _buffer.AsSpan(_first, _count).CopyTo(larger);
        Release(budget);
        (_buffer, _start, _count) = (larger, start, kept);
        return true;
    }
}
