using Trama.Fleet.Joining;
using Trama.Fleet.Tickets;

namespace Trama.Fleet.Tests.Joining;

/// <summary>What somebody wants a hub to ask for, and what is kept of the answers, in the folder of a store.</summary>
public sealed class AskedPairsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_pair_that_is_asked_for_comes_to_one_of_those_who_look_with_all_that_tells_its_ends()
    {
        AskedPairs page = new(_folder.Path), hub = new(_folder.Path), other = new(_folder.Path);
        Pair pair = PairOf(1, "a");
        Assert.True(page.Ask(pair));
        Assert.True(page.Ask(pair));
        Assert.True(page.Has(pair.Name));
        Pair taken = Assert.Single(hub.Take());
        Assert.Empty(other.Take());
        Assert.Equal((pair.Id, pair.By), (taken.Id, taken.By));
        Assert.Equal(pair.Other with { Severity = 1, Finding = "packet-loss" }, taken.Other);
        Assert.True(page.Has(pair.Name));
        hub.Done(taken);
        Assert.False(page.Has(pair.Name));
    }

    [Fact]
    public void No_more_wait_than_may_and_what_is_no_question_is_taken_away()
    {
        var asked = new AskedPairs(_folder.Path);
        for (int i = 0; i < AskedPairs.Most; i++) Assert.True(asked.Ask(PairOf(i, "a")));
        Assert.False(asked.Ask(PairOf(AskedPairs.Most, "a")));
        Assert.Equal(AskedPairs.Most, asked.Take().Count);
        foreach (string file in Directory.GetFiles(_folder["asked"])) File.Delete(file);
        // Of another pair than its name says, of a sensor whose name would be many, of nothing.
        Assert.True(asked.Ask(PairOf(1, "a")));
        string path = Directory.GetFiles(_folder["asked"]).Single();
        File.Move(path, Path.Combine(_folder["asked"], PairOf(2, "a").Name));
        Assert.True(asked.Ask(PairOf(1, "*.>")));
        File.WriteAllText(Path.Combine(_folder["asked"], PairOf(3, "a").Name), "junk");
        Assert.Empty(asked.Take());
        Assert.DoesNotContain(Directory.GetFiles(_folder["asked"]), file => Pair.IsName(Path.GetFileName(file)));
    }

    [Fact]
    public void Digests_that_are_cut_or_damaged_are_none_and_the_oldest_go_first()
    {
        var digests = new KeptDigests(_folder.Path);
        byte[] answer = Compressed(700_000);
        string[] names = [.. Enumerable.Range(0, 3).Select(i => PairOf(i, "a").Name)];
        foreach (string name in names) digests.Keep(name, answer, answer);
        Assert.Equal(700_000, digests.Read(names[0])!.Value.Other.Length);
        string[] files = [.. names.Select(name => Directory.GetFiles(_folder["digests"], name + "*").Single())];
        using (FileStream cut = File.OpenWrite(files[1])) cut.SetLength(cut.Length - 1);
        for (int i = 0; i < files.Length; i++) File.SetLastWriteTimeUtc(files[i], DateTime.UtcNow.AddMinutes(i - 10));
        Assert.Null(digests.Read(names[1]));
        digests.Clear(DateTimeOffset.UtcNow.AddHours(-1), new FileInfo(files[2]).Length + new FileInfo(files[1]).Length);
        Assert.Equal([false, true, true], names.Select(digests.Has));
        digests.Clear(DateTimeOffset.UtcNow.AddMinutes(-8.5), long.MaxValue);
        Assert.Equal([false, false, true], names.Select(digests.Has));
        Assert.False(digests.Has("../digests/" + names[2]));
        Assert.Throws<ArgumentException>(() => digests.Keep("../" + names[0], [], []));
    }

    private static byte[] Compressed(int length)
    {
        byte[] bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        using var zstd = new ZstdSharp.Compressor(1);
        return zstd.Wrap(bytes).ToArray();
    }

    private static Pair PairOf(long connection, string sensor)
    {
        Ticket End(string of) => new()
        {
            Sensor = of,
            Connection = connection,
            RunAt = 7,
            Client = "10.0.0.1:40000",
            Server = "10.0.0.2:443",
            OpenedAt = 100,
            LastAt = 200,
            IsEarly = true,
        };
        return Pair.Of(TicketKind.Bytes, End(sensor) with { Severity = 1, Finding = "packet-loss" }, End("z"));
    }
}
