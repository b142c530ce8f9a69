using System.Text.Json;
using Trama.Captures;
using Trama.Tracing.Joining;

namespace Trama.Tracing.Tests.Joining;

/// <summary>One labelled experiment: both captures, and what really happened.</summary>
internal sealed class FaultCase(string folder)
{
    private static readonly TracingOptions s_options = new() { KeepExchanges = true, KeptSegments = 1 << 16 };

    public string Name => Path.GetRelativePath(TestData.Shared("faults"), folder);

    public JsonElement Truth { get; } = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "truth.json"))).RootElement;

    public string Label => Truth.GetProperty("label").GetString()!;

    public VantagePoint Client => Read(Path.Combine(folder, "client.pcap"));

    public VantagePoint Server => Read(Path.Combine(folder, "server.pcap"));

    public static IEnumerable<FaultCase> All =>
        Directory.EnumerateFiles(TestData.Shared("faults"), "truth.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => new FaultCase(Path.GetDirectoryName(path)!));

    /// <summary>Reads a capture file; its clock may be changed on the way.</summary>
    public static VantagePoint Read(string path, Func<Packets.Timestamp, Packets.Timestamp>? clock = null)
    {
        var vantage = new VantagePoint();
        var tracker = new ConnectionTracker(s_options, vantage);
        using (var file = CaptureFile.Open(path))
        {
            while (file.TryRead(out Packets.Record record))
                tracker.Observe(clock is null ? record : new Packets.Record(clock(record.Timestamp), record.LinkType, record.Bytes,
                    record.OriginalLength, record.InterfaceId));
        }

        tracker.Complete();
        vantage.Totals = tracker.Totals;
        return vantage;
    }
}
