namespace Trama.Reports.Browsing;

/// <summary>The numbers of a list's rows, in its order: those listed, or, where none is left out, all from a first one on.</summary>
internal readonly ref struct ExchangeNumbers
{
    private readonly ReadOnlySpan<long> _listed;
    private readonly long _first;

    /// <summary>Those of a span.</summary>
    public ExchangeNumbers(ReadOnlySpan<long> listed)
    {
        _listed = listed;
        Length = listed.Length;
    }

    /// <summary>So many from the first on.</summary>
    public ExchangeNumbers(long first, long count) => (_first, Length) = (first, (int)count);

    /// <summary>How many there are.</summary>
    public int Length { get; }

    /// <summary>That of a place, from 0.</summary>
    public long this[int place] => _listed.IsEmpty ? _first + place : _listed[place];

    /// <summary>Of numbers that rise: the first place with one that is no less.</summary>
    public int PlaceFrom(long number)
    {
        if (_listed.IsEmpty) return (int)Math.Clamp(number - _first, 0, Length);
        int place = _listed.BinarySearch(number);
        return place < 0 ? ~place : place;
    }

    /// <summary>The place of a number; -1 when it is not among them.</summary>
    public int IndexOf(long number) =>
        !_listed.IsEmpty ? _listed.IndexOf(number) : number >= _first && number - _first < Length ? (int)(number - _first) : -1;
}
