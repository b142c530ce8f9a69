using CsCheck;
using Trama.Run.Gateway;

namespace Trama.Run.Tests;

public class SynOptionsTests
{
    [Fact]
    public void Reads_what_it_writes()
    {
        Span<byte> options = stackalloc byte[SynOptions.Length];
        SynOptions.Write(options, isIpv6: false, InsideLink.Mtu, scale: 9);
        Assert.Equal(new SynOptions(InsideLink.Mtu - 40, 9), SynOptions.Read(options, isIpv6: false));
        SynOptions.Write(options, isIpv6: true, InsideLink.Mtu, scale: null);
        Assert.Equal(new SynOptions(InsideLink.Mtu - 60, null), SynOptions.Read(options, isIpv6: true));
    }

    [Fact]
    public void Reads_any_bytes_and_stays_within_bounds()
    {
        Gen.Byte.Array[0, 40].Sample(bytes =>
        {
            var options = SynOptions.Read(bytes, isIpv6: false);
            Assert.InRange(options.LargestSegment, 64, ushort.MaxValue);
            Assert.InRange(options.Scale ?? 0, 0, 14);
        });
    }
}
