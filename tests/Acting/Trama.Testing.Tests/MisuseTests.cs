using System.Net;
using Trama.Captures;
using Trama.Peers.Misbehaving;
using Trama.Peers.Replies;
using Trama.Testing.Seeing;

namespace Trama.Testing.Tests;

/// <summary>What is asked of a wire in vain is told, and not passed over.</summary>
public class MisuseTests
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_wire_may_be_disposed_of_twice_and_tells_nothing_then(bool relayed)
    {
        var options = new WireOptions { PreferRelay = relayed };
        Wire server = Wire.Server(options, new Rule { Reply = "yes" });
        Wire path = Wire.Faults("slow-server", server.Address.Port, options);
        Wire seen = await Wire.CaptureAsync(server.Address.Port, options);
        foreach (Wire wire in (Wire[])[seen, path, server])
        {
            await wire.DisposeAsync();
            await wire.DisposeAsync();
            Assert.Throws<ObjectDisposedException>(() => wire.Should());
            Assert.Throws<ObjectDisposedException>(wire.Clear);
        }
    }

    [Fact]
    public async Task Faults_of_a_server_that_is_only_looked_at_are_refused()
    {
        var options = new WireOptions { Faults = [new FaultPlan { Latency = TimeSpan.FromSeconds(1) }] };
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Wire.CaptureAsync(1, options));
        Assert.Contains("Wire.Faults puts a bad path before it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_capture_that_does_not_see_what_is_sent_says_so_at_once()
    {
        Exception? told = Record.Exception(() => new LiveVantage(new IPEndPoint(IPAddress.Loopback, 1), maxBytes: 0, TimeSpan.Zero));
        Assert.SkipWhen(told is CaptureException, $"capturing is not possible here ({told?.Message})");
        Assert.StartsWith("the capture stopped: it did not see its own datagram in 0 s",
            Assert.IsType<WireAssertionException>(told).Message, StringComparison.Ordinal);
    }
}
