using NATS.Client.Core;
using NATS.Client.JetStream;
using Trama.Fleet.Holding;
using Trama.Fleet.Sending;
using Trama.Fleet.Tests;
using Trama.Rows.Journals;
using Trama.Rows.Tables;

namespace Trama.Hub.Tests;

/// <summary>What sensors of the version before and of the next one send to a hub.</summary>
public sealed class VersionTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(50);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Columns_of_other_versions_are_absent_or_skipped_and_what_nobody_knows_yet_lies_aside()
    {
        using var broker = new TestBroker(_folder["nats"]);
        using var hub = new TestHub(broker.Url, _folder["store"], "one");
        hub.Await("ready");
        byte[] own = Message(1, FleetKind.Gaps, FleetTable.Gaps.Columns, 10),
            older = Message(2, FleetKind.Gaps, [.. FleetTable.Gaps.Columns.Where(column => column.Name != "to")], 20),
            newer = Message(3, FleetKind.Gaps, [.. FleetTable.Gaps.Columns, new Column("why", ColumnKind.Text)], 30),
            unknown = Message(4, (FleetKind)99, [new Column("what", ColumnKind.Text)], 40);
        byte[] other = [.. own];
        other[0]++;
        await using (var connection = new NatsConnection(new NatsOpts { Url = broker.Url }))
        {
            var context = new NatsJSContext(connection);
            foreach (byte[] message in (byte[][])[own, older, newer, unknown, other])
                (await context.PublishAsync("trama.00.gaps.sensor", message, cancellationToken: TestContext.Current.CancellationToken))
                    .EnsureSuccess();
        }

        Assert.True(SpinWait.SpinUntil(() =>
        {
            Thread.Sleep(100);
            return Stored().Count == 3 && Rejected() is { Length: > 0 } aside && aside.AsSpan().IndexOf(other) > 0;
        }, s_patience), string.Join('\n', hub.Said));
        hub.End();
        Assert.Equal([(10L, 2L), (20L, null), (30L, 2L)], Stored());
        Assert.Contains(hub.Said, line => line.Contains(" 2 rejected", StringComparison.Ordinal));
        Assert.True(Rejected().AsSpan().IndexOf(unknown) > 0);
        Assert.StartsWith("gap: sensor lost 10 test", Assert.Single(TestHub.List("gaps", _folder["store"]), line =>
            line.Contains(" 10 ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static byte[] Message(long sequence, FleetKind kind, IReadOnlyList<Column> columns, long rows)
    {
        var schema = new OtherTable(kind == FleetKind.Gaps ? "gaps" : "what", columns);
        var written = new MemoryStream();
        var table = new JournalTable(0, row => written.Write(row.Span));
        foreach (Column column in columns)
        {
            if (column.Kind == ColumnKind.Text) table.AddName("test");
            else table.Add(column.Name == "rows" ? rows : 2);
        }

        table.EndRow();
        return new FleetMessage(7, 0, sequence, kind, 1, FleetMessage.BodyOf(schema, written.ToArray())).ToBytes();
    }

    private List<(long, long?)> Stored()
    {
        var rows = new List<(long, long?)>();
        if (HeldReading.IsStore(_folder["store"])) HeldReading.Each(_folder["store"], FleetKind.Gaps, (_, row) =>
            rows.Add((row.Number("rows") ?? -1, row.Number("to"))));
        rows.Sort();
        return rows;
    }

    private byte[] Rejected() => [.. Directory.GetFiles(_folder["store"], "*.rejected", SearchOption.AllDirectories)
        .SelectMany(File.ReadAllBytes)];

    private sealed class OtherTable(string name, IReadOnlyList<Column> columns) : TableSchema
    {
        public override string Name => name;

        public override IReadOnlyList<Column> Columns => columns;
    }
}
