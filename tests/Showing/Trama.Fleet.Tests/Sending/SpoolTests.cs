using Trama.Fleet.Sending;

namespace Trama.Fleet.Tests.Sending;

public sealed class SpoolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_a_store_holds_goes_and_the_rest_is_there_after_a_restart_with_the_same_numbers()
    {
        long incarnation;
        using (var spool = new Spool(_folder["spool"], 64 << 20))
        {
            incarnation = spool.Incarnation;
            for (int i = 0; i < 10; i++) Assert.True(spool.TryAdd(i % 2, FleetKind.Gaps, 1, [1, 2, (byte)i]));
            Assert.Equal(10, spool.Keep().Count);
            Assert.Empty(spool.Keep());
            spool.Stored(incarnation, 0, Ranges(1, 3));
            spool.Stored(incarnation + 2, 1, Ranges(1, 5));
            Assert.Equal(7, spool.Waiting);
        }

        // What it was told of is a copy: after a restart it asks again for all that its files have.
        using var again = new Spool(_folder["spool"], 64 << 20);
        Assert.Equal(incarnation, again.Incarnation);
        IReadOnlyList<SpooledMessage> left = again.Keep();
        Assert.Equal(10, left.Count);
        Assert.True(FleetMessage.TryRead(again.Read(left[9]), out FleetMessage last));
        Assert.Equal((1, 5L, (byte)9), (last.Partition, last.Sequence, last.Body.Span[2]));
        again.Stored(incarnation, 0, Ranges(1, 5));
        again.Stored(incarnation, 1, Ranges(1, 5));
        Assert.Equal((6, 1), (again.Next(1), again.Next(7)));
        Assert.True(again.TryAdd(1, FleetKind.Gaps, 1, [0]));
        Assert.Equal(6, Assert.Single(again.Keep()).Sequence);
    }

    [Fact]
    public void Numbers_are_not_given_twice_when_all_of_its_files_could_go()
    {
        using (var spool = new Spool(_folder["spool"], 8 << 20))
        {
            for (int i = 0; i < 40; i++) Assert.True(spool.TryAdd(3, FleetKind.Gaps, 1, new byte[64 << 10]));
            spool.Keep();
            Assert.True(Directory.GetFiles(_folder["spool"]).Length > 3);
            spool.Stored(spool.Incarnation, 3, Ranges(1, 40));
            Assert.Equal(0, spool.Waiting);
            Assert.Single(Directory.GetFiles(_folder["spool"]));
        }

        using var again = new Spool(_folder["spool"], 8 << 20);
        Assert.True(again.TryAdd(3, FleetKind.Gaps, 1, [0]));
        Assert.Equal(41, Assert.Single(again.Keep()).Sequence);
    }

    [Fact]
    public void A_file_that_was_cut_loses_what_was_never_sent_and_no_more()
    {
        using (var spool = new Spool(_folder["spool"], 8 << 20))
        {
            for (int i = 0; i < 3; i++) spool.TryAdd(0, FleetKind.Gaps, 1, new byte[100]);
        }

        string file = Directory.GetFiles(_folder["spool"]).Single();
        using (FileStream cut = File.OpenWrite(file)) cut.SetLength(cut.Length - 30);
        using var again = new Spool(_folder["spool"], 8 << 20);
        Assert.Equal(2, again.Waiting);
        Assert.True(again.DamagedBytes > 0);
        Assert.True(again.TryAdd(0, FleetKind.Gaps, 1, [0]));
        Assert.Equal([1, 2, 3], again.Keep().Select(message => message.Sequence));
    }

    [Fact]
    public void A_full_spool_counts_what_it_cannot_take_and_tells_of_it_when_there_is_room()
    {
        using var spool = new Spool(_folder["spool"], 300 << 10);
        var outbox = new Outbox(spool, "a", new SetClock(DateTimeOffset.UnixEpoch.AddSeconds(1)));
        var table = outbox.Begin(FleetTable.Sketches);
        long rows = 0;
        var random = new Random(1);
        byte[] text = new byte[30_000];
        while (outbox.MissingRows == 0)
        {
            for (int i = 0; i < 4; i++, rows++)
            {
                table.Add(rows);
                foreach (int _ in Enumerable.Range(0, 3)) table.AddName("x");
                foreach (int _ in Enumerable.Range(0, 3)) table.Add(1);
                random.NextBytes(text);
                table.AddName(Convert.ToBase64String(text));
                table.EndRow();
            }

            outbox.Keep();
        }

        // What is small may find room still.
        spool.Stored(spool.Incarnation, Outbox.PartitionOf("a"), Ranges(1, 2));
        outbox.Keep();
        SpooledMessage told = Assert.Single(spool.All(), message => message.Kind == FleetKind.Gaps);
        FleetMessage.TryRead(spool.Read(told), out FleetMessage gap);
        ReadRow.Each(gap.Journal()!, (_, row) => Assert.Equal(("sketches", outbox.MissingRows, 1_000_000_000L),
            (row.Text("kind"), row.Number("rows") ?? 0, row.Number("from") ?? 0)));
        Assert.Equal(4, outbox.MissingRows);
    }

    private static RangeSet Ranges(long first, long last)
    {
        var set = new RangeSet();
        set.Add(first, last);
        return set;
    }
}
