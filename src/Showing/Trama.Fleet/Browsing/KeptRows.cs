namespace Trama.Fleet.Browsing;

/// <summary>Rows, at most so many: what is bad is kept longest, of the rest what is latest.</summary>
/// <typeparam name="T">A row.</typeparam>
/// <param name="most">How many are kept.</param>
internal sealed class KeptRows<T>(int most)
{
    private readonly PriorityQueue<T, (bool IsBad, long At)> _rows = new();

    /// <summary>How many there were.</summary>
    public long Count { get; private set; }

    /// <summary>Adds one.</summary>
    public void Add(T row, bool isBad, long at)
    {
        Count++;
        if (_rows.Count < most) _rows.Enqueue(row, (isBad, at));
        else _rows.EnqueueDequeue(row, (isBad, at));
    }

    /// <summary>Those that are kept, in no order.</summary>
    public IEnumerable<T> All => _rows.UnorderedItems.Select(row => row.Element);
}
