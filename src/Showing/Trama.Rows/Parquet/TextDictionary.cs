namespace Trama.Rows.Parquet;

/// <summary>Different texts, numbered from 0 in the order in which they came.</summary>
internal sealed class TextDictionary
{
    private readonly List<int> _ends = [];
    private byte[] _bytes = new byte[1024];
    private int[] _slots = new int[256];

    /// <summary>How many there are.</summary>
    public int Count => _ends.Count;

    /// <summary>How many bytes they have together.</summary>
    public int Bytes => Count == 0 ? 0 : _ends[^1];

    /// <summary>The text of a number, valid until the next one is added.</summary>
    public ReadOnlySpan<byte> this[int number]
    {
        get
        {
            int start = number == 0 ? 0 : _ends[number - 1];
            return _bytes.AsSpan(start, _ends[number] - start);
        }
    }

    /// <summary>The number of a text, which is added unless it is there.</summary>
    public int Number(ReadOnlySpan<byte> text)
    {
        int slot = Find(text);
        if (_slots[slot] > 0) return _slots[slot] - 1;
        if (Bytes + text.Length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Bytes + text.Length));
        text.CopyTo(_bytes.AsSpan(Bytes));
        _ends.Add(Bytes + text.Length);
        _slots[slot] = Count;
        if (Count * 2 > _slots.Length) Grow();
        return Count - 1;
    }

    /// <summary>Forgets all of them.</summary>
    public void Clear()
    {
        _ends.Clear();
        Array.Clear(_slots);
    }

    // Slots hold numbers from 1; the first free one after that of the hash ends a search.
    private int Find(ReadOnlySpan<byte> text)
    {
        // The runtime's hash of bytes differs from run to run, so that nobody can prepare texts that meet.
        var hash = new HashCode();
        hash.AddBytes(text);
        int slot = hash.ToHashCode() & (_slots.Length - 1);
        while (_slots[slot] > 0 && !this[_slots[slot] - 1].SequenceEqual(text)) slot = (slot + 1) & (_slots.Length - 1);
        return slot;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        for (int number = 0; number < Count; number++) _slots[Find(this[number])] = number + 1;
    }
}
