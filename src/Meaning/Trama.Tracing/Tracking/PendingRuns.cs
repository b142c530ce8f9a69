using System.Buffers;

namespace Trama.Tracing.Tracking;

/// <summary>
/// Bytes of a stream that lie beyond a hole: runs in order, none overlapping another. Where segments overlap, the bytes seen
/// first stay.
/// </summary>
internal sealed class PendingRuns
{
    // What a run costs beside its bytes, so that a flood of tiny ones meets the limit too.
    private const int RunCost = 64;

    // Whether so many small runs cover a segment is not asked any further: only a flood of them would.
    private const int MostRunsAsked = 1024;

    private readonly Order _order;
    private readonly SortedSet<Run> _runs;
    private readonly BufferBudget _budget;

    /// <summary>Starts without runs.</summary>
    /// <param name="budget">What all streams together may keep.</param>
    public PendingRuns(BufferBudget budget)
    {
        _budget = budget;
        _order = new Order();
        _runs = new SortedSet<Run>(_order);
    }

    /// <summary>What all the runs cost, in bytes.</summary>
    public int Cost { get; private set; }

    /// <summary>How many comparisons of runs were made: the steps that adding and finding took.</summary>
    public long Steps => _order.Comparisons;

    public bool IsEmpty => _runs.Count == 0;

    /// <summary>The run nearest to the hole.</summary>
    public Run First => _runs.Min;

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
        for (long position = start; position < end;)
        {
            bool isFound = TryFindFirst(position, end, out Run run);
            long gapEnd = isFound ? run.Start : end;
            if (gapEnd > position)
            {
                Insert(position, Part(bytes, start, position, gapEnd), (int)(gapEnd - position), packet);
                added += (int)(gapEnd - position);
                position = gapEnd;
            }

            if (!isFound) break;
            contradicted += Differences(run, position, Part(bytes, start, position, end));
            position = run.End;
        }

        return added;
    }

    /// <summary>Whether every byte from one offset to another is there.</summary>
    public bool Covers(long start, long end)
    {
        for (int asked = 0; start < end; asked++)
        {
            if (asked == MostRunsAsked || !_runs.TryGetValue(Run.Between(start, start + 1), out Run run)) return false;
            start = run.End;
        }

        return true;
    }

    /// <summary>Takes the first run out; it is to be given back with <see cref="Release"/>.</summary>
    public Run Take()
    {
        Run run = First;
        _runs.Remove(run);
        return run;
    }

    /// <summary>Gives a run's memory back.</summary>
    public void Release(in Run run)
    {
        int cost = run.BufferLength + RunCost;
        Cost -= cost;
        _budget.Release(cost);
        if (run.Buffer.Length > 0) ArrayPool<byte>.Shared.Return(run.Buffer);
    }

    // The first run that has a byte between two offsets. The set finds any one, and then any one before it: each time another half is
    // out.
    private bool TryFindFirst(long start, long end, out Run first)
    {
        if (!_runs.TryGetValue(Run.Between(start, end), out first)) return false;
        while (first.Start > start && _runs.TryGetValue(Run.Between(start, first.Start), out Run earlier)) first = earlier;
        return true;
    }

    private void Insert(long start, ReadOnlySpan<byte> bytes, int wireLength, PacketStamp packet)
    {
        byte[] buffer = bytes.IsEmpty ? [] : ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(buffer);
        _runs.Add(new Run(start, wireLength, buffer, bytes.Length, packet));
        Cost += bytes.Length + RunCost;
        _budget.Take(bytes.Length + RunCost);
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

        /// <summary>What is equal, by <see cref="Order"/>, to every run that has a byte between two offsets.</summary>
        public static Run Between(long start, long end) => new(start, (int)(end - start), [], 0, default);
    }

    // Runs that overlap are equal: so a tree of runs, which never do, finds what a piece of stream meets.
    private sealed class Order : IComparer<Run>
    {
        public long Comparisons { get; private set; }

        public int Compare(Run x, Run y)
        {
            Comparisons++;
            return x.End <= y.Start ? -1 : x.Start >= y.End ? 1 : 0;
        }
    }
}
