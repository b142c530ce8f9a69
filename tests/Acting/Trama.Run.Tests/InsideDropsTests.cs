using CsCheck;
using Trama.Run.Gateway;

namespace Trama.Run.Tests;

/// <summary>The lines of /proc/PID/net/dev, as proc(5) has them.</summary>
public class InsideDropsTests
{
    [Theory]
    [InlineData("trama0: 812 9 0 1 0 0 0 0 4711 12 0 23 0 0 0 0", 23L)]
    [InlineData("    lo: 812 9 0 1 0 0 0 0 4711 12 0 23 0 0 0 0", null)]
    [InlineData(" face |bytes    packets errs drop|bytes    packets errs drop fifo colls carrier compressed", null)]
    [InlineData("trama0: 1 2 3", null)]
    public void Tells_what_the_device_dropped_of_what_the_command_sent(string line, long? drops) =>
        Assert.Equal(drops, InsideDrops.Read(line));

    [Fact]
    public void Any_line_is_read_or_none() => Gen.String.Sample(line => _ = InsideDrops.Read("trama0:" + line));
}
