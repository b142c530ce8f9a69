using Trama.Fleet.Holding;
using Trama.Fleet.Sending;
using Trama.Fleet.Tests.Sending;
using Trama.Rows.Parquet;
using Trama.Rows.Tables;

namespace Trama.Fleet.Tests.Holding;

public sealed class PartitionStoreTests : IDisposable
{
    private const long Spool = 0x5eed;

    private readonly TemporaryFolder _folder = new();
    private readonly SetClock _clock = new(DateTimeOffset.UtcNow);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_stored_is_recognised_after_a_restart_from_journals_and_from_footers()
    {
        using (PartitionStore store = Take(1))
        {
            Assert.True(Add(store, 1));
            Assert.True(Add(store, 2));
            Assert.False(Add(store, 2));
            store.Commit();
            store.Finish(all: true);
            Assert.True(Add(store, 4));
            store.Commit();
        }

        string table = Assert.Single(HeldReading.Tables(_folder.Path));
        Assert.Contains("1-2", FooterReader.Read(table, RowSchema.CaptureKey), StringComparison.Ordinal);
        Assert.Equal("gaps", FooterReader.Read(table, RowSchema.TableKey));
        using PartitionStore again = Take(2);
        Assert.Equal("1-2,4", again.Ranges.Of("a", Spool)!.ToString());
        Assert.False(Add(again, 2));
        Assert.False(Add(again, 4));
        Assert.True(Add(again, 3));
        again.Commit();
        Assert.Equal([3, 4], Sequences());
    }

    [Fact]
    public void Who_was_stopped_beyond_its_lease_and_goes_on_adds_nothing_that_counts()
    {
        using PartitionStore stopped = Take(1);
        Add(stopped, 1);
        stopped.Commit();
        // It has written this one and was stopped before it said so to the broker.
        Add(stopped, 2);
        using PartitionStore next = Take(2);
        Assert.Equal("1-2", next.Ranges.Of("a", Spool)!.ToString());
        Assert.Throws<LeaseLostException>(stopped.Commit);
        // Nor does what it writes now.
        Add(stopped, 3);
        Assert.Throws<LeaseLostException>(stopped.Commit);
        Assert.True(Add(next, 3));
        next.Commit();
        Assert.Equal([1, 2, 3], Sequences());
        Assert.Throws<LeaseLostException>(() => stopped.Finish(all: true));
        Assert.Equal([1, 2, 3], Sequences());
        next.Finish(all: true);
        using PartitionStore last = Take(3);
        Assert.Equal("1-3", last.Ranges.Of("a", Spool)!.ToString());
        Assert.Equal(3, HeldReading.Tables(_folder.Path).Sum(Rows));
    }

    [Fact]
    public void A_broker_that_counts_from_one_again_takes_nothing_from_the_store()
    {
        using (PartitionStore store = Take(900))
        {
            Add(store, 1);
            store.Commit();
        }

        using PartitionStore again = PartitionStore.Take(_folder.Path, 0, new Lease(7_000, 1), (_, _) => { }, _clock);
        Assert.Equal("1", again.Ranges.Of("a", Spool)!.ToString());
        Assert.False(Add(again, 1));
    }

    [Fact]
    public void A_journal_that_was_cut_is_read_as_far_as_it_is_whole()
    {
        using (PartitionStore store = Take(1))
        {
            Add(store, 1);
            Add(store, 2);
            store.Commit();
        }

        string journal = Directory.GetFiles(_folder["p00"], "*.rows").Single();
        using (FileStream cut = File.OpenWrite(journal)) cut.SetLength(cut.Length - 5);
        using PartitionStore again = Take(2);
        Assert.Equal("1", again.Ranges.Of("a", Spool)!.ToString());
        Assert.True(Add(again, 2));
        again.Commit();
        Assert.Equal([1, 2], Sequences());
    }

    private PartitionStore Take(ulong number) =>
        PartitionStore.Take(_folder.Path, 0, new Lease(5_000, number), (_, _) => { }, _clock);

    private static bool Add(PartitionStore store, long sequence)
    {
        var message = new FleetMessage(Spool, 0, sequence, FleetKind.Gaps, 1,
            FleetMessage.BodyOf(FleetTable.Gaps, FleetMessageTests.GapRows(1)));
        return store.Add(new HeldMessage("a", 77, (ulong)sequence, 1, message.ToBytes()), message);
    }

    private long[] Sequences()
    {
        var sequences = new List<long>();
        HeldReading.Messages(_folder.Path, (_, message) => sequences.Add(message.Sequence));
        return [.. sequences.Order()];
    }

    private static long Rows(string table)
    {
        string footer = FooterReader.Read(table, RowSchema.CaptureKey)!;
        return HeldRanges.Parse(footer)!.Of("a", Spool)!.Count;
    }
}
