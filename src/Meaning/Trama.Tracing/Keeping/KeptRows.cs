namespace Trama.Tracing.Keeping;

/// <summary>
/// Rows by their numbers, in blocks; of more than a number of them, the oldest block goes. One thread writes; others may read meanwhile
/// what was there when they asked for <see cref="End"/>.
/// </summary>
/// <typeparam name="T">A row.</typeparam>
/// <param name="most">How many rows are kept at least, before the oldest go; a multiple of the rows of a block.</param>
public sealed class KeptRows<T>(int most)
{
    /// <summary>The rows of a block.</summary>
    public const int PerBlock = 1 << 14;

    private readonly T[]?[] _blocks = new T[]?[most / PerBlock + 1];
    private long _first;
    private long _end;
    private long _begun;

    /// <summary>The number of the oldest row that is kept.</summary>
    public long First => Volatile.Read(ref _first);

    /// <summary>The number after the newest row.</summary>
    public long End => Volatile.Read(ref _end);

    /// <summary>Adds a row at the end.</summary>
    public void Add(in T row) => Set(_end, row);

    /// <summary>Puts a row at a number, which may be before the end or beyond it; what is between then is empty. One that is too old is
    /// not kept.</summary>
    public void Set(long number, in T row)
    {
        if (number < _first) return;
        while (_begun * PerBlock <= number) Begin();
        _blocks[number / PerBlock % _blocks.Length]![number % PerBlock] = row;
        if (number >= _end) Volatile.Write(ref _end, number + 1);
    }

    /// <summary>Begins the next block; the oldest goes when there are too many.</summary>
    private void Begin()
    {
        // Who reads the block that goes finds out by this, and looks for it before.
        if (_begun >= _blocks.Length) Volatile.Write(ref _first, (_begun - _blocks.Length + 1) * PerBlock);
        Volatile.Write(ref _blocks[_begun++ % _blocks.Length], new T[PerBlock]);
    }

    /// <summary>The rows of a block; empty when it is not kept any more. Those at <see cref="End"/> and after it are not rows
    /// yet.</summary>
    /// <param name="number">The number of its first row, a multiple of <see cref="PerBlock"/>.</param>
    public T[] Block(long number)
    {
        if (number < 0 || number >= End) return [];
        T[]? block = Volatile.Read(ref _blocks[number / PerBlock % _blocks.Length]);
        return block is null || number < First ? [] : block;
    }

    /// <summary>Whether a row is kept, and which.</summary>
    public bool TryGet(long number, out T row)
    {
        T[] block = number < End ? Block(number - number % PerBlock) : [];
        row = block.Length > 0 ? block[number % PerBlock] : default!;
        return block.Length > 0;
    }
}
