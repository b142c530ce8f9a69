namespace Trama.Tracing.Keeping;

/// <summary>
/// Rows of exchanges by numbers from 0, in groups that are packed once they are full, and unpacked for who reads them; of more than a
/// number of rows, the oldest block of groups goes. One thread adds, others may read meanwhile what was there when they asked for
/// <see cref="End"/>.
/// </summary>
/// <param name="most">How many rows are kept at least, before the oldest go; a multiple of <see cref="PerBlock"/>.</param>
internal sealed class KeptExchangeRows(int most)
{
    /// <summary>The rows of a group: not so many that they are large for the collector.</summary>
    public const int PerGroup = 1 << 10;

    /// <summary>The rows that go together.</summary>
    public const int PerBlock = 1 << 14;

    private const int Groups = PerBlock / PerGroup;

    private readonly object?[] _groups = new object?[((most / PerBlock) + 1) * Groups];
    private KeptExchange[] _filling = [];
    private Unpacked? _latest;
    private long _first;
    private long _end;

    /// <summary>The number of the oldest row that is kept.</summary>
    public long First => Volatile.Read(ref _first);

    /// <summary>The number after the newest row.</summary>
    public long End => Volatile.Read(ref _end);

    /// <summary>Begins the next block, when there are all rows of the one before; the oldest goes when there are too many.</summary>
    public void Begin()
    {
        long first = _end - _groups.LongLength * PerGroup + PerBlock;
        // Who reads a group that goes finds out by this, and looks for it after.
        if (first > _first) Volatile.Write(ref _first, first);
    }

    /// <summary>Adds a row.</summary>
    public void Add(in KeptExchange row)
    {
        ref object? group = ref _groups[_end / PerGroup % _groups.Length];
        int place = (int)(_end % PerGroup);
        if (place == 0) Volatile.Write(ref group, _filling = new KeptExchange[PerGroup]);
        _filling[place] = row;
        if (place == PerGroup - 1) Volatile.Write(ref group, new PackedExchanges(_filling));
        Volatile.Write(ref _end, _end + 1);
    }

    /// <inheritdoc cref="ExchangeTable.Group"/>
    public ReadOnlySpan<KeptExchange> Group(long number)
    {
        if (number < 0 || number >= End) return [];
        object? group = Volatile.Read(ref _groups[number / PerGroup % _groups.Length]);
        if (number < First) return [];
        if (group is not PackedExchanges packed) return (KeptExchange[]?)group;
        Unpacked? latest = Volatile.Read(ref _latest);
        if (latest?.From != packed) Volatile.Write(ref _latest, latest = new Unpacked(packed, packed.Unpack()));
        return latest.Rows;
    }

    /// <summary>Whether a row is kept, and which.</summary>
    public bool TryGet(long number, out KeptExchange row)
    {
        ReadOnlySpan<KeptExchange> group = number < End ? Group(number - (number % PerGroup)) : [];
        row = group.IsEmpty ? default : group[(int)(number % PerGroup)];
        return !group.IsEmpty;
    }

    // Who reads one row of a group mostly reads others.
    private sealed record Unpacked(PackedExchanges From, KeptExchange[] Rows);
}
