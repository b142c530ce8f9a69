using Trama.Fleet.Holding;
using Trama.Fleet.Sending;
using Trama.Fleet.Storing;
using Trama.Rows.Sql;
using Trama.Rows.Tests;

namespace Trama.Fleet.Tests.Holding;

/// <summary>A hub's store, part of which is tables and part journals, as lists and questions read it.</summary>
public sealed class HeldReadingTests : IClassFixture<InstalledDuckdb>, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly InstalledDuckdb _duckdb;

    public HeldReadingTests(InstalledDuckdb duckdb) => _duckdb = duckdb;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_of_tables_and_of_journals_are_read_each_once()
    {
        Store();
        var read = new List<string>();
        Assert.True(HeldReading.Each(_folder.Path, FleetKind.Gaps, (sensor, row) =>
            read.Add($"{sensor} {row.Number("from")} {row.Text("kind")} {row.Number("rows")}")));
        Assert.Equal(["a 1 tickets 10", "a 2 tickets 20", "b 3 tickets 30"], read.Order());
        var since = new List<long?>();
        Assert.True(HeldReading.Each(_folder.Path, FleetKind.Gaps, (_, row) => since.Add(row.Number("rows")), since: 200));
        Assert.Equal([20, 30], since.Order());
        var counted = new Dictionary<string, (long, long)>();
        Assert.True(HeldReading.Count(_folder.Path, (sensor, rows, last) =>
        {
            (long before, long at) = counted.GetValueOrDefault(sensor);
            counted[sensor] = (before + rows, Math.Max(at, last));
        }));
        Assert.Equal([("a", (2, 200)), ("b", (1, 300))], counted.Select(one => (one.Key, one.Value)).Order());
    }

    [Fact]
    public void A_snapshot_has_all_tables_and_says_what_is_missing()
    {
        Store();
        using StoreSnapshot snapshot = HeldSnapshot.Take(_folder.Path);
        Assert.Equal([10, 20, 30], snapshot.Gaps.Select(gap => gap.Rows).Order());
        using var database = new RowDatabase(snapshot.Files, 1 << 30, tellsSource: false);
        Assert.Equal("60", Ask(database, "SELECT sum(rows) FROM gaps"));
        Assert.Equal("0", Ask(database, """
            SELECT count(*) FROM exchanges e LEFT JOIN connections c ON c.id = e.connection AND c.runAt = e.runAt WHERE e.sensor = 'a'
            """));
        Assert.Equal("0", Ask(database, "SELECT (SELECT count(*) FROM verdicts) + (SELECT count(*) FROM pairs)"));
        Assert.NotNull(_duckdb);
    }

    [Fact]
    public void Another_folder_is_no_store_of_a_hub()
    {
        StoreException error = Assert.Throws<StoreException>(() => HeldSnapshot.Take(_folder.Path));
        Assert.Equal(StoreFault.NoHub, error.Fault);
    }

    // One row in a table, two in journals, of two partitions.
    private void Store()
    {
        using (PartitionStore store = Take(0))
        {
            Add(store, "a", 0, 1, 100);
            store.Commit();
            store.Finish(all: true);
            Add(store, "a", 0, 2, 200);
            store.Commit();
        }

        using PartitionStore other = Take(5);
        Add(other, "b", 5, 3, 300);
        other.Commit();
    }

    private PartitionStore Take(int partition) => PartitionStore.Take(_folder.Path, partition, new Lease(1, 1), new StoreLimits(),
        (_, _) => { }, TimeProvider.System);

    private static void Add(PartitionStore store, string sensor, int partition, long number, long arrivedAt)
    {
        var rows = new MemoryStream();
        var table = new Rows.Journals.JournalTable(0, row => rows.Write(row.Span));
        table.Add(number);
        table.Add(number + 1);
        table.AddName("tickets");
        table.Add(10 * number);
        table.EndRow();
        var message = new FleetMessage(7, partition, number, FleetKind.Gaps, 1, FleetMessage.BodyOf(FleetTable.Gaps, rows.ToArray()));
        Assert.True(store.Add(new HeldMessage(sensor, 77, (ulong)number, arrivedAt, message.ToBytes()), message));
    }

    private static string Ask(RowDatabase database, string sql)
    {
        var answer = new OneValue();
        database.Ask(sql, new QueryLimits(TimeSpan.FromMinutes(1), 1 << 30) { GiveUp = _ => { } }, answer);
        return answer.Value;
    }

    private sealed class OneValue : IAnswer
    {
        public string Value { get; private set; } = "";

        public void Begin(IReadOnlyList<ResultColumn> columns) => Assert.Single(columns);

        public void Row(in ResultRow row) =>
            Value = row.TryGet(0, out ReadOnlySpan<byte> text) ? System.Text.Encoding.UTF8.GetString(text) : "";

        public void End()
        {
            // The last row is the answer.
        }
    }
}
