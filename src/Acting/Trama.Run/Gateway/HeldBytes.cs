using System.Buffers;

namespace Trama.Run.Gateway;

/// <summary>Bytes of a stream that may be needed again, first in, first out. Takes no memory while it is empty.</summary>
internal sealed class HeldBytes
{
    private byte[] _buffer = [];
    private int _from;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes from an offset on.</summary>
    public ReadOnlySpan<byte> From(int offset) => _buffer.AsSpan(_from + offset, Count - offset);

    /// <summary>Adds bytes at the end.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_from + Count + bytes.Length > _buffer.Length) MakeRoom(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_from + Count));
        Count += bytes.Length;
    }

    /// <summary>Forgets bytes at the front.</summary>
    public void Drop(int count)
    {
        _from += count;
        Count -= count;
        if (Count > 0 || _buffer.Length == 0) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _from) = ([], 0);
    }

    // What is moved is at most as much as has been dropped since the last time, or the buffer doubles: linear in all.
    private void MakeRoom(int more)
    {
        bool fits = _from >= Count && Count + more <= _buffer.Length;
        byte[] target = fits ? _buffer : ArrayPool<byte>.Shared.Rent(Math.Max(2 * Count, Count + more));
        _buffer.AsSpan(_from, Count).CopyTo(target);
        if (!fits && _buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _from) = (target, 0);
    }
}
