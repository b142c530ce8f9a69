using Trama.Packets.Transport;

namespace Trama.Tracing.Joining;

/// <summary>Tells what a receiver got although the capture beside it did not: it acknowledged the bytes.</summary>
internal sealed class ArrivedBytes
{
    private readonly List<(SequenceNumber Start, SequenceNumber End)> _ranges = [];
    private readonly SequenceNumber? _acknowledged;

    /// <param name="arrived">What the capture beside the receiver has.</param>
    /// <param name="acknowledged">The last number that the receiver acknowledged, as that capture saw it leave.</param>
    public ArrivedBytes(VantageSegments arrived, SequenceNumber? acknowledged)
    {
        _acknowledged = acknowledged;
        var ranges = new List<(SequenceNumber Start, SequenceNumber End)>();
        for (int number = 0; number < arrived.Count; number++)
            if (arrived[number].Length > 0) ranges.Add((arrived.SequenceOf(number), arrived.EndOf(number)));
        ranges.Sort((one, other) => one.Start - other.Start);
        foreach ((SequenceNumber start, SequenceNumber end) in ranges)
        {
            if (_ranges.Count == 0 || start > _ranges[^1].End) _ranges.Add((start, end));
            else if (end > _ranges[^1].End) _ranges[^1] = (_ranges[^1].Start, end);
        }
    }

    /// <summary>Whether a segment's bytes were acknowledged and never captured.</summary>
    public bool Miss(VantageSegments left, int number)
    {
        if (left[number].Length == 0 || _acknowledged is not { } acknowledged || left.EndOf(number) > acknowledged) return false;
        SequenceNumber start = left.SequenceOf(number);
        return !Has(start);
    }

    // The ranges are in order and apart.
    private bool Has(SequenceNumber sequence)
    {
        int low = 0, high = _ranges.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_ranges[middle].End <= sequence) low = middle + 1;
            else high = middle;
        }

        return low < _ranges.Count && _ranges[low].Start <= sequence;
    }
}
