using System.Collections;
using System.Runtime.InteropServices;

namespace Trama.Tracing;

/// <summary>Segments in the order in which they were added, in a quarter of the room that they take as they are, and without copying as
/// they become more. What is read by its place costs the reading of up to thirty others.</summary>
public sealed class SegmentCollection : IReadOnlyList<TracedSegment>
{
    // So many are written one after the other, each as what it tells beyond the last; the next begins anew.
    private const int SegmentsOfGroup = 32;

    // Most connections have few segments.
    private const int SmallestBlock = 256;
    private const int LargestBlock = 4096;

    private readonly List<byte[]> _blocks = [];
    private readonly List<(int Block, int Offset)> _groups = [];
    private SegmentPacking _packing;
    private (int Block, int Offset) _end;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public TracedSegment this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var reading = new Reading(this, index / SegmentsOfGroup);
            while (true)
            {
                reading.Next(out TracedSegment segment);
                if (reading.Read > index) return segment;
            }
        }
    }

    /// <summary>Adds a segment.</summary>
    public void Add(in TracedSegment segment)
    {
        if (_end.Block == _blocks.Count) AddBlock();
        else if (_blocks[_end.Block].Length - _end.Offset < SegmentPacking.MaxBytes) NextBlock();
        if (Count % SegmentsOfGroup == 0)
        {
            _packing = default;
            _groups.Add(_end);
        }

        _end.Offset += _packing.Write(segment, _blocks[_end.Block].AsSpan(_end.Offset));
        Count++;
    }

    /// <summary>Puts them into a list, instead of what is in it.</summary>
    public void CopyTo(List<TracedSegment> segments)
    {
        CollectionsMarshal.SetCount(segments, Count);
        var reading = new Reading(this, 0);
        foreach (ref TracedSegment segment in CollectionsMarshal.AsSpan(segments)) reading.Next(out segment);
    }

    /// <summary>Takes all of them out. The room is kept.</summary>
    public void Clear()
    {
        _groups.Clear();
        (Count, _end) = (0, default);
    }

    /// <inheritdoc/>
    public IEnumerator<TracedSegment> GetEnumerator()
    {
        var reading = new Reading(this, 0);
        while (reading.Read < Count)
        {
            reading.Next(out TracedSegment segment);
            yield return segment;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void NextBlock()
    {
        _end = (_end.Block + 1, 0);
        if (_end.Block == _blocks.Count) AddBlock();
    }

    private void AddBlock() => _blocks.Add(new byte[_blocks.Count == 0 ? SmallestBlock : Math.Min(_blocks[^1].Length * 2, LargestBlock)]);

    // A place among the segments, from which they are read in order.
    private struct Reading(SegmentCollection segments, int group)
    {
        private SegmentPacking _packing;
        private (int Block, int Offset) _at;

        // How many stand before it.
        public int Read { get; private set; } = group * SegmentsOfGroup;

        public void Next(out TracedSegment segment)
        {
            if (Read % SegmentsOfGroup == 0)
            {
                _packing = default;
                _at = segments._groups[Read / SegmentsOfGroup];
            }
            else if (segments._blocks[_at.Block].Length - _at.Offset < SegmentPacking.MaxBytes)
            {
                _at = (_at.Block + 1, 0);
            }

            _at.Offset += _packing.Read(segments._blocks[_at.Block].AsSpan(_at.Offset), out segment);
            Read++;
        }
    }
}
