using System.Globalization;
using System.Net;
using CsCheck;
using Trama.Processes.Sockets;

namespace Trama.Processes.Tests.Sockets;

/// <summary>The lines of /proc/PID/net/tcp, as proc(5) has them.</summary>
public class NetworkFileLinesTests
{
    [Theory]
    [InlineData("   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000 0 4711 1", "127.0.0.1:8080")]
    [InlineData("   1: 00000000000000000000000001000000:0016 00000000000000000000000000000000:0000 0A 0", "[::1]:22")]
    [InlineData("   2: 0100007F:1F90 0100007F:C000 01 00000000:00000000", null)]
    [InlineData("  sl  local_address rem_address   st tx_queue rx_queue", null)]
    public void Tells_where_somebody_listens(string line, string? place) =>
        Assert.Equal(place is null ? null : IPEndPoint.Parse(place), NetworkFile.Listening(line));

    [Fact]
    public void Reads_what_the_kernel_would_write()
    {
        Gen.Select(Gen.UInt, Gen.UShort).Sample((address, port) =>
        {
            string line = string.Create(CultureInfo.InvariantCulture, $" 0: {address:X8}:{port:X4} 00000000:0000 0A");
            Assert.Equal(new IPEndPoint(new IPAddress(BitConverter.GetBytes(address)), port), NetworkFile.Listening(line));
        });
    }

    [Fact]
    public void Any_line_is_read_or_none() => Gen.String.Sample(line => _ = NetworkFile.Listening(line));
}
