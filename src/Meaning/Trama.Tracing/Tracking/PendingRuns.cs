using System.Buffers;

namespace Trama.Tracing.Tracking;

/// <summary>
/// Bytes of a stream that lie beyond a hole: runs in order, none overlapping another. Where segments overlap, the bytes seen
/// first stay.
/// </summary>
internal sealed class PendingRuns(BufferBudget budget)
{
    // What a run costs beside its bytes, so that a flood of tiny ones meets the limit too.
    private const int RunCost = 64;

    private readonly List<Run> _runs = [];
    private int _first;

    /// <summary>What all the runs cost, in bytes.</summary>
    public int Cost { get; private set; }

    public bool IsEmpty => _first == _runs.Count;

    /// <summary>The run nearest to the hole.</summary>
    public Run First => _runs[_first];

    /// <summary>Adds what is new of a piece of stream.</summary>
    /// <param name="start">Its offset in the stream.</param>
    /// <param name="bytes">Its captured bytes.</param>
    /// <param name="wireLength">Its length; what exceeds <paramref name="bytes"/> was cut off.</param>
    /// <param name="packet">The packet that carried it.</param>
    /// <param name="contradicted">How many bytes differ from those already there.</param>
    /// <returns>How many sequence numbers are new.</returns>
    public int Add(long start, ReadOnlySpan<byte> bytes, int wireLength, PacketStamp packet, out int contradicted)
    {
        contradicted = 0;
        int added = 0;
        long end = start + wireLength;
        int index = Find(start);
        long position = start;
        while (position < end)
        {
            if (index == _runs.Count || _runs[index].Start >= end)
            {
                Insert(index, position, Part(bytes, start, position, end), (int)(end - position), packet);
                return added + (int)(end - position);
            }

            Run run = _runs[index];
            if (run.Start > position)
            {
                Insert(index, position, Part(bytes, start, position, run.Start), (int)(run.Start - position), packet);
                added += (int)(run.Start - position);
                position = run.Start;
                index++;
            }

            contradicted += Differences(run, position, Part(bytes, start, position, end));
            position = Math.Max(position, run.End);
            index++;
        }

        return added;
    }

    /// <summary>Whether every byte from one offset to another is there.</summary>
    public bool Covers(long start, long end)
    {
        for (int index = Find(start); start < end; index++)
        {
            if (index == _runs.Count || _runs[index].Start > start) return false;
            start = _runs[index].End;
        }

        return true;
    }

    /// <summary>Takes the first run out; it is to be given back with <see cref="Release"/>.</summary>
    public Run Take()
    {
        Run run = _runs[_first];
        _runs[_first++] = default;
        if (_first == _runs.Count || _first > 64 && _first * 2 > _runs.Count)
        {
            _runs.RemoveRange(0, _first);
            _first = 0;
        }

        return run;
    }

    /// <summary>Gives a run's memory back.</summary>
    public void Release(in Run run)
    {
        int cost = run.BufferLength + RunCost;
        Cost -= cost;
        budget.Release(cost);
        if (run.Buffer.Length > 0) ArrayPool<byte>.Shared.Return(run.Buffer);
    }

    // The first run that ends after the offset.
    private int Find(long offset)
    {
        int low = _first, high = _runs.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_runs[middle].End <= offset) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private void Insert(int index, long start, ReadOnlySpan<byte> bytes, int wireLength, PacketStamp packet)
    {
        byte[] buffer = bytes.IsEmpty ? [] : ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(buffer);
        _runs.Insert(index, new Run(start, wireLength, buffer, bytes.Length, packet));
        Cost += bytes.Length + RunCost;
        budget.Take(bytes.Length + RunCost);
    }

    private static int Differences(in Run run, long position, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> kept = run.Bytes;
        int skip = (int)Math.Min(position - run.Start, kept.Length);
        kept = kept[skip..];
        int count = Math.Min(kept.Length, bytes.Length);
        int differences = 0;
        if (kept[..count].SequenceEqual(bytes[..count])) return 0;
        for (int i = 0; i < count; i++)
            if (kept[i] != bytes[i]) differences++;
        return differences;
    }

    // The captured bytes of the piece of stream from one offset to another.
    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> bytes, long start, long from, long to)
    {
        int first = (int)Math.Min(from - start, bytes.Length);
        int last = (int)Math.Min(to - start, bytes.Length);
        return bytes[first..last];
    }

    /// <summary>A piece of stream without holes.</summary>
    internal readonly record struct Run(long Start, int WireLength, byte[] Buffer, int BufferLength, PacketStamp Packet)
    {
        public long End => Start + WireLength;

        public ReadOnlySpan<byte> Bytes => Buffer.AsSpan(0, BufferLength);
    }
}
