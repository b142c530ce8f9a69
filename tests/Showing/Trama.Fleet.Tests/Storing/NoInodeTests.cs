using System.Diagnostics;
using Trama.Fleet.Storing;
using Trama.Rows.Tables;

namespace Trama.Fleet.Tests.Storing;

/// <summary>A disk that has room and no free inode: only what begins a file fails.</summary>
public sealed class NoInodeTests
{
    private readonly List<StoreEvent> _told = [];

    [Fact]
    public void An_hour_that_cannot_begin_loses_its_rows_is_told_and_begins_once_it_can()
    {
        using var folder = new TemporaryFolder();
        string disk = Directory.CreateDirectory(folder["disk"]).FullName, filler = Path.Combine(disk, "filler");
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=16m,nr_inodes=40", "tmpfs", disk) == 0, "this user may not mount");
        try
        {
            var clock = new SetClock(new DateTimeOffset(2026, 11, 28, 22, 59, 0, TimeSpan.Zero));
            StoreFolder place = StoreFolder.Take(Path.Combine(disk, "store"), out IDisposable held);
            using (held)
            using (var store = new StoreWriter(place, new StoreLimits(), clock) { Told = (what, _) => _told.Add(what) })
            {
                TableOutput rows = store.Begin(RowSchema.Tables[0]);
                Keep();
                Fill(filler);
                Keep();
                Assert.Empty(_told);
                clock.Now += TimeSpan.FromHours(1);
                for (int i = 0; i < 3; i++) Keep();
                store.Finish();
                Assert.Equal([StoreEvent.NotWritten, StoreEvent.NotFinished], _told);
                Directory.Delete(filler, recursive: true);
                Keep();
                store.Finish();
                Assert.Equal([StoreEvent.NotWritten, StoreEvent.NotFinished, StoreEvent.WrittenAgain], _told);
                Assert.Equal(3, store.LostRows);
                Assert.Equal(3, Assert.Single(Manifest.Read(place.Root).Gaps).Rows);
                Assert.Equal(2, Manifest.Read(place.Root).Tables.Sum(table => table.Rows));

                void Keep()
                {
                    foreach (Column column in RowSchema.Tables[0].Columns)
                    {
                        if (column.Kind == ColumnKind.Number) rows.Add((long?)null);
                        else if (column.Kind == ColumnKind.Flag) rows.Add((bool?)null);
                        else rows.AddName(null);
                    }

                    rows.EndRow();
                    store.Keep();
                }
            }
        }
        finally
        {
            Run("umount", "-l", disk);
        }
    }

    private static void Fill(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            for (int i = 0; ; i++) File.Create(Path.Combine(folder, $"{i}")).Dispose();
        }
        catch (IOException)
        {
            // That was the last one.
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using Process ended = Process.Start(new ProcessStartInfo(TestData.Program(program), arguments) { RedirectStandardError = true })!;
        ended.StandardError.ReadToEnd();
        ended.WaitForExit();
        return ended.ExitCode;
    }
}
