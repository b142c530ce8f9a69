using System.Globalization;
using System.Text;
using Trama.Fleet.Sending;

namespace Trama.Fleet.Holding;

/// <summary>Which messages a store holds of a partition: ranges of sequences, by sensor and the incarnation of its spool.</summary>
public sealed class HeldRanges
{
    private const string Title = "trama hub 1";
    private const int MostRanges = 1 << 20;

    private readonly SortedDictionary<(string Sensor, long Incarnation), RangeSet> _ranges = [];

    /// <summary>What there is.</summary>
    public IReadOnlyDictionary<(string Sensor, long Incarnation), RangeSet> All => _ranges;

    /// <summary>Whether a message is there.</summary>
    public bool Contains(string sensor, in FleetMessage message) =>
        _ranges.TryGetValue((sensor, message.Incarnation), out RangeSet? ranges) && ranges.Contains(message.Sequence);

    /// <summary>Those of a sensor's spool; null when there is none.</summary>
    public RangeSet? Of(string sensor, long incarnation) => _ranges.GetValueOrDefault((sensor, incarnation));

    /// <summary>Adds a message; false when it is there.</summary>
    public bool Add(string sensor, in FleetMessage message)
    {
        if (!_ranges.TryGetValue((sensor, message.Incarnation), out RangeSet? ranges))
            _ranges[(sensor, message.Incarnation)] = ranges = new RangeSet();
        return ranges.Add(message.Sequence);
    }

    /// <summary>Adds what another has.</summary>
    public void Add(HeldRanges other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (((string, long) spool, RangeSet ranges) in other._ranges)
        {
            if (!_ranges.TryGetValue(spool, out RangeSet? own)) _ranges[spool] = own = new RangeSet();
            own.Add(ranges);
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => _ranges.Clear();

    /// <summary>The text that stands in a table's footer.</summary>
    /// <param name="stream">The incarnation of the broker's stream from which its latest rows came.</param>
    /// <param name="sequences">Their places in it.</param>
    public string ToText(long stream, RangeSet sequences)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{Title}\n{stream:x16} {sequences}"));
        foreach (((string sensor, long incarnation), RangeSet ranges) in _ranges)
            text.Append(CultureInfo.InvariantCulture, $"\n{sensor} {incarnation:x16} {ranges}");
        return text.ToString();
    }

    /// <summary>Reads that text; null when it is something else.</summary>
    public static HeldRanges? Parse(string? text)
    {
        string[] lines = text?.Split('\n') ?? [];
        if (lines is not [Title, _, ..]) return null;
        var held = new HeldRanges();
        foreach (string line in lines.Skip(2))
        {
            if (line.Split(' ') is not [var sensor, var spool, var ranges] || !HeldMessage.IsName(sensor)
                || !long.TryParse(spool, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long incarnation)
                || !RangeSet.TryParse(ranges, MostRanges, out RangeSet set)) return null;
            held._ranges[(sensor, incarnation)] = set;
        }

        return held;
    }
}
