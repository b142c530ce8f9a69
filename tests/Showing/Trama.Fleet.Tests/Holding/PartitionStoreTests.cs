using Trama.Fleet.Holding;
using Trama.Fleet.Sending;
using Trama.Fleet.Storing;
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

        string table = Assert.Single(Tables());
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
        Assert.Equal(3, Tables().Sum(Rows));
    }

    [Fact]
    public void A_broker_that_counts_from_one_again_takes_nothing_from_the_store()
    {
        using (PartitionStore store = Take(900))
        {
            Add(store, 1);
            store.Commit();
        }

        using PartitionStore again = PartitionStore.Take(_folder.Path, 0, new Lease(7_000, 1), new StoreLimits(), (_, _) => { }, _clock);
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

    [Fact]
    public void Tables_that_are_too_old_go_and_what_was_in_them_is_not_stored_again()
    {
        var limits = new StoreLimits { Age = TimeSpan.FromDays(3) };
        using (PartitionStore store = Take(1, limits))
        {
            Add(store, 1);
            store.Commit();
            store.Finish(all: true);
            _clock.Now += TimeSpan.FromDays(4);
            Add(store, 2);
            store.Commit();
            // Who read the manifest before may be about to open it: it goes the next time.
            store.Finish();
            Assert.Single(Directory.GetFiles(_folder["p00"], "*.parquet"));
            Assert.Empty(Tables());
            store.Finish();
            Assert.Empty(Directory.GetFiles(_folder["p00"], "*.parquet"));
            Assert.False(Add(store, 1));
        }

        using PartitionStore again = Take(2, limits);
        Assert.Equal("1-2", again.Ranges.Of("a", Spool)!.ToString());
        Assert.False(Add(again, 1));
    }

    [Fact]
    public void Where_there_is_no_room_the_earliest_tables_go()
    {
        using PartitionStore store = Take(1);
        var made = new List<string>();
        for (int sequence = 1; sequence <= 4; sequence++)
        {
            Add(store, sequence);
            store.Commit();
            store.Finish(all: true);
            made.Add(Directory.GetFiles(_folder["p00"], "*.parquet").Except(made).Single());
            File.SetLastWriteTimeUtc(made[^1], DateTime.UtcNow.AddHours(sequence - 10));
        }

        // Of the whole store a partition has an eighth.
        using PartitionStore small = Take(2, new StoreLimits { Bytes = 8 * made.TakeLast(2).Sum(table => new FileInfo(table).Length) });
        small.Finish();
        Assert.Equal(made.TakeLast(2), Tables());
        Assert.Equal("1-4", small.Ranges.Of("a", Spool)!.ToString());
        using PartitionStore again = Take(3);
        Assert.Equal(2, Directory.GetFiles(_folder["p00"], "*.parquet").Length);
        Assert.Equal("1-4", again.Ranges.Of("a", Spool)!.ToString());
    }

    [Fact]
    public void Whoever_was_stopped_while_tables_go_takes_none_from_the_next_one()
    {
        using PartitionStore stopped = Take(1, new StoreLimits { Age = TimeSpan.FromDays(3) });
        Add(stopped, 1);
        stopped.Commit();
        stopped.Finish(all: true);
        using PartitionStore next = Take(2);
        _clock.Now += TimeSpan.FromDays(4);
        Assert.Throws<LeaseLostException>(() => stopped.Finish());
        Assert.Equal(1, Rows(Assert.Single(Tables())));
    }

    private IReadOnlyList<string> Tables() => HeldReading.Messages(_folder.Path, (_, _) => { });

    private PartitionStore Take(ulong number, StoreLimits? limits = null) =>
        PartitionStore.Take(_folder.Path, 0, new Lease(5_000, number), limits ?? new StoreLimits(), (_, _) => { }, _clock);

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
