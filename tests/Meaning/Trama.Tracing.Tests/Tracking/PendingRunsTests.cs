using CsCheck;
using Trama.Tracing.Tracking;

namespace Trama.Tracing.Tests.Tracking;

public class PendingRunsTests
{
    private const int PieceLength = 10;

    public static TheoryData<string> Orders => ["ascending", "descending", "random", "interleaved"];

    [Theory]
    [MemberData(nameof(Orders))]
    public void Twice_as_many_pieces_take_hardly_more_than_twice_the_steps(string order)
    {
        const int Pieces = 4000;
        long steps = StepsOf(order, Pieces), ofTwice = StepsOf(order, 2 * Pieces);
        Assert.InRange(ofTwice, steps, steps * 5 / 2);
        Assert.InRange(steps, Pieces, Pieces * 100L);
    }

    [Fact]
    public void The_first_copy_of_each_byte_stays_whatever_the_pieces_are() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[1, 30], Gen.Byte).Array[1, 30].Sample(pieces =>
        {
            var runs = new PendingRuns(new BufferBudget(long.MaxValue));
            var expected = new SortedDictionary<long, byte>();
            foreach ((int start, int length, byte value) in pieces)
            {
                byte[] bytes = new byte[length];
                Array.Fill(bytes, value);
                int different = Enumerable.Range(start, length).Count(at => expected.TryGetValue(at, out byte kept) && kept != value);
                int fresh = Enumerable.Range(start, length).Count(at => expected.TryAdd(at, value));
                Assert.Equal(fresh, runs.Add(start, bytes, length, default, out int contradicted));
                Assert.Equal(different, contradicted);
            }

            for (int at = 0; at < 90; at++) Assert.Equal(expected.ContainsKey(at), runs.Covers(at, at + 1));
            var taken = new List<(long, byte)>();
            while (!runs.IsEmpty)
            {
                PendingRuns.Run run = runs.Take();
                for (int i = 0; i < run.WireLength; i++) taken.Add((run.Start + i, run.Bytes[i]));
                runs.Release(run);
            }

            Assert.Equal(expected.Select(pair => (pair.Key, pair.Value)), taken);
            Assert.Equal(0, runs.Cost);
        });

    private static long StepsOf(string order, int count)
    {
        int[] places = [.. Enumerable.Range(1, count)];
        switch (order)
        {
            case "descending":
                Array.Reverse(places);
                break;
            case "random":
                new Random(7).Shuffle(places);
                break;
            case "interleaved":
                places = [.. places.Where(place => place % 2 == 0), .. places.Where(place => place % 2 != 0).Reverse()];
                break;
        }

        var runs = new PendingRuns(new BufferBudget(long.MaxValue));
        byte[] bytes = new byte[PieceLength];
        foreach (int place in places) runs.Add(place * (long)PieceLength, bytes, PieceLength, default, out _);
        while (!runs.IsEmpty) runs.Release(runs.Take());
        return runs.Steps;
    }
}
