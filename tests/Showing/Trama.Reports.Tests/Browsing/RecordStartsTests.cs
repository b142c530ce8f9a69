using CsCheck;
using Trama.Reports.Browsing;

namespace Trama.Reports.Tests.Browsing;

/// <summary>Where packets stand, told again as it was noted, or not at all.</summary>
public sealed class RecordStartsTests
{
    [Fact]
    public void What_was_noted_is_told_again() =>
        Gen.Select(Gen.Int[0, 40_000], Gen.Long[0, 1L << 40], Gen.Int[16, 300_000]).Sample((count, first, length) =>
        {
            var starts = new RecordStarts();
            for (int i = 0; i < count; i++) starts.Note(i, first + ((long)i * length));
            Assert.Equal(count, starts.End);
            for (int i = 0; i < count; i += 997)
            {
                bool isKnown = starts.TryGet(i, out long start);
                // Beyond 4 GiB of a block a start does not fit, and nothing is told instead of something wrong.
                Assert.True(isKnown || (long)i % 16_384 * length >= uint.MaxValue);
                if (isKnown) Assert.Equal(first + ((long)i * length), start);
            }

            Assert.False(starts.TryGet(count, out _));
        }, iter: 50);

    [Fact]
    public void One_whose_start_is_not_known_is_none()
    {
        var starts = new RecordStarts();
        starts.Note(0, -1);
        starts.Note(1, 24);
        Assert.False(starts.TryGet(0, out _));
        Assert.True(starts.TryGet(1, out long start));
        Assert.Equal(24, start);
    }
}
