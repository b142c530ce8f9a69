using Trama.Captures;
using Trama.Tracing.Tests.Accuracy;

namespace Trama.Tracing.Tests;

public class HostileCaptureTests
{
    [Theory]
    [InlineData("captures/hostile")]
    [InlineData("captures/lower-layers")]
    public void Every_capture_ends_in_connections_that_end(string folder)
    {
        int captures = 0;
        var options = new TracingOptions { KeepExchanges = true, KeptSegments = 100, Digests = true };
        foreach (string path in Directory.EnumerateFiles(TestData.Shared(folder)).Order(StringComparer.Ordinal))
        {
            if (path.EndsWith(".gz", StringComparison.Ordinal) || path.EndsWith(".txt", StringComparison.Ordinal)) continue;
            RecordedTrace trace;
            try
            {
                trace = RecordedTrace.Of(path, options);
            }
            catch (CaptureException)
            {
                continue;
            }

            captures++;
            Assert.Equal(trace.Connections.Count, trace.EndedConnections);
            Assert.True(trace.Connections.Sum(c => c.ToServer.Packets + c.ToClient.Packets) <= trace.Totals.Packets, path);
        }

        Assert.NotEqual(0, captures);
    }

    [Fact]
    public void Damaged_packets_never_break_the_tracker()
    {
        string[] captures = [.. Directory.EnumerateFiles(TestData.Shared("captures/tcp"), "*.conv.json")
            .Select(c => c[..^".conv.json".Length]).Order(StringComparer.Ordinal)];
        var random = new Random(20_260);
        foreach (string path in captures)
        {
            if (new FileInfo(path).Length > 100_000) continue;
            var sink = new RecordedTrace();
            var tracker = new ConnectionTracker(new TracingOptions
            { KeepExchanges = true, KeptSegments = 100, MaxOutOfOrderBytes = 20_000 }, sink);
            using var file = CaptureFile.Open(path);
            while (file.TryRead(out Packets.Record record))
            {
                byte[] bytes = record.Bytes.ToArray();
                for (int i = random.Next(4); i > 0 && bytes.Length > 0; i--) bytes[random.Next(Math.Min(bytes.Length, 80))] =
                    (byte)random.Next(256);
                int kept = random.Next(8) == 0 ? random.Next(bytes.Length + 1) : bytes.Length;
                tracker.Observe(new Packets.Record(record.Timestamp, record.LinkType, bytes.AsSpan(0, kept), record.OriginalLength));
            }

            tracker.Complete();
            Assert.Equal(sink.Connections.Count, sink.EndedConnections);
        }
    }
}
