namespace Trama.Framing.Http2.Hpack;

/// <summary>Reads the fields of a whole header block, one after another (RFC 7541 section 6).</summary>
/// <param name="table">The direction's dynamic table, which the block may change.</param>
/// <param name="block">The block.</param>
/// <param name="scratch">Room for one decoded string: <see cref="HpackHuffman.MaxText"/> of the block's length.</param>
internal ref struct HpackReader(HpackTable table, ReadOnlySpan<byte> block, Span<byte> scratch)
{
    private readonly Span<byte> _scratch = scratch;
    private ReadOnlySpan<byte> _rest = block;

    /// <summary>Whether the bytes are no header block; it is read as far as it was one.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Reads the next field.</summary>
    /// <returns>False at the end of the block, or where it is malformed.</returns>
    public bool TryRead(out HpackField field)
    {
        field = default;
        while (!_rest.IsEmpty)
        {
            byte first = _rest[0];
            if (first >= 0x80) return TryIndexed(out field);
            if ((first & 0xe0) != 0x20) return TryLiteral(isAdded: (first & 0x40) != 0, out field);
            if (!TryInteger(5, out int size)) return Malformed();
            table.Resize(size);
        }

        return false;
    }

    private bool TryIndexed(out HpackField field)
    {
        field = default;
        if (!TryInteger(7, out int index) || index == 0) return Malformed();
        field = index <= HpackStatic.Count ? HpackStatic.Field(index) : table.Field(index - HpackStatic.Count - 1, out _);
        return true;
    }

    private bool TryLiteral(bool isAdded, out HpackField field)
    {
        field = default;
        if (!TryInteger(isAdded ? 6 : 4, out int index)) return Malformed();
        HeaderName name;
        int nameLength;
        if (index == 0)
        {
            if (!TryString(out ReadOnlySpan<byte> text)) return Malformed();
            (name, nameLength) = (HpackStatic.Kind(text), text.Length);
        }
        else if (index <= HpackStatic.Count)
            (name, nameLength) = (HpackStatic.Field(index).Name, HpackStatic.NameLength(index));
        else
            name = table.Field(index - HpackStatic.Count - 1, out nameLength).Name;

        if (!TryString(out ReadOnlySpan<byte> value)) return Malformed();
        field = new HpackField(name, name > HeaderName.Unknown ? value : default);
        if (isAdded) table.Add(field, nameLength, value.Length);
        return true;
    }

    // A length, then that many bytes, coded or not (RFC 7541 section 5.2). Valid until the next string.
    private bool TryString(out ReadOnlySpan<byte> text)
    {
        text = default;
        bool isCoded = !_rest.IsEmpty && _rest[0] >= 0x80;
        if (!TryInteger(7, out int length) || length > _rest.Length) return false;
        text = _rest[..length];
        _rest = _rest[length..];
        if (!isCoded) return true;
        if (!HpackHuffman.TryDecode(text, _scratch, out int decoded)) return false;
        text = _scratch[..decoded];
        return true;
    }

    // An integer in the low bits of a byte, and in the following ones when it does not fit (RFC 7541 section 5.1).
    private bool TryInteger(int bits, out int value)
    {
        value = 0;
        if (_rest.IsEmpty) return false;
        int most = (1 << bits) - 1;
        value = _rest[0] & most;
        _rest = _rest[1..];
        if (value < most) return true;
        for (int shift = 0; shift <= 21; shift += 7)
        {
            if (_rest.IsEmpty) return false;
            byte next = _rest[0];
            _rest = _rest[1..];
            value += (next & 0x7f) << shift;
            if (next < 0x80) return true;
        }

        return false;
    }

    private bool Malformed()
    {
        IsMalformed = true;
        _rest = default;
        return false;
    }
}
