using Trama.Fleet.Holding;
using Trama.Fleet.Sending;
using Trama.Fleet.Tests;
using Trama.Rows.Tables;

namespace Trama.Hub.Tests;

/// <summary>Sensors, a broker and hubs, as processes of their own that are killed.</summary>
public sealed class FleetTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(50);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_row_is_stored_once_while_hub_and_broker_are_killed()
    {
        using var broker = new TestBroker(_folder["nats"]);
        TestHub hub = new(broker.Url, _folder["store"], "one");
        using var sensor = new TestSensor(broker.Url, _folder["sensor"], "sensor");
        int given = 0;
        Give(sensor, ref given, 2000);
        Assert.True(Wait(() => Stored().Count > 0), string.Join('\n', hub.Said));
        hub.Kill();
        hub.Dispose();
        Give(sensor, ref given, 2000);
        broker.Kill();
        Give(sensor, ref given, 2000);
        broker.Start();
        hub = new TestHub(broker.Url, _folder["store"], "two");
        Give(sensor, ref given, 2000);
        Assert.True(Wait(() => sensor.Spool.Waiting == 0 && Stored().Count >= given), string.Join('\n', hub.Said));
        hub.Dispose();
        Assert.Equal(Enumerable.Range(0, given).Select(number => (long)number), Stored().Order());
    }

    [Fact]
    public void A_hub_that_was_stopped_beyond_its_leases_and_goes_on_stores_nothing_twice()
    {
        using var broker = new TestBroker(_folder["nats"]);
        using var stopped = new TestHub(broker.Url, _folder["store"], "one");
        using var sensor = new TestSensor(broker.Url, _folder["sensor"], "sensor");
        int given = 0;
        Give(sensor, ref given, 500);
        Assert.True(Wait(() => Stored().Count > 0), string.Join('\n', stopped.Said));
        stopped.Signal("STOP");
        Give(sensor, ref given, 500);
        using var next = new TestHub(broker.Url, _folder["store"], "two");
        Assert.True(Wait(() => sensor.Spool.Waiting == 0 && Stored().Count >= given), string.Join('\n', next.Said));
        stopped.Signal("CONT");
        Give(sensor, ref given, 500);
        Assert.True(Wait(() => sensor.Spool.Waiting == 0 && Stored().Count >= given), string.Join('\n', stopped.Said));
        Assert.Equal(Enumerable.Range(0, given).Select(number => (long)number), Stored().Order());
    }

    [Fact]
    public void A_broker_that_lost_its_disk_loses_no_row()
    {
        var broker = new TestBroker(_folder["nats"]);
        using (var sensor = new TestSensor(broker.Url, _folder["sensor"], "sensor"))
        {
            int given = 0;
            using (var hub = new TestHub(broker.Url, _folder["store"], "one"))
            {
                Give(sensor, ref given, 500);
                Assert.True(Wait(() => Stored().Count >= given), string.Join('\n', hub.Said));
            }

            // The broker takes these, and no store does.
            Give(sensor, ref given, 500);
            Thread.Sleep(1000);
            broker.Dispose();
            Directory.Delete(_folder["nats"], recursive: true);
            broker.Start();
            using (var hub = new TestHub(broker.Url, _folder["store"], "two"))
                Assert.True(Wait(() => sensor.Spool.Waiting == 0 && Stored().Count >= given), string.Join('\n', hub.Said));
            Assert.Equal(Enumerable.Range(0, given).Select(number => (long)number), Stored().Order());
        }

        broker.Dispose();
    }

    [Fact]
    public void What_a_sensor_spooled_while_nobody_was_there_arrives_after_its_own_death()
    {
        int given = 0;
        string nobody = "nats://127.0.0.1:1";
        using (var sensor = new TestSensor(nobody, _folder["sensor"], "sensor"))
        {
            Give(sensor, ref given, 1000);
            sensor.Keep();
        }

        using var broker = new TestBroker(_folder["nats"]);
        using var hub = new TestHub(broker.Url, _folder["store"], "one");
        using var again = new TestSensor(broker.Url, _folder["sensor"], "sensor");
        Give(again, ref given, 1000);
        Assert.True(Wait(() => again.Spool.Waiting == 0 && Stored().Count >= given), string.Join('\n', hub.Said));
        Assert.Equal(Enumerable.Range(0, given).Select(number => (long)number), Stored().Order());
    }

    [Fact]
    public void What_a_full_spool_had_no_room_for_is_counted_and_told_by_the_lists()
    {
        long missing;
        using (var sensor = new TestSensor("nats://127.0.0.1:1", _folder["sensor"], "sensor", spool: 300 << 10))
        {
            TableOutput table = sensor.Outbox.Begin(FleetTable.Of(FleetKind.Findings)!);
            var random = new Random(1);
            byte[] text = new byte[30_000];
            while (sensor.Outbox.MissingRows == 0)
            {
                foreach (Column column in FleetTable.Of(FleetKind.Findings)!.Columns)
                {
                    random.NextBytes(text);
                    if (column.Kind == ColumnKind.Number) table.Add(1);
                    else table.AddName(column.Name == "text" ? Convert.ToBase64String(text) : "x");
                }

                table.EndRow();
                sensor.Keep();
            }

            missing = sensor.Outbox.MissingRows;
        }

        using var broker = new TestBroker(_folder["nats"]);
        using var hub = new TestHub(broker.Url, _folder["store"], "one");
        using var again = new TestSensor(broker.Url, _folder["sensor"], "sensor");
        Assert.True(Wait(() => again.Spool.Waiting == 0 && Stored().Count > 0), string.Join('\n', hub.Said));
        Assert.Equal(missing, Stored().Sum());
        string[] told = TestHub.List("verdicts", _folder["store"]);
        Assert.Contains(told, line => line.StartsWith($"gap: sensor lost {missing} findings", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_sensors_of_one_name_are_told_and_nothing_of_them_is_lost()
    {
        using var broker = new TestBroker(_folder["nats"]);
        using var hub = new TestHub(broker.Url, _folder["store"], "one");
        hub.Await("ready");
        using var sensor = new TestSensor(broker.Url, _folder["sensor"], "sensor");
        using var twin = new TestSensor(broker.Url, _folder["twin"], "sensor");
        int given = 0;
        foreach (TestSensor one in (TestSensor[])[sensor, twin, sensor, twin])
        {
            Give(one, ref given, 10);
            Assert.True(Wait(() => Stored().Count == given), string.Join('\n', hub.Said));
        }

        hub.Await("two sensors have the name sensor");
        Assert.Equal(Enumerable.Range(0, given).Select(number => (long)number), Stored().Order());
    }

    // Rows that are told apart by a number.
    private static void Give(TestSensor sensor, ref int given, int count)
    {
        TableOutput table = sensor.Outbox.Begin(FleetTable.Gaps);
        for (int i = 0; i < count; i++)
        {
            table.Add(1);
            table.Add(2);
            table.AddName("test");
            table.Add(given++);
            table.EndRow();
            if (i % 100 == 0) sensor.Keep();
        }
    }

    private List<long> Stored()
    {
        var rows = new List<long>();
        if (HeldReading.IsStore(_folder["store"])) HeldReading.Each(_folder["store"], FleetKind.Gaps, (_, row) =>
            rows.Add(row.Number("rows") ?? -1));
        return rows;
    }

    private static bool Wait(Func<bool> until) => SpinWait.SpinUntil(() =>
    {
        Thread.Sleep(100);
        return until();
    }, s_patience);
}
