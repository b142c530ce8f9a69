using CsCheck;
using Trama.Tracing.Sharding;

namespace Trama.Tracing.Tests;

/// <summary>Rows that are used again. Alone, since what the process remembers is measured.</summary>
[Collection(nameof(BatchRowTests))]
[CollectionDefinition(nameof(BatchRowTests), DisableParallelization = true)]
public class BatchRowTests
{
    [Fact]
    public void What_was_added_stands_there_in_order() =>
        Gen.Int[0, 5000].Array[0, 12].Array[1, 5].Sample(batches =>
        {
            var row = new BatchRow<int>(128);
            foreach (int[] counts in batches)
            {
                List<int> added = [];
                foreach (int count in counts)
                {
                    Span<int> place = row.Add(count);
                    for (int i = 0; i < place.Length; i++) added.Add(place[i] = Random.Shared.Next());
                }

                Assert.Equal(added, row.Items.ToArray());
                row.Clear();
                Assert.Equal(0, row.Length);
            }
        }, iter: 200);

    [Fact]
    public void Room_for_many_goes_back()
    {
        const int much = 512 * 1024;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var rows = new BatchRow<byte>[256];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = new BatchRow<byte>(1024);
            for (int added = 0; added < much; added += 1024) rows[i].Add(1024);
            rows[i].Clear();
        }

        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.All(rows, row => Assert.Equal(0, row.Length));
        // All of them would be 128 MiB.
        Assert.True(grown < 128L * much, $"{grown} bytes are kept");
    }
}
