using System.Diagnostics;
using System.Text;
using Trama.Captures;
using Trama.Diagnosis;
using Trama.Fleet.Headers;
using Trama.Fleet.Sending;
using Trama.Fleet.Sensing;
using Trama.Fleet.Storing;
using Trama.Fleet.Tickets;
using Trama.Packets;
using Trama.Reports.Findings;
using Trama.Tracing;
using Record = Trama.Packets.Record;

namespace Trama.Hub.Tests;

/// <summary>What <c>trama watch --to</c> is made of, fed with captures instead of a device.</summary>
internal sealed class TestSensor : IDisposable
{
    private static readonly TicketKeys s_keys = new(Encoding.ASCII.GetBytes("the key of a fleet in a test, 32+"));

    private readonly IDisposable _held;
    private readonly CourierLink _link;
    private readonly HeaderRing _ring;
    private readonly Timer _upkeep;

    public TestSensor(string broker, string folder, string name, long spool = 256 << 20, params string[] more)
    {
        StoreFolder store = StoreFolder.Take(folder, out _held);
        Spool = new Spool(Path.Combine(folder, "spool"), spool);
        Outbox = new Outbox(Spool, name, TimeProvider.System);
        _ring = new HeaderRing(store, 1 << 30);
        _link = new CourierLink(Spool, store, new ProcessStartInfo(TestHub.Program, ["courier", "--nats", broker, "--name", name,
            "--lang", "en", .. more]))
        {
            Asked = _ring.Keep,
            Told = text =>
            {
                lock (Told) Told.Add(text);
            },
        };
        _link.Begin();
        _upkeep = new Timer(_ => Keep(), null, 200, 200);
    }

    public Spool Spool { get; }

    public Outbox Outbox { get; }

    /// <summary>How many couriers it has had.</summary>
    public int Couriers => _link.Started;

    /// <summary>What it said of hubs.</summary>
    public List<string> Told { get; } = [];

    /// <summary>How far its clock is ahead, in nanoseconds.</summary>
    public long ClockNs { get; init; }

    /// <summary>Waits until it says a text.</summary>
    public void Await(string text) => Assert.True(SpinWait.SpinUntil(() =>
    {
        Thread.Sleep(50);
        lock (Told) return Told.Exists(told => told.Contains(text, StringComparison.Ordinal));
    }, TimeSpan.FromSeconds(50)), $"{text}: {string.Join('\n', Told)}");

    public void Keep()
    {
        lock (_link) _link.Send(Outbox.Keep());
    }

    /// <summary>Sees a capture, as a run that began at <paramref name="runAt"/>.</summary>
    public void See(string path, long runAt) => Begin(path, runAt, long.MaxValue)();

    /// <summary>Sees a capture up to a packet, and a minute more; what is given back sees the rest.</summary>
    public Action Begin(string path, long runAt, long packets)
    {
        var judged = new JudgedConnections();
        var sink = new SensorSink(Outbox, s_keys, judged.FindingsOf, finding => finding.Id.ToString(), runAt, 1_000_000_000, 10);
        judged.Report = sink;
        var tracker = new ConnectionTracker(Diagnoser.Options with { KeptSegments = 1, KeepWords = true }, judged);
        CaptureFile file = CaptureFile.Open(path);
        long at = 0;
        Read(packets);
        if (packets < long.MaxValue) sink.Look(at + 60_000_000_000);
        return () =>
        {
            Read(long.MaxValue);
            tracker.Complete();
            sink.Complete();
            file.Dispose();
        };

        void Read(long most)
        {
            for (; most > 0 && file.TryRead(out Record read); most--) Take(read);
        }

        void Take(in Record read)
        {
            var record = new Record(new Timestamp(read.Timestamp.Nanoseconds + ClockNs), read.LinkType, read.Bytes, read.OriginalLength,
                read.InterfaceId);
            at = record.Timestamp.Nanoseconds;
            _ring.Add(record);
            tracker.Observe(record);
        }
    }

    public void Dispose()
    {
        using (var done = new ManualResetEvent(false))
        {
            _upkeep.Dispose(done);
            done.WaitOne();
        }

        _link.Dispose();
        Spool.Dispose();
        _ring.Dispose();
        _held.Dispose();
    }
}
