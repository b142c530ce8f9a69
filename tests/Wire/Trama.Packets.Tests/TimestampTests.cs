using CsCheck;

namespace Trama.Packets.Tests;

public class TimestampTests
{
    [Fact]
    public void A_distance_has_the_sign_of_the_order_and_never_turns() =>
        Gen.Select(Gen.Long, Gen.Long).Sample((one, other) =>
        {
            long distance = new Timestamp(one) - new Timestamp(other);
            Assert.Equal(one.CompareTo(other), Math.Sign(distance));
            Assert.Equal(-distance, new Timestamp(other) - new Timestamp(one));
            Assert.Equal((long)Int128.Clamp((Int128)one - other, -(1L << 62) + 1, (1L << 62) - 1), distance);
            Assert.True(Math.Abs(distance) + Math.Abs(distance) > -1);
        });
}
