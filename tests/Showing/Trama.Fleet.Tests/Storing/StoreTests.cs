using CsCheck;
using Trama.Fleet.Storing;
using Trama.Rows.Tables;

namespace Trama.Fleet.Tests.Storing;

/// <summary>Each row is in the store once, whatever happens to who writes it.</summary>
public sealed class StoreTests
{
    private static readonly DateTimeOffset s_begin = new(2026, 11, 28, 22, 59, 0, TimeSpan.Zero);

    private enum Step
    {
        Write,
        Keep,
        HourPasses,
        ClockGoesBack,
        Finish,
        Crash,
        Look,
    }

    [Fact]
    public async Task Rows_are_there_once_after_crashes_hours_and_jumps_of_the_clock() =>
        await Gen.Enum<Step>().Array[5, 60].SampleAsync(async steps =>
        {
            using var folder = new TemporaryFolder();
            var clock = new SetClock(s_begin);
            StoreFolder place = StoreFolder.Take(folder["store"], out IDisposable held);
            var store = new StoreWriter(place, new StoreLimits(), clock);
            TableOutput rows = store.Begin(RowSchema.Tables[0]);
            List<long> kept = [], unkept = [];
            long next = 0;
            foreach (Step step in steps)
            {
                switch (step)
                {
                    case Step.Write:
                        Write(rows, ++next);
                        unkept.Add(next);
                        break;
                    case Step.Keep:
                        store.Keep();
                        kept.AddRange(unkept);
                        unkept.Clear();
                        break;
                    case Step.HourPasses: clock.Now += TimeSpan.FromHours(1); break;
                    case Step.ClockGoesBack: clock.Now -= TimeSpan.FromHours(2); break;
                    case Step.Finish: store.Finish(); break;
                    case Step.Crash:
                        // Nobody says good-bye; what was not kept is lost.
                        held.Dispose();
                        place = StoreFolder.Take(folder["store"], out held);
                        store = new StoreWriter(place, new StoreLimits(), clock);
                        rows = store.Begin(RowSchema.Tables[0]);
                        unkept.Clear();
                        break;
                    default:
                        Assert.Equal(kept, await IdsAsync(place));
                        break;
                }
            }

            store.Keep();
            kept.AddRange(unkept);
            Assert.Equal(kept, await IdsAsync(place));
            clock.Now += TimeSpan.FromHours(200);
            store.Finish();
            // The last journal is still open; a run that comes after finishes it.
            store.Dispose();
            held.Dispose();
            place = StoreFolder.Take(folder["store"], out held);
            using (held)
            {
                new StoreWriter(place, new StoreLimits(), clock).Finish();
                Assert.Empty(Directory.EnumerateFiles(place.Journals));
                Assert.Equal(kept, await IdsAsync(place));
            }
        }, iter: 40, threads: 1);

    [Fact]
    public async Task Who_looks_while_it_is_written_and_finished_sees_each_row_once()
    {
        using var folder = new TemporaryFolder();
        var clock = new SetClock(s_begin);
        StoreFolder place = StoreFolder.Take(folder["store"], out IDisposable held);
        using (held)
        {
            // Hours pass here as fast as they can be written; none is to be too old.
            using var store = new StoreWriter(place, new StoreLimits { Age = TimeSpan.FromDays(36_500) }, clock);
            TableOutput rows = store.Begin(RowSchema.Tables[0]);
            using var stop = new CancellationTokenSource();
            long written = 0;
            Task writing = Task.Run(() =>
            {
                while (!stop.IsCancellationRequested)
                {
                    for (int i = 0; i < 50; i++) Write(rows, written + i + 1);
                    store.Keep();
                    Interlocked.Add(ref written, 50);
                    clock.Now += TimeSpan.FromMinutes(20);
                    store.Finish();
                }
            }, TestContext.Current.CancellationToken);
            for (int look = 0; look < 30; look++)
            {
                long before = Interlocked.Read(ref written);
                List<long> seen = await IdsAsync(place);
                Assert.True(seen.Count >= before, $"{seen.Count} of {before}");
                Assert.Equal(Enumerable.Range(1, seen.Count).Select(id => (long)id), seen);
            }

            await stop.CancelAsync();
            await writing;
        }
    }

