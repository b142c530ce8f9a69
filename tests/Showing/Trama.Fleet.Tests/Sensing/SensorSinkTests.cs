using System.Text;
using Trama.Captures;
using Trama.Diagnosis;
using Trama.Fleet.Sending;
using Trama.Fleet.Sensing;
using Trama.Fleet.Tickets;
using Trama.Reports.Findings;
using Trama.Tracing;
using Record = Trama.Packets.Record;

namespace Trama.Fleet.Tests.Sensing;

/// <summary>What a sensor publishes while a connection is open, and when it ended.</summary>
public sealed class SensorSinkTests : IDisposable
{
    private const long TenSeconds = 10_000_000_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(40, 3)]
    [InlineData(1, 0)]
    [InlineData(int.MaxValue, 0)]
    public void A_connection_is_told_of_once_while_it_is_under_way_and_once_when_it_ended(int packets, int early)
    {
        using var spool = new Spool(_folder["spool"], 1 << 20);
        var outbox = new Outbox(spool, "sensor", TimeProvider.System);
        var judged = new JudgedConnections();
        using var sink = new SensorSink(outbox, new TicketKeys(Encoding.ASCII.GetBytes(new string('k', 32))), judged.FindingsOf,
            finding => finding.Id.ToString(), 1, TenSeconds, 10);
        judged.Report = sink;
        var tracker = new ConnectionTracker(Diagnoser.Options with { KeptSegments = 1, KeepWords = true }, judged);
        using (CaptureFile file = CaptureFile.Open(TestData.Shared("faults/packet-loss/single-1/client.pcap")))
        {
            long at = 0;
            while (packets-- > 0 && file.TryRead(out Record record))
            {
                tracker.Observe(record);
                at = record.Timestamp.Nanoseconds;
            }

            // Not before its time, and then once.
            sink.Look(at + 1);
            Assert.Empty(Tickets());
            sink.Look(at + TenSeconds);
            Assert.Equal(Enumerable.Repeat(true, early), Tickets());
            sink.Look(at + (2 * TenSeconds));
            Assert.Empty(Tickets());
            while (file.TryRead(out Record record)) tracker.Observe(record);
        }

        tracker.Complete();
        sink.Look(long.MaxValue);
        Assert.Equal(Enumerable.Repeat(false, 4), Tickets());

        List<bool> Tickets()
        {
            var tickets = new List<bool>();
            foreach (SpooledMessage message in outbox.Keep())
            {
                if (spool.Read(message) is not { } bytes || !FleetMessage.TryRead(bytes, out FleetMessage read)) continue;
                ReadRow.Each(read.Journal()!, (table, row) =>
                {
                    if (table.Kind == FleetKind.Tickets) tickets.Add(row.Number("early") == 1);
                });
            }

            return tickets;
        }
    }
}
