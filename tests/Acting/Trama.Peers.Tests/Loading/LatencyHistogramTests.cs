using CsCheck;
using Trama.Peers.Loading;

namespace Trama.Peers.Tests.Loading;

public class LatencyHistogramTests
{
    [Fact]
    public void Percentiles_are_those_of_the_sorted_values_to_a_thousandth()
    {
        Gen<long> durations = Gen.OneOf(Gen.Long[0, 3000], Gen.Long[0, 1_000_000], Gen.Long[0, 3_600_000_000_000]);
        Gen.Select(durations.Array[1, 300], Gen.Double[0, 1]).Sample((values, share) =>
        {
            var histogram = new LatencyHistogram();
            foreach (long value in values) histogram.Add(value);
            long exact = values.Order().ElementAt(Math.Clamp((int)Math.Ceiling(share * values.Length) - 1, 0, values.Length - 1));
            long told = histogram.Percentile(share)!.Value;
            Assert.InRange(told, exact, exact + exact / 1000 + 1);
            Assert.Equal((values.Min(), values.Max(), values.Length), (histogram.Min, histogram.Max, histogram.Count));
            Assert.Equal(values.Length, histogram.Buckets.Sum(bucket => bucket.Count));
            Assert.Equal(values.Average(), histogram.Mean, 1e-6 * (1 + values.Average()));
        }, iter: 300);
    }

    [Fact]
    public void One_added_to_another_is_as_if_all_had_been_in_one()
    {
        LatencyHistogram one = Of(10, 20, 5_000_000), other = Of(1, 7_000), all = Of(10, 20, 5_000_000, 1, 7_000);
        one.Add(other);
        Assert.Equal(all.Buckets, one.Buckets);
        Assert.Equal((all.Count, all.Min, all.Max, all.Mean), (one.Count, one.Min, one.Max, one.Mean));
    }

    [Fact]
    public void What_came_since_an_earlier_state_has_percentiles_of_its_own()
    {
        LatencyHistogram before = Of(100, 100, 100), now = Of(100, 100, 100, 9, 9);
        Assert.Equal(9, now.Percentile(1, before));
        Assert.Null(now.Percentile(0.5, now));
        Assert.Null(new LatencyHistogram().Percentile(0.5));
    }

    [Fact]
    public void More_than_an_hour_and_less_than_nothing_count_as_the_ends()
    {
        LatencyHistogram histogram = Of(-5, long.MaxValue);
        Assert.Equal((0, 3_600_000_000_000), (histogram.Min, histogram.Max));
        Assert.Equal(3_600_000_000_000, histogram.Percentile(1));
    }

    private static LatencyHistogram Of(params long[] values)
    {
        var histogram = new LatencyHistogram();
        foreach (long value in values) histogram.Add(value);
        return histogram;
    }
}