    [Fact]
    public async Task What_is_old_or_too_much_goes()
    {
        using var folder = new TemporaryFolder();
        var clock = new SetClock(s_begin);
        StoreFolder place = StoreFolder.Take(folder["store"], out IDisposable held);
        using (held)
        {
            var limits = new StoreLimits { Age = TimeSpan.FromHours(3) };
            using var store = new StoreWriter(place, limits, clock);
            TableOutput rows = store.Begin(RowSchema.Tables[0]);
            for (int hour = 1; hour <= 6; hour++)
            {
                Write(rows, hour);
                store.Keep();
                clock.Now += TimeSpan.FromHours(1);
                store.Finish();
            }

            Assert.Equal([4, 5, 6], await IdsAsync(place));
            // What is gone is there once more, for who is about to open it.
            store.Finish();
            Assert.Equal(Manifest.Read(place.Root).Tables.Count, Directory.EnumerateFiles(place.Tables).Count());
            long bytes = Directory.EnumerateFiles(place.Tables).Sum(path => new FileInfo(path).Length);
            using var less = new StoreWriter(place, limits with { Bytes = bytes - 1 }, clock);
            less.Finish();
            Assert.DoesNotContain(4, await IdsAsync(place));
            less.Finish();
            Assert.Equal(Manifest.Read(place.Root).Tables.Count, Directory.EnumerateFiles(place.Tables).Count());
        }
    }

    [Fact]
    public void Findings_go_last_and_the_room_that_is_needed_is_told()
    {
        using var folder = new TemporaryFolder();
        var clock = new SetClock(s_begin);
        StoreFolder place = StoreFolder.Take(folder["store"], out IDisposable held);
        using (held)
        {
            var limits = new StoreLimits { Age = TimeSpan.FromHours(100) };
            using (var store = new StoreWriter(place, limits, clock))
            {
                TableOutput exchanges = store.Begin(RowSchema.Tables[0]), findings = store.Begin(RowSchema.Findings);
                for (int hour = 1; hour <= 4; hour++)
                {
                    Write(exchanges, hour);
                    Write(findings, RowSchema.Findings, hour);
                    store.Keep();
                    clock.Now += TimeSpan.FromHours(1);
                    store.Finish();
                }
            }

            // What was written last is over, too, once another goes on.
            using (var next = new StoreWriter(place, limits, clock)) next.Finish();
            StoredFile[] tables = [.. Manifest.Read(place.Root).Tables];
            long ofFindings = tables.Where(table => table.Table == RowSchema.Findings.Name).Sum(table => table.Bytes);
            long ofHour = tables.Where(table => table.LastAt == tables.Max(other => other.LastAt)).Sum(table => table.Bytes);
            using var less = new StoreWriter(place, limits with { Bytes = ofFindings + 1 }, clock);
            Assert.Equal((double)tables.Sum(table => table.Bytes) / (ofFindings + 1), less.Taken, 6);
            Assert.Equal(ofHour * 100.0 / (ofFindings + 1), less.Needed(TimeSpan.FromHours(1)), 6);
            less.Finish();
            Assert.Equal(4, Manifest.Read(place.Root).Tables.Count(table => table.Table == RowSchema.Findings.Name));
            Assert.Equal(4, Manifest.Read(place.Root).Tables.Count);
        }
    }

    [Fact]
    public void A_journal_of_a_newer_version_is_put_aside_and_told()
    {
        using var folder = new TemporaryFolder();
        var clock = new SetClock(s_begin);
        StoreFolder place = StoreFolder.Take(folder["store"], out IDisposable held);
        using (held)
        {
            string journal = Path.Combine(place.Journals, "20261127T10-000000001.rows");
            using (var file = new Rows.Journals.FrameFile(journal)) file.Append("trama rows\n\u007f"u8.ToArray());
            var told = new List<(StoreEvent, string)>();
            using var store = new StoreWriter(place, new StoreLimits(), clock) { Told = (what, path) => told.Add((what, path)) };
            store.Finish();
            string aside = Path.Combine(place.Aside, Path.GetFileName(journal));
            Assert.Equal([(StoreEvent.SetAside, aside)], told);
            Assert.True(File.Exists(aside));
            Assert.False(File.Exists(journal));
        }
    }

