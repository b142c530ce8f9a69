using System.Collections;
using Trama.Fleet.Holding;
using Trama.Fleet.Sending;

namespace Trama.Fleet.Soak;

/// <summary>What a hub's store has: which numbered rows, and how often.</summary>
internal sealed class StoredNumbers
{
    private readonly SortedDictionary<string, (BitArray There, long Twice)> _sensors = new(StringComparer.Ordinal);
    private readonly int _each;

    /// <summary>Reads the store.</summary>
    /// <param name="root">Its folder.</param>
    /// <param name="each">How many rows a sensor has at most.</param>
    public StoredNumbers(string root, int each)
    {
        _each = each;
        IsWhole = HeldReading.Each(root, FleetKind.Sketches, Take);
        IsWhole &= HeldReading.Each(root, FleetKind.Gaps, (sensor, row) => Missing += row.Number("rows") ?? 0);
        Tables = HeldReading.Messages(root, (_, _) => { }).Count;
        Rejected = Directory.EnumerateFiles(root, "*.rejected", SearchOption.AllDirectories).Count();
    }

    /// <summary>Whether all tables could be read.</summary>
    public bool IsWhole { get; }

    /// <summary>How many tables there are.</summary>
    public int Tables { get; }

    /// <summary>How many files of what could not be read there are.</summary>
    public int Rejected { get; }

    /// <summary>How many rows are told to be missing.</summary>
    public long Missing { get; private set; }

    /// <summary>How many different rows there are of a sensor, and how many are there once more.</summary>
    public (long Rows, long Twice) Of(string sensor) => !_sensors.TryGetValue(sensor, out var stored) ? (0, 0)
        : (Enumerable.Range(0, _each).LongCount(number => stored.There[number]), stored.Twice);

    private void Take(string sensor, ReadRow row)
    {
        (BitArray there, long twice) = _sensors.GetValueOrDefault(sensor, (new BitArray(_each), 0));
        int number = checked((int)(row.Number("count") ?? -1));
        if (there[number]) twice++;
        there[number] = true;
        _sensors[sensor] = (there, twice);
    }
}
