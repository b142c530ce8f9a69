namespace Trama.Framing.Http2.Hpack;

/// <summary>
/// The dynamic table of one direction (RFC 7541 section 2.3.2). It may have been joined in the middle: entries are counted from the newest,
/// so an index of one that was seen resolves, whatever was there before, and an older one is unknown.
/// </summary>
internal sealed class HpackTable
{
    /// <summary>Its size in bytes until the encoder says another (RFC 7541 section 6.3).</summary>
    public const int DefaultSize = 4096;

    /// <summary>The most bytes that are kept; of a larger table the newest entries.</summary>
    public const int MaxSize = 65_536;

    // What each entry counts beside its text (RFC 7541 section 4.1).
    private const int Overhead = 32;

    private Entry[] _entries = [];
    private byte[] _values = [];
    private int _newest;
    private int _count;
    private int _valuesEnd;
    private int _size;
    private int _limit = DefaultSize;

    /// <summary>Finds an entry.</summary>
    /// <param name="index">0 for the newest.</param>
    /// <param name="nameLength">The length in bytes of its name; 0 when unknown.</param>
    public HpackField Field(int index, out int nameLength)
    {
        nameLength = 0;
        if (index >= _count) return new HpackField(HeaderName.Unknown, default);
        ref Entry entry = ref _entries[(_newest - index) & (_entries.Length - 1)];
        nameLength = entry.NameLength;
        return new HpackField(entry.Name, _values.AsSpan(entry.ValueAt, entry.ValueLength));
    }

    /// <summary>Inserts an entry, which may push others out. The value does not lie in this table.</summary>
    /// <param name="field">Name, and value if the name is of use.</param>
    /// <param name="nameLength">The length in bytes of its name.</param>
    /// <param name="valueLength">The length in bytes of its whole value.</param>
    public void Add(HpackField field, int nameLength, int valueLength)
    {
        int size = nameLength + valueLength + Overhead;
        // An entry larger than the table empties it (RFC 7541 section 4.4). If the table is larger than was seen, older entries are
        // unknown now: never wrong.
        Shrink(size > _limit ? 0 : _limit - size);
        if (size > _limit) return;
        if (_count == _entries.Length) GrowEntries();
        if (_values.Length - _valuesEnd < field.Value.Length) MakeRoom(field.Value.Length);
        field.Value.CopyTo(_values.AsSpan(_valuesEnd));
        _newest = (_newest + 1) & (_entries.Length - 1);
        _entries[_newest] = new Entry(field.Name, nameLength, size, _valuesEnd, field.Value.Length);
        _valuesEnd += field.Value.Length;
        _count++;
        _size += size;
    }

    /// <summary>The encoder changes the size of the table.</summary>
    public void Resize(int size)
    {
        _limit = Math.Min(size, MaxSize);
        Shrink(_limit);
    }

    /// <summary>Entries may have been inserted that nobody saw.</summary>
    public void Forget() => Shrink(0);

    private void Shrink(int size)
    {
        while (_size > size)
        {
            _count--;
            _size -= _entries[(_newest - _count) & (_entries.Length - 1)].Size;
        }

        if (_count == 0) _valuesEnd = 0;
    }

    private void GrowEntries()
    {
        var larger = new Entry[Math.Max(16, 2 * _count)];
        for (int i = 0; i < _count; i++) larger[i] = _entries[(_newest - _count + 1 + i) & (_entries.Length - 1)];
        _newest = _count - 1;
        if (_newest < 0) _newest = larger.Length - 1;
        _entries = larger;
    }

    // Values lie one behind another, oldest first; those that were pushed out leave a hole at the beginning.
    private void MakeRoom(int needed)
    {
        int start = _count == 0 ? _valuesEnd : _entries[(_newest - _count + 1) & (_entries.Length - 1)].ValueAt;
        ReadOnlySpan<byte> kept = _values.AsSpan(start.._valuesEnd);
        if (_values.Length - kept.Length < Math.Max(needed, _values.Length / 2))
            _values = new byte[Math.Max(256, 2 * (kept.Length + needed))];
        kept.CopyTo(_values);
        for (int i = 0; i < _count; i++) _entries[(_newest - i) & (_entries.Length - 1)].ValueAt -= start;
        _valuesEnd = kept.Length;
    }

    private record struct Entry(HeaderName Name, int NameLength, int Size, int ValueAt, int ValueLength);
}
