using CsCheck;
using Trama.Fleet.Sketches;

namespace Trama.Fleet.Tests.Sketches;

public class LatencySketchTests
{
    [Fact]
    public void Sketches_added_to_each_other_tell_percentiles_within_their_error() =>
        Gen.Long[1, 60_000_000_000].Array[1, 300].Sample(times =>
        {
            LatencySketch one = new(), other = new(), all = new();
            for (int i = 0; i < times.Length; i++) (i % 2 == 0 ? one : other).Add(times[i]);
            Assert.True(all.TryAdd(one.ToString(), one.SumNs));
            Assert.True(all.TryAdd(other.ToString(), other.SumNs));
            Assert.Equal((times.Length, times.Sum()), (all.Count, all.SumNs));
            Array.Sort(times);
            foreach (double part in (double[])[0.5, 0.9, 0.99, 1])
            {
                long exact = times[(int)Math.Ceiling(part * times.Length) - 1];
                Assert.InRange(all.Percentile(part)!.Value, (exact * 0.98) - 1, (exact * 1.021) + 1);
            }
        });

    [Theory]
    [InlineData("1")]
    [InlineData("1:x")]
    [InlineData("99999:1")]
    [InlineData("1:1  2:1")]
    public void What_is_no_sketch_adds_nothing(string buckets)
    {
        var sketch = new LatencySketch();
        Assert.False(sketch.TryAdd(buckets, 5));
        Assert.Equal((0L, 0L), (sketch.Count, sketch.SumNs));
    }
}