    [Fact]
    public async Task A_journal_with_a_changed_bit_loses_that_frame_is_told_and_put_aside_where_room_is_made()
    {
        using var folder = new TemporaryFolder();
        var clock = new SetClock(s_begin);
        StoreFolder place = StoreFolder.Take(folder["store"], out IDisposable held);
        using (held)
        {
            var told = new List<StoreEvent>();
            using var store = new StoreWriter(place, new StoreLimits { AsideBytes = 1 }, clock) { Told = (what, _) => told.Add(what) };
            TableOutput rows = store.Begin(RowSchema.Tables[0]);
            for (int hour = 0; hour < 2; hour++)
            {
                for (int id = 1; id <= 3; id++)
                {
                    Write(rows, (hour * 10) + id);
                    store.Keep();
                }

                string journal = Directory.EnumerateFiles(place.Journals).Order(StringComparer.Ordinal).Last();
                byte[] bytes = await File.ReadAllBytesAsync(journal, TestContext.Current.CancellationToken);
                bytes[bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes($"GET /{(hour * 10) + 2}"))] ^= 1;
                await File.WriteAllBytesAsync(journal, bytes, TestContext.Current.CancellationToken);
                clock.Now += TimeSpan.FromHours(1);
                Write(rows, (hour * 10) + 9);
                store.Keep();
                store.Finish();
            }

            Assert.Equal([1, 3, 9, 11, 13, 19], await IdsAsync(place));
            Assert.Equal([StoreEvent.SetAside, StoreEvent.SetAside], told);
            Assert.Single(Directory.EnumerateFiles(place.Aside));
        }
    }

    [Fact]
    public async Task For_how_many_an_exchange_stands_is_kept_with_it()
    {
        using var folder = new TemporaryFolder();
        StoreFolder place = StoreFolder.Take(folder["store"], out IDisposable held);
        using (held)
        {
            using var store = new StoreWriter(place, new StoreLimits(), new SetClock(s_begin));
            TableOutput rows = store.Begin(RowSchema.Tables[0]);
            foreach (int share in (int[])[1, 8])
            {
                store.StandsFor = share;
                Write(rows, share);
            }

            store.Keep();
            using StoreSnapshot snapshot = StoreSnapshot.Take(place);
            await using FileStream file = File.OpenRead(snapshot.Files.Single(path => path.Contains("exchanges", StringComparison.Ordinal)));
            Assert.Equal([1L, 8L], (await ParquetRows.ReadAsync(file)).Select(row => (long)row[StoredTable.StandsFor]!));
        }
    }

    [Fact]
    public async Task A_journal_that_is_begun_while_the_hour_before_is_finished_is_not_over()
    {
        using var folder = new TemporaryFolder();
        var clock = new AskedClock(s_begin);
        StoreFolder place = StoreFolder.Take(folder["store"], out IDisposable held);
        using (held)
        {
            using var store = new StoreWriter(place, new StoreLimits(), clock);
            TableOutput rows = store.Begin(RowSchema.Tables[0]);
            Write(rows, 1);
            store.Keep();
            clock.Asked = () =>
            {
                clock.Now += TimeSpan.FromHours(1);
                Write(rows, 2);
                store.Keep();
            };
            store.Finish();
            Write(rows, 3);
            store.Keep();
            Assert.Equal([1, 2, 3], await IdsAsync(place));
        }
    }

    [Fact]
    public void What_is_taken_away_while_it_is_written_is_told_once()
    {
        using var folder = new TemporaryFolder();
        StoreFolder place = StoreFolder.Take(folder["store"], out IDisposable held);
        using (held)
        {
            var told = new List<StoreEvent>();
            using var store = new StoreWriter(place, new StoreLimits(), new SetClock(s_begin)) { Told = (what, _) => told.Add(what) };
            TableOutput rows = store.Begin(RowSchema.Tables[0]);
            Write(rows, 1);
            store.Keep();
            Directory.Delete(place.Root, recursive: true);
            for (int id = 2; id <= 3; id++)
            {
                Write(rows, id);
                store.Keep();
                store.Finish();
            }

            Assert.Equal([StoreEvent.NotWritten, StoreEvent.NotFinished], told);
            Assert.Equal(2, store.LostRows);
        }
    }

    [Fact]
    public void What_is_lost_until_the_end_is_noted_then()
    {
        using var folder = new TemporaryFolder();
        StoreFolder place = StoreFolder.Take(folder["store"], out IDisposable held);
        using (held)
        {
            using (var store = new StoreWriter(place, new StoreLimits(), new SetClock(s_begin)))
            {
                TableOutput rows = store.Begin(RowSchema.Tables[0]);
                Directory.Delete(place.Journals);
                Write(rows, 1);
                store.Keep();
            }

            Assert.Equal(1, Assert.Single(Manifest.Read(place.Root).Gaps).Rows);
        }
    }

    private static void Write(TableOutput rows, long id) => Write(rows, RowSchema.Tables[0], id);

    private static void Write(TableOutput rows, TableSchema schema, long id)
    {
        foreach (Column column in schema.Columns)
        {
            switch (column.Kind)
            {
                case ColumnKind.Number: rows.Add(column.Name == "index" ? id : null); break;
                case ColumnKind.Flag: rows.Add((bool?)null); break;
                default: rows.AddName(column.Name == "operation" ? $"GET /{id}" : null); break;
            }
        }

        rows.EndRow();
    }

    private static async Task<List<long>> IdsAsync(StoreFolder place)
    {
        using StoreSnapshot snapshot = StoreSnapshot.Take(place);
        var ids = new List<long>();
        foreach (string path in snapshot.Files.Where(path => path.Contains("exchanges", StringComparison.Ordinal)))
        {
            await using FileStream file = File.OpenRead(path);
            ids.AddRange((await ParquetRows.ReadAsync(file)).Select(row => (long)row["index"]!));
        }

        ids.Sort();
        return ids;
    }

    /// <summary>A clock while whose answer something happens, once.</summary>
    private sealed class AskedClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public Action? Asked { get; set; }

        public override DateTimeOffset GetUtcNow()
        {
            (DateTimeOffset answer, Action? asked) = (Now, Asked);
            Asked = null;
            asked?.Invoke();
            return answer;
        }
    }
}
