using Trama.Captures;
using Trama.Captures.Filters;
using Trama.Packets;
using Trama.Reports.Browsing;

namespace Trama.Cli.Capturing;

/// <summary>
/// Gives packets of an input again: of a file by where they stand in it, or, where it is compressed, by reading it once more; of a
/// device or a pipe the latest, from memory.
/// </summary>
internal sealed class PacketsAgain : IRecordedPackets, IDisposable
{
    private const int RecentBytes = 64 << 20;

    // Replaced as a whole: another thread may be reading.
    private volatile Source[] _sources = [];
    private RecentRecords? _recent;
    private FileStream? _copy;

    /// <summary>A file is read from now on.</summary>
    public void Begin(CaptureFile file, string path)
    {
        long first = _sources is [.., var last] ? last.End : 1;
        if (path == "-") BeginRecent();
        else _sources = [.. _sources, new Source(path, CaptureRecords.Open(file, path)) { First = first }];
    }

    /// <summary>What can be read only once is read from now on, in a copy that is gone with this.</summary>
    /// <exception cref="IOException">It cannot be copied.</exception>
    public CaptureFile BeginCopy(Stream packets)
    {
        string path = Path.GetTempFileName();
        _copy = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 64 * 1024,
            FileOptions.DeleteOnClose);
        packets.CopyTo(_copy);
        _copy.Flush();
        CaptureFile file = CaptureFile.Open(path);
        Begin(file, path);
        return file;
    }

    /// <summary>A device or a pipe is read from now on.</summary>
    public void BeginRecent() => _recent ??= new RecentRecords(RecentBytes);

    /// <summary>Packets pass a filter before they are counted.</summary>
    public void Filter(PacketFilter? filter)
    {
        if (_sources.Length > 0) _sources[^1].Filter = filter;
    }

    /// <summary>A packet was read.</summary>
    /// <param name="file">The file; null for a device.</param>
    /// <param name="record">The packet.</param>
    /// <param name="number">Its number.</param>
    public void Note(CaptureFile? file, in Record record, long number)
    {
        if (_recent is { } recent) recent.Add(record, number);
        else _sources[^1].Starts.Note(number - _sources[^1].First, file?.RecordStart ?? -1);
    }

    /// <inheritdoc/>
    public void Read(IReadOnlyList<long> numbers, NumberedRecord take, CancellationToken stop)
    {
        if (_recent is { } recent)
        {
            foreach (long number in numbers)
                if (recent.TryRead(number, out Record record)) take(record, number);
            return;
        }

        Source[] sources = _sources;
        for (int i = 0; i < numbers.Count && !stop.IsCancellationRequested;)
        {
            int source = Array.FindLastIndex(sources, other => other.First <= numbers[i]), end = i;
            if (source < 0) return;
            // Behind the last packet there is none, however long one looks.
            long last = sources[source].End;
            if (numbers[i] >= last) return;
            while (end < numbers.Count && numbers[end] < last) end++;
            Read(sources[source], [.. numbers.Skip(i).Take(end - i)], take, stop);
            i = end;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Source source in _sources) source.Records?.Dispose();
        _copy?.Dispose();
    }

    private static void Read(Source source, long[] numbers, NumberedRecord take, CancellationToken stop)
    {
        if (source.Records is not { } records || Array.Exists(numbers, number => !source.Starts.TryGet(number - source.First, out _)))
        {
            ReadThrough(source, numbers, take, stop);
            return;
        }

        foreach (long number in numbers)
        {
            if (stop.IsCancellationRequested) return;
            if (source.Starts.TryGet(number - source.First, out long start) && records.TryRead(start, out Record record))
                take(record, number);
        }
    }

    private static void ReadThrough(Source source, long[] numbers, NumberedRecord take, CancellationToken stop)
    {
        CaptureFile opened;
        try
        {
            opened = CaptureFile.Open(source.Path);
        }
        catch (CaptureException)
        {
            // It is gone; its packets are, too.
            return;
        }

        using CaptureFile file = opened;
        long number = source.First - 1;
        for (int next = 0; next < numbers.Length && !stop.IsCancellationRequested && file.TryRead(out Record record);)
        {
            if (source.Filter?.Matches(record) == false || ++number != numbers[next]) continue;
            take(record, number);
            next++;
        }
    }

    private sealed class Source(string path, CaptureRecords? records)
    {
        public string Path { get; } = path;

        public CaptureRecords? Records { get; } = records;

        /// <summary>The number of its first packet.</summary>
        public long First { get; init; }

        /// <summary>The number after that of its last packet, as far as it is read.</summary>
        public long End => First + Starts.End;

        /// <summary>Where its packets stand, by their numbers from 0 in it.</summary>
        public RecordStarts Starts { get; } = new();

        public PacketFilter? Filter { get; set; }
    }
}
