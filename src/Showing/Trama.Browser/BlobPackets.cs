using Trama.Captures;
using Trama.Packets;
using Trama.Reports.Browsing;

namespace Trama.Browser;

/// <summary>Gives packets of dropped files again: by where they stand, or, where a file is compressed, by reading it once more.</summary>
internal sealed class BlobPackets : IRecordedPackets
{
    private readonly List<(long First, CaptureRecords? Records, RecordStarts Starts, Func<Stream> Again)> _files = [];

    /// <summary>A file is read from now on.</summary>
    /// <param name="file">The file.</param>
    /// <param name="first">The number of its first packet.</param>
    /// <param name="again">Opens it again.</param>
    public void Begin(CaptureFile file, long first, Func<Stream> again) =>
        _files.Add((first, CaptureRecords.Open(file, again()), new RecordStarts(), again));

    /// <summary>A packet was read.</summary>
    public void Note(CaptureFile file, long number) => _files[^1].Starts.Note(number - _files[^1].First, file.RecordStart);

    /// <inheritdoc/>
    public void Read(IReadOnlyList<long> numbers, NumberedRecord take, CancellationToken stop)
    {
        for (int i = 0; i < _files.Count; i++)
        {
            // Behind the last packet there is none, however long one looks.
            long end = _files[i].First + _files[i].Starts.End;
            long[] wanted = [.. numbers.Where(number => number >= _files[i].First && number < end)];
            if (wanted.Length == 0) continue;
            (long first, CaptureRecords? records, RecordStarts starts, Func<Stream> again) = _files[i];
            if (records is null || Array.Exists(wanted, number => !starts.TryGet(number - first, out _)))
            {
                ReadThrough(again, first, wanted, take);
                continue;
            }

            foreach (long number in wanted)
                if (starts.TryGet(number - first, out long start) && records.TryRead(start, out Record record)) take(record, number);
        }
    }

    private static void ReadThrough(Func<Stream> again, long first, long[] numbers, NumberedRecord take)
    {
        using CaptureFile file = CaptureFile.Open(again());
        long number = first;
        for (int next = 0; next < numbers.Length && file.TryRead(out Record record); number++)
        {
            if (number != numbers[next]) continue;
            take(record, number);
            next++;
        }
    }
}
