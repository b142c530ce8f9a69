using System.Globalization;

namespace Trama.Fleet.Sending;

/// <summary>
/// Numbers that are there, kept as ranges: what comes again is recognised whatever came in between, which the highest number alone
/// cannot tell.
/// </summary>
public sealed class RangeSet
{
    // In order, apart from each other by at least one number.
    private readonly List<(long First, long Last)> _ranges = [];

    /// <summary>The ranges, in order.</summary>
    public IReadOnlyList<(long First, long Last)> Ranges => _ranges;

    /// <summary>How many numbers are there.</summary>
    public long Count => _ranges.Sum(range => range.Last - range.First + 1);

    /// <summary>Whether a number is there.</summary>
    public bool Contains(long number)
    {
        int at = FirstEndingAtOrAfter(number);
        return at < _ranges.Count && _ranges[at].First <= number;
    }

    /// <summary>Adds a number; false when it is there.</summary>
    public bool Add(long number)
    {
        if (Contains(number)) return false;
        Add(number, number);
        return true;
    }

    /// <summary>Adds all numbers from one to another, both included.</summary>
    public void Add(long first, long last)
    {
        if (last < first) return;
        // What touches it becomes a part of it.
        int from = FirstEndingAtOrAfter(first == long.MinValue ? first : first - 1), to = from;
        for (; to < _ranges.Count && _ranges[to].First <= (last == long.MaxValue ? last : last + 1); to++)
            (first, last) = (Math.Min(first, _ranges[to].First), Math.Max(last, _ranges[to].Last));
        _ranges.RemoveRange(from, to - from);
        _ranges.Insert(from, (first, last));
    }

    /// <summary>Adds what another has.</summary>
    public void Add(RangeSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach ((long first, long last) in other._ranges) Add(first, last);
    }

    /// <summary>Reads what <see cref="ToString"/> says; false when it is something else, or has more ranges than may be.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, int mostRanges, out RangeSet set)
    {
        set = new RangeSet();
        int count = 0;
        foreach (Range part in text.Split(','))
        {
            ReadOnlySpan<char> range = text[part];
            int dash = range.IndexOf('-');
            if (++count > mostRanges || !TryNumber(dash < 0 ? range : range[..dash], out long first)
                || !TryNumber(dash < 0 ? range : range[(dash + 1)..], out long last) || last < first) return false;
            set.Add(first, last);
        }

        return true;
    }

    /// <summary>The ranges in text: <c>1-5,7</c>.</summary>
    public override string ToString() => string.Join(',', _ranges.Select(range => range.First == range.Last
        ? range.First.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{range.First}-{range.Last}")));

    private static bool TryNumber(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private int FirstEndingAtOrAfter(long number)
    {
        (int from, int to) = (0, _ranges.Count);
        while (from < to)
        {
            int middle = (from + to) / 2;
            if (_ranges[middle].Last < number) from = middle + 1;
            else to = middle;
        }

        return from;
    }
}
