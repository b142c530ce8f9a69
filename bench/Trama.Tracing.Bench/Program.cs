using System.Diagnostics;
using System.Globalization;
using Trama.Captures;
using Trama.Diagnosis;
using Trama.Framing;
using Trama.Packets;
using Trama.Packets.Transport;
using Trama.Tracing;
using Trama.Tracing.Bench;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["capture", var path, var exchanges]:
        PingCapture.Write(path, int.Parse(exchanges), connections: 50);
        return 0;
    case ["trace", var path, ..]:
        Report(Trace(path, new TracingOptions { Framing = args is [_, _, "turns"] ? FramingRule.Turns : FramingRule.Auto },
            new Counting()));
        return 0;
    case ["diagnose", var path]:
        Report(Trace(path, Diagnoser.Options, new Diagnoser()));
        return 0;
    case ["flood", var count]:
        Report(Flood(int.Parse(count), new TracingOptions(), new Counting()));
        return 0;
    case ["flood", var count, "diagnose"]:
        Report(Flood(int.Parse(count), Diagnoser.Options, new Diagnoser()));
        return 0;
    default:
        Console.Error.WriteLine("capture FILE EXCHANGES | trace FILE [turns] | diagnose FILE | flood SYNS [diagnose]");
        return 2;
}

static (CaptureTotals Totals, TimeSpan Time, long Allocated, ITraceSink Sink) Trace(string path, TracingOptions options, ITraceSink sink)
{
    var tracker = new ConnectionTracker(options, sink);
    long allocated = GC.GetTotalAllocatedBytes(precise: true);
    var clock = Stopwatch.StartNew();
    using (var file = CaptureFile.Open(path))
    {
        while (file.TryRead(out Record record)) tracker.Observe(record);
    }

    tracker.Complete();
    return (tracker.Totals, clock.Elapsed, GC.GetTotalAllocatedBytes(precise: true) - allocated, sink);
}

// SYNs from ever new addresses and ports, each answered, none acknowledged.
static (CaptureTotals Totals, TimeSpan Time, long Allocated, ITraceSink Sink) Flood(int count, TracingOptions options, ITraceSink sink)
{
    var tracker = new ConnectionTracker(options, sink);
    long allocated = GC.GetTotalAllocatedBytes(precise: true);
    var clock = Stopwatch.StartNew();
    Span<byte> frame = stackalloc byte[128];
    for (uint i = 0; i < count; i++)
    {
        var at = new Timestamp(1_700_000_000_000_000_000 + i * 1000);
        uint client = 0x0b000000 + i / 50_000;
        ushort port = (ushort)(1024 + i % 50_000);
        int length = Frames.Write(frame, client, port, 0x0a000002, 80, i, 0, TcpFlags.Syn, default, 0);
        tracker.Observe(new Record(at, LinkType.Ethernet, frame[..length], length));
        length = Frames.Write(frame, 0x0a000002, 80, client, port, i, i + 1, TcpFlags.Syn | TcpFlags.Ack, default, 0);
        tracker.Observe(new Record(at, LinkType.Ethernet, frame[..length], length));
    }

    tracker.Complete();
    return (tracker.Totals, clock.Elapsed, GC.GetTotalAllocatedBytes(precise: true) - allocated, sink);
}

static void Report((CaptureTotals Totals, TimeSpan Time, long Allocated, ITraceSink Sink) run)
{
    using var self = Process.GetCurrentProcess();
    Console.WriteLine(
        $"{run.Totals.Packets} packets, {run.Totals.Connections} connections, {Found(run)}; "
        + $"{run.Time.TotalSeconds:F3} s, {run.Totals.Packets / run.Time.TotalSeconds / 1e6:F2} million packets/s; "
        + $"{(double)run.Allocated / run.Totals.Packets:F1} bytes allocated a packet; peak {self.PeakWorkingSet64 >> 20} MiB; "
        + $"processor {self.TotalProcessorTime.TotalSeconds:F2} s; {run.Totals.EvictedConnections} let go at the limit");
}

static string Found((CaptureTotals Totals, TimeSpan Time, long Allocated, ITraceSink Sink) run) => run.Sink switch
{
    Counting counting => $"{counting.Exchanges} exchanges, {counting.ServerNs / 1e9:F3} s of server time",
    Diagnoser diagnoser => diagnoser.Conclude(run.Totals) is { Verdict: { } verdict } ? $"verdict {verdict.Finding.Id}" : "no verdict",
    _ => "",
};

internal sealed class Counting : ITraceSink
{
    public long Exchanges { get; private set; }

    public long ServerNs { get; private set; }

    void ITraceSink.ExchangeCompleted(Connection connection, Exchange exchange)
    {
        Exchanges++;
        ServerNs += exchange.ServerNs ?? 0;
    }
}
