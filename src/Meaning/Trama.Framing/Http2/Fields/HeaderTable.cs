using Trama.Framing.Http2.Hpack;

namespace Trama.Framing.Http2.Fields;

/// <summary>The tables of one direction of HTTP/2 with all of their fields (RFC 7541 section 2.3).</summary>
public sealed class HeaderTable
{
    // More than any program uses.
    private const int MaxSize = 1 << 20;

    private readonly LinkedList<HeaderField> _fields = [];
    private int _capacity = 4096;
    private int _size;

    /// <summary>The field with an index from 1; null when there is none.</summary>
    public HeaderField? Field(int index)
    {
        if (index <= HpackStatic.Count)
            return index < 1 ? null : new HeaderField(HpackStatic.Name(index), Value(index));
        index -= HpackStatic.Count + 1;
        return index < _fields.Count ? _fields.ElementAt(index) : null;
    }

    /// <summary>Adds a field.</summary>
    public void Add(HeaderField field)
    {
        _fields.AddFirst(field);
        _size += field.Size;
        Shrink();
    }

    /// <summary>Changes how much it holds.</summary>
    public void Resize(int capacity)
    {
        _capacity = Math.Min(capacity, MaxSize);
        Shrink();
    }

    // RFC 7541 appendix A; of its other entries the value is empty.
    private static string Value(int index) => index switch
    {
        2 => "GET",
        3 => "POST",
        4 => "/",
        5 => "/index.html",
        6 => "http",
        7 => "https",
        8 => "200",
        9 => "204",
        10 => "206",
        11 => "304",
        12 => "400",
        13 => "404",
        14 => "500",
        16 => "gzip, deflate",
        _ => "",
    };

    private void Shrink()
    {
        while (_size > _capacity && _fields.Last is { } last)
        {
            _size -= last.Value.Size;
            _fields.RemoveLast();
        }
    }
}
