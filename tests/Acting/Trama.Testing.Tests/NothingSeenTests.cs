using System.Net;
using System.Net.Sockets;
using Trama.Peers.Replies;

namespace Trama.Testing.Tests;

/// <summary>Where nothing was seen, nothing went wrong, and nothing right either: only that there was no connection can be asserted.</summary>
public class NothingSeenTests
{
    private static readonly Action<WireAssertions>[] s_assertions =
    [
        it => it.HaveRoundTrips(0), it => it.HaveExchanges(0), it => it.HaveOperations(), it => it.ReplyWithin(TimeSpan.FromMinutes(1)),
        it => it.HaveNoFailures(), it => it.HaveNoRetransmissions(), it => it.HaveNoFindings(), it => it.MatchSnapshot(),
    ];

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_client_that_goes_another_way_makes_nothing_pass(bool relayed)
    {
        await using Wire wire = Wire.Server(new WireOptions { PreferRelay = relayed }, new Rule { Reply = "yes" });
        Assert.All(s_assertions, assertion => Assert.Contains($", and no connection was seen at {wire.Address}",
            Assert.Throws<WireAssertionException>(() => assertion(wire.Should())).Message, StringComparison.Ordinal));
        wire.Should().HaveConnections(0);
    }

    [Fact]
    public void Nor_does_a_capture_without_connections()
    {
        byte[] header = File.ReadAllBytes(Path.Combine(TestData.Root, "tests/Trama.EndToEnd.Tests/captures/lesson.pcap"))[..24];
        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, header);
        Traffic traffic = Traffic.Read(path);
        Assert.All(s_assertions, assertion => Assert.Contains($", and no connection was seen in {path}",
            Assert.Throws<WireAssertionException>(() => assertion(traffic.Should())).Message, StringComparison.Ordinal));
        File.Delete(path);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Without_a_request_no_reply_was_in_time(bool relayed)
    {
        await using Wire wire = Wire.Server(new WireOptions { PreferRelay = relayed }, new Rule { Reply = "yes" });
        using var client = new TcpClient();
        await client.ConnectAsync(wire.Address, TestContext.Current.CancellationToken);
        Assert.StartsWith("expected replies, and no request was seen", Assert.Throws<WireAssertionException>(
            () => wire.Should().ReplyWithin(TimeSpan.FromMinutes(1))).Message, StringComparison.Ordinal);
        wire.Should().HaveNoFailures();
    }

    [Fact]
    public async Task A_relay_before_a_server_that_is_not_there_tells_of_a_refused_connection()
    {
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using Wire wire = await Wire.CaptureAsync(((IPEndPoint)closed.LocalEndPoint!).Port, new WireOptions { PreferRelay = true });
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 20_000 };
        client.Connect(wire.Address);
        Assert.StartsWith("expected replies, and connection 1 is Refused", Assert.Throws<WireAssertionException>(
            () => wire.Should().ReplyWithin(TimeSpan.FromMinutes(1))).Message, StringComparison.Ordinal);
        Assert.StartsWith("expected no failures, and connection 1 is Refused", Assert.Throws<WireAssertionException>(
            () => wire.Should().HaveNoFailures()).Message, StringComparison.Ordinal);
        wire.Should().HaveConnections(1).And.HaveFinding("connection-refused");
    }

    [Theory, InlineData(0), InlineData(-1), InlineData(65536)]
    public async Task A_port_at_which_nobody_listens_is_refused(int port)
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Wire.CaptureAsync(port));
        Assert.Throws<ArgumentOutOfRangeException>(() => Wire.Faults("slow-server", port));
    }
}
