using Trama.Cli.Commands.Watching;
using Trama.Fleet.Headers;
using Trama.Fleet.Storing;
using Trama.Reports;

namespace Trama.Cli.Tests.Commands;

/// <summary>Beyond its budget a recorder keeps less, says so, and keeps all again when it can.</summary>
public sealed class ThinningTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trama-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_keeps_less_step_by_step_and_notes_what_it_left_out()
    {
        StoreFolder folder = StoreFolder.Take(Path.Combine(_folder, "store"), out IDisposable held);
        using (held)
        {
            using var store = new StoreWriter(folder, new StoreLimits(), TimeProvider.System);
            using var ring = new HeaderRing(folder, 1 << 20);
            var told = new List<string>();
            var thinning = new Thinning(store, ring, 0.1, null, told.Add, Language.English);
            // A busy moment is none to thin for.
            Look(thinning, 2, 1.5);
            Look(thinning, 1, 0.9);
            Assert.Equal((1, 1), (thinning.Share, ring.Share));
            Look(thinning, 3, 1.5);
            Assert.Equal((2, 2), (thinning.Share, ring.Share));
            Look(thinning, 30, 1.5);
            Assert.Equal((64, 64), (thinning.Share, ring.Share));
            Assert.Equal([64, .. Enumerable.Repeat(0, 63)], Enumerable.Range(0, 64).Select(number => thinning.StandsFor(number)));
            Assert.Equal(63, thinning.LeftOut);
            // Neither busy nor calm: as before.
            Look(thinning, 100, 0.7);
            Assert.Equal(64, thinning.Share);
            Look(thinning, 30 * 6, 0.2);
            Assert.Equal((1, 1), (thinning.Share, ring.Share));
            Assert.Equal(12, told.Count);
            Assert.StartsWith("over the budget: one of 2 healthy exchanges", told[0], StringComparison.Ordinal);
            Assert.StartsWith("within the budget again", told[^1], StringComparison.Ordinal);
            Gap gap = Assert.Single(Manifest.Read(folder.Root).Gaps);
            Assert.Equal(63, gap.Rows);
            Assert.StartsWith("left out to stay within the budget", gap.Reason, StringComparison.Ordinal);
            thinning.Note();
            Assert.Single(Manifest.Read(folder.Root).Gaps);
        }
    }

    [Fact]
    public void Where_rows_fill_their_room_too_soon_it_keeps_less_of_them_and_all_headers()
    {
        StoreFolder folder = StoreFolder.Take(Path.Combine(_folder, "store"), out IDisposable held);
        using (held)
        {
            using var store = new StoreWriter(folder, new StoreLimits(), TimeProvider.System);
            using var ring = new HeaderRing(folder, 1 << 20);
            var told = new List<string>();
            var thinning = new Thinning(store, ring, 0.1, null, told.Add, Language.English);
            // There is room still, whatever will be.
            thinning.LookAtRoom(0.5, 8);
            Assert.Equal(1, thinning.Share);
            thinning.LookAtRoom(0.95, 8);
            thinning.LookAtRoom(0.95, 4);
            Assert.Equal((4, 1), (thinning.Share, ring.Share));
            thinning.LookAtRoom(0.95, 0.9);
            Assert.Equal(4, thinning.Share);
            Look(thinning, 3, 1.5);
            Assert.Equal((4, 2), (thinning.Share, ring.Share));
            for (int i = 0; i < 3; i++) thinning.LookAtRoom(0.95, 0.4);
            Assert.Equal((2, 2), (thinning.Share, ring.Share));
            Assert.StartsWith("over the budget: one of 2 healthy exchanges is kept, and the headers of all", told[0], StringComparison.Ordinal);
        }
    }

    private static void Look(Thinning thinning, int times, double fill)
    {
        for (int i = 0; i < times; i++) thinning.Look(fill);
    }
}
