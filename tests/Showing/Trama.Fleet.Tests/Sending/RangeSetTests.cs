using CsCheck;
using Trama.Fleet.Sending;

namespace Trama.Fleet.Tests.Sending;

public class RangeSetTests
{
    [Fact]
    public void It_holds_what_a_set_holds_in_as_few_ranges_as_can_be() =>
        Gen.Select(Gen.Long[1, 60], Gen.Long[0, 6]).Array[0, 40].Sample(adds =>
        {
            var set = new RangeSet();
            var model = new SortedSet<long>();
            foreach ((long first, long more) in adds)
            {
                if (more == 0) Assert.Equal(model.Add(first), set.Add(first));
                else set.Add(first, first + more);
                for (long number = first; number <= first + more; number++) model.Add(number);
            }

            Assert.Equal(model.Count, set.Count);
            for (long number = 0; number < 80; number++) Assert.Equal(model.Contains(number), set.Contains(number));
            Assert.Equal(model.Count(number => !model.Contains(number - 1)), set.Ranges.Count);
            if (model.Count == 0) return;
            Assert.True(RangeSet.TryParse(set.ToString(), 100, out RangeSet read));
            Assert.Equal(set.Ranges, read.Ranges);
        });

    [Theory]
    [InlineData("")]
    [InlineData("5-3")]
    [InlineData("-1")]
    [InlineData("1,,2")]
    [InlineData("1-2-3")]
    [InlineData("99999999999999999999")]
    [InlineData("1,3,5,7,9")]
    public void What_is_no_set_or_too_large_is_refused(string text) => Assert.False(RangeSet.TryParse(text, 4, out _));
}
