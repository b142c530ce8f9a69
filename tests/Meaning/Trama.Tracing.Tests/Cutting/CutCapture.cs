using Trama.Captures;
using Trama.Packets;
using Record = Trama.Packets.Record;

namespace Trama.Tracing.Tests.Cutting;

/// <summary>A capture out of which packets are cut: what is said of the rest may be less, and never something else.</summary>
/// <param name="path">The capture.</param>
/// <param name="options">How it is traced.</param>
internal sealed class CutCapture(string path, TracingOptions options)
{
    // In a large capture so many packets are removed, and so many beginnings cut off, evenly spread.
    private const int MostCuts = 400;

    private readonly List<KeptRecord> _records = Read(path);

    /// <summary>What is said of the whole capture.</summary>
    public IReadOnlyList<SeenExchange> Whole => field ??= Seen([.. Enumerable.Range(0, _records.Count)]);

    /// <summary>Removes every packet in turn.</summary>
    public CutCount WithoutEach()
    {
        var count = new CutCount();
        foreach (int removed in Spread())
        {
            int[] kept = [.. Enumerable.Range(0, _records.Count).Where(packet => packet != removed)];
            count.Compare($"without {removed + 1}", Whole, Seen(kept), truth => truth.Last < removed || truth.First > removed);
        }

        return count;
    }

    /// <summary>Cuts off the first packets, from one to all but one.</summary>
    public CutCount WithoutFirst()
    {
        var count = new CutCount();
        foreach (int first in Spread().Where(first => first > 0))
            count.Compare($"from {first + 1}", Whole, Seen([.. Enumerable.Range(first, _records.Count - first)]), truth =>
                truth.First >= first);
        return count;
    }

    private IEnumerable<int> Spread() =>
        Enumerable.Range(0, _records.Count).Where(packet => packet % Math.Max(1, _records.Count / MostCuts) == 0);

    private List<SeenExchange> Seen(int[] kept)
    {
        var sink = new Listener();
        var tracker = new ConnectionTracker(options, sink);
        foreach (int packet in kept) _records[packet].GiveTo(tracker);
        tracker.Complete();
        return [.. sink.Told.Select(told => SeenExchange.Of(told.Connection, told.Exchange, kept))];
    }

    private static List<KeptRecord> Read(string path)
    {
        var records = new List<KeptRecord>();
        using var file = CaptureFile.Open(path);
        while (file.TryRead(out Record record))
            records.Add(new KeptRecord(record.Timestamp, record.LinkType, record.Bytes.ToArray(), record.OriginalLength));
        return records;
    }

    private sealed record KeptRecord(Timestamp At, LinkType LinkType, byte[] Bytes, int OriginalLength)
    {
        public void GiveTo(ConnectionTracker tracker) => tracker.Observe(new Record(At, LinkType, Bytes, OriginalLength));
    }

    private sealed class Listener : ITraceSink
    {
        public List<(Connection Connection, Exchange Exchange)> Told { get; } = [];

        public void ExchangeCompleted(Connection connection, Exchange exchange) => Told.Add((connection, exchange));
    }
}
