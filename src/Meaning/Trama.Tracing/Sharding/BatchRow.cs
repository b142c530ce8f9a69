using System.Buffers;
using System.Runtime.CompilerServices;

namespace Trama.Tracing.Sharding;

/// <summary>
/// What a shard has of one kind in a batch, one behind the other. Room for much of it is lent for as long as the batch: else each shard
/// would end up with room for all that its largest connection ever sent at once.
/// </summary>
/// <param name="most">How many it keeps room for from batch to batch.</param>
internal struct BatchRow<T>(int most)
{
    private T[] _items = [];
    private int _lengthBefore;

    /// <summary>How many there are.</summary>
    public int Length { get; private set; }

    /// <summary>Those that are there.</summary>
    public readonly ReadOnlySpan<T> Items => _items.AsSpan(0, Length);

    /// <summary>Adds so many, to be written.</summary>
    public Span<T> Add(int count)
    {
        int start = Length;
        if (start + count > _items.Length) MakeRoom(start + count);
        Length = start + count;
        return _items.AsSpan(start, count);
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        (_lengthBefore, Length) = (Length, 0);
        if (_items.Length > most) GiveBack();
    }

    private void MakeRoom(int length)
    {
        // A connection that sends much goes on doing so.
        T[] larger = ArrayPool<T>.Shared.Rent(Math.Max(Math.Max(length, _lengthBefore), _items.Length * 2));
        _items.AsSpan(0, Length).CopyTo(larger);
        GiveBack();
        _items = larger;
    }

    private void GiveBack()
    {
        ArrayPool<T>.Shared.Return(_items, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        _items = [];
    }
}
