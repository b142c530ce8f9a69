using System.Diagnostics;
using NATS.Client.Core;
using NATS.Client.JetStream;
using Trama.Fleet.Holding;
using Trama.Fleet.Sending;
using Trama.Fleet.Tests;
using Trama.Rows.Tables;

namespace Trama.Hub.Tests;

/// <summary>What a hub makes of messages, folders, disks and clocks that are not as they should be.</summary>
public sealed class BadInputTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(50);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_cannot_be_read_is_put_aside_as_it_came_and_counted()
    {
        using var broker = new TestBroker(_folder["nats"]);
        using var hub = new TestHub(broker.Url, _folder["store"], "one");
        hub.Await("ready");
        byte[] junk = "no message"u8.ToArray();
        // The frame of a message, and in it what says that it is a gigabyte.
        byte[] large = new FleetMessage(7, 0, 1, FleetKind.Gaps, 1,
            new byte[] { 0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0x40, 1, 0, 0 }).ToBytes();
        byte[] elsewhere = new FleetMessage(7, 1, 1, FleetKind.Gaps, 1, default).ToBytes();
        await using (var connection = new NatsConnection(new NatsOpts { Url = broker.Url }))
        {
            var context = new NatsJSContext(connection);
            foreach (byte[] bad in (byte[][])[junk, large, elsewhere, []])
                (await context.PublishAsync("trama.00.gaps.bad", bad, cancellationToken: TestContext.Current.CancellationToken))
                    .EnsureSuccess();
        }

        using (var sensor = new TestSensor(broker.Url, _folder["sensor"], "sensor"))
        {
            Give(sensor, 0, 100);
            Assert.True(Wait(() => sensor.Spool.Waiting == 0 && Stored().Count == 100), string.Join('\n', hub.Said));
        }

        Assert.True(Wait(() => Rejected().Length > large.Length + junk.Length), string.Join('\n', hub.Said));
        hub.End();
        Assert.Contains(hub.Said, line => line.Contains(" 4 rejected", StringComparison.Ordinal));
        byte[] aside = Rejected();
        Assert.True(aside.AsSpan().IndexOf(junk) > 0);
        Assert.True(aside.AsSpan().IndexOf(large) > 0);
        // The place of one that could be told is taken: its sensor need not send it for ever.
        Assert.Equal(100, Stored().Count);
    }

    [Fact]
    public void A_partition_of_a_newer_version_is_left_alone_and_told()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder["store"], "p03")).FullName;
        string manifest = Path.Combine(folder, "0000000000000001-0000000000000001.manifest.json");
        File.WriteAllText(manifest, "{\"version\": 99, \"tables\": [], \"journals\": {}, \"finished\": []}");
        using var broker = new TestBroker(_folder["nats"]);
        using var hub = new TestHub(broker.Url, _folder["store"], "one");
        hub.Await($"{manifest} was written by a newer trama");
        using var sensor = new TestSensor(broker.Url, _folder["sensor"], Names(partition => partition != 3));
        Give(sensor, 0, 100);
        Assert.True(Wait(() => sensor.Spool.Waiting == 0), string.Join('\n', hub.Said));
        Assert.Contains("99", File.ReadAllText(manifest), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder, "*.rows"));
    }

    [Fact]
    public void A_full_disk_is_told_and_what_comes_waits_until_there_is_room()
    {
        string store = Directory.CreateDirectory(_folder["store"]).FullName, filler = Path.Combine(store, "filler");
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", store), "this user may not mount");
        try
        {
            using var broker = new TestBroker(_folder["nats"]);
            using var hub = new TestHub(broker.Url, store, "one");
            using var sensor = new TestSensor(broker.Url, _folder["sensor"], "sensor");
            Give(sensor, 0, 100);
            Assert.True(Wait(() => sensor.Spool.Waiting == 0), string.Join('\n', hub.Said));
            using (FileStream full = File.Create(filler, 1))
            {
                try
                {
                    for (byte[] bytes = new byte[4096]; ;) full.Write(bytes);
                }
                catch (IOException)
                {
                    // Now it is.
                }
            }

            Give(sensor, 100, 30_000);
            hub.Await("No space left");
            Assert.True(sensor.Spool.Waiting > 0);
            File.Delete(filler);
            Assert.True(Wait(() => sensor.Spool.Waiting == 0), string.Join('\n', hub.Said));
            Assert.Equal(Enumerable.Range(0, 30_100).Select(number => (long)number), Stored().Order());
            // It was tried every few seconds, and told once.
            lock (hub.Said) Assert.Single(hub.Said, line => line.Contains("No space left", StringComparison.Ordinal));
        }
        finally
        {
            Run("umount", "-l", store);
        }
    }

    [Fact]
    public void A_clock_that_is_an_hour_off_is_told_and_its_connections_are_joined_all_the_same()
    {
        const long hour = 3_600_000_000_000;
        string faults = TestData.Shared("faults/packet-loss/single-1");
        using var broker = new TestBroker(_folder["nats"]);
        using var hub = new TestHub(broker.Url, _folder["store"], "hub");
        using var client = new TestSensor(broker.Url, _folder["client"], "client");
        using var server = new TestSensor(broker.Url, _folder["server"], "server") { ClockNs = hour };
        client.See(Path.Combine(faults, "client.pcap"), 1);
        server.See(Path.Combine(faults, "server.pcap"), 1);
        var verdicts = new List<(string Id, long Clock)>();
        Assert.True(Wait(() =>
        {
            verdicts.Clear();
            if (HeldReading.IsStore(_folder["store"])) HeldReading.Each(_folder["store"], FleetKind.Verdicts, (_, row) =>
                verdicts.Add((row.Text("id"), row.Number("clockNs") ?? 0)));
            return verdicts.Count > 0;
        }), string.Join('\n', hub.Said));
        Assert.Equal("packet-loss", Assert.Single(verdicts).Id);
        Assert.InRange(verdicts[0].Clock, hour - 1_000_000_000, hour + 1_000_000_000);
        Assert.Contains(TestHub.List("verdicts", _folder["store"]), line =>
            line.Contains("[server: 3600.0 s ahead]", StringComparison.Ordinal));
    }

    private static void Give(TestSensor sensor, int from, int count)
    {
        TableOutput table = sensor.Outbox.Begin(FleetTable.Gaps);
        for (int i = 0; i < count; i++)
        {
            table.Add(1);
            table.Add(2);
            // As a random text, it takes its room.
            table.AddName(Guid.NewGuid().ToString());
            table.Add(from + i);
            table.EndRow();
        }

        sensor.Keep();
    }

    private List<long> Stored()
    {
        var rows = new List<long>();
        if (HeldReading.IsStore(_folder["store"])) HeldReading.Each(_folder["store"], FleetKind.Gaps, (_, row) =>
            rows.Add(row.Number("rows") ?? -1));
        return rows;
    }

    private byte[] Rejected() => [.. Directory.GetFiles(_folder["store"], "*.rejected", SearchOption.AllDirectories)
        .SelectMany(File.ReadAllBytes)];

    private static string Names(Func<int, bool> isWanted) => Enumerable.Range(0, 100).Select(number => $"sensor{number}")
        .First(name => isWanted(Outbox.PartitionOf(name)));

    private static bool Run(string program, params string[] args)
    {
        using Process process = Process.Start(new ProcessStartInfo(TestData.Program(program), args) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static bool Wait(Func<bool> until) => SpinWait.SpinUntil(() =>
    {
        Thread.Sleep(100);
        return until();
    }, s_patience);
}
