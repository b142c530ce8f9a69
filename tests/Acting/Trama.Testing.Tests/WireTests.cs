using System.Net;
using System.Net.Sockets;
using System.Text;
using Trama.Framing;
using Trama.Peers.Replies;

namespace Trama.Testing.Tests;

/// <summary>Clients and servers whose traffic is asserted on: captured where that is allowed, through a relay else.</summary>
public class WireTests
{
    private static readonly WireOptions s_lines = new() { Framing = FramingRule.Lines };

    public static TheoryData<bool> Vantages => [false, true];

    [Theory, MemberData(nameof(Vantages))]
    public async Task Round_trips_exchanges_and_operations_are_counted(bool relayed)
    {
        await using Wire wire = Served(relayed);
        await TalkAsync(wire.Address, "one", "two", "three");
        wire.Should().HaveConnections(1).And.HaveRoundTrips(4).And.HaveExchanges(3).And.ReplyWithin(TimeSpan.FromSeconds(30))
            .And.HaveNoFailures();
        Fails(() => wire.Should().HaveRoundTrips(3), "expected 3 round trips, and there are 4");
        Fails(() => wire.Should().HaveConnections(2), "expected 2 connections, and there are 1");
        Fails(() => wire.Should().HaveExchanges(2), "expected 2 exchanges, and there are 3");
        Fails(() => wire.Should().ReplyWithin(TimeSpan.FromTicks(1)), "expected replies within");
    }

    [Fact]
    public async Task Requests_that_go_out_together_wait_once()
    {
        await using Wire wire = Served(relayed: false);
        await TalkAsync(wire.Address, "one\ntwo\nthree");
        wire.Should().HaveExchanges(3).And.HaveRoundTrips(2);
    }

    [Fact]
    public async Task Segments_are_seen_by_a_capture()
    {
        await using Wire wire = Served(relayed: false);
        RequireCapture(wire);
        await TalkAsync(wire.Address, "one");
        // How soon a reply comes is the busy machine's matter.
        wire.Should().HaveNoRetransmissions().And.HaveNoFindings("slow-server");
    }

    [Fact]
    public async Task What_a_relay_cannot_see_fails_or_skips_and_never_passes()
    {
        await using Wire wire = Served(relayed: true);
        await TalkAsync(wire.Address, "one");
        Fails(() => wire.Should().HaveNoRetransmissions(), "segments cannot be seen: a relay was asked for");
        Fails(() => wire.Should().HaveNoFindings(), "segments cannot be seen");
        Fails(() => wire.Should().HaveFinding("packet-loss"), "segments cannot be seen");

        await using Wire skipping = Served(relayed: true, why => throw new InvalidOperationException("skipped: " + why));
        await TalkAsync(skipping.Address, "one");
        var skipped = Assert.Throws<InvalidOperationException>(() => skipping.Should().HaveNoRetransmissions());
        Assert.Contains("a relay was asked for", skipped.Message, StringComparison.Ordinal);
        // A reason that is only told does not let the assertion pass.
        await using Wire telling = Served(relayed: true, _ => { });
        await TalkAsync(telling.Address, "one");
        Fails(() => telling.Should().HaveNoRetransmissions(), "segments cannot be seen");
    }

    // A system acknowledges what it was sent though the program behind it thinks: else a wait such as these is that for a lost segment.
    [Theory]
    [InlineData(210)]
    [InlineData(300)]
    [InlineData(650)]
    public async Task A_slow_server_behind_a_relay_is_no_loss(int milliseconds)
    {
        await using Wire wire = Wire.Server(s_lines with { PreferRelay = true },
            new Rule { Reply = "yes", Delay = TimeSpan.FromMilliseconds(milliseconds) });
        await TalkAsync(wire.Address, "one", "two");
        Fails(() => wire.Should().HaveNoRetransmissions(), "segments cannot be seen: a relay was asked for");
        wire.Should().HaveRoundTrips(3).And.HaveNoFailures();
    }

    [Theory, MemberData(nameof(Vantages))]
    public async Task A_failure_shows_the_ladder_and_the_verdict(bool relayed)
    {
        await using Wire wire = Served(relayed);
        await TalkAsync(wire.Address, "one");
        string message = Assert.Throws<WireAssertionException>(() => wire.Should().HaveRoundTrips(9)).Message;
        Assert.Contains("SYN", message, StringComparison.Ordinal);
        Assert.Contains("connection 1", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("packet-loss")]
    [InlineData("slow-server")]
    [InlineData("reset-by-server")]
    [InlineData("closed-without-reply")]
    [InlineData("no-reply")]
    public async Task A_bad_peer_is_seen_as_what_it_is(string fault)
    {
        await using Wire server = Served(relayed: true);
        await using Wire wire = Wire.Faults(fault, server.Address.Port, s_lines);
        RequireCapture(wire);
        // Of 40 segments, 0.4 lost of each: all get through at a rate of one in a thousand million.
        string[] words = fault == "packet-loss" ? [.. Enumerable.Range(0, 40).Select(number => $"{number}")] : ["one"];
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(fault == "no-reply" ? 3 : 50));
            await TalkAsync(wire.Address, patience.Token, words);
        }
        catch (Exception error) when (error is OperationCanceledException || (error is IOException && fault != "packet-loss"))
        {
            // That is how it is meant.
        }

        switch (fault)
        {
            case "packet-loss":
                Fails(() => wire.Should().HaveNoRetransmissions(), "expected no retransmissions");
                break;
            case "slow-server":
                Fails(() => wire.Should().ReplyWithin(TimeSpan.FromSeconds(0.5)), "expected replies within 500 ms");
                break;
            case "reset-by-server":
                Fails(() => wire.Should().HaveNoFailures(), "expected no failures, and connection 1 is Reset");
                break;
            default:
                Fails(() => wire.Should().ReplyWithin(TimeSpan.FromSeconds(50)), "expected a reply, and none came");
                break;
        }

        if (fault != "packet-loss") wire.Should().HaveFinding(fault);
        Fails(() => wire.Should().HaveNoFindings(), "expected no findings");
    }

    [Fact]
    public async Task A_refused_connection_is_a_failure()
    {
        int port;
        using (var closed = new TcpListener(IPAddress.Loopback, 0))
        {
            closed.Start();
            port = ((IPEndPoint)closed.LocalEndpoint).Port;
        }

        await using Wire wire = await Wire.CaptureAsync(port);
        RequireCapture(wire);
        await Assert.ThrowsAsync<SocketException>(() => TalkAsync(wire.Address, "one"));
        Fails(() => wire.Should().HaveNoFailures(), "expected no failures, and connection 1 is Refused");
        wire.Should().HaveFinding("connection-refused");
    }

    [Fact]
    public async Task A_captured_server_answers_again()
    {
        await using Wire wire = Wire.From(Path.Combine(TestData.Root, "tests/data/recorded/http1-bodies.pcap"));
        using var client = new HttpClient { BaseAddress = new Uri($"http://{wire.Address}") };
        Assert.StartsWith("{", await client.GetStringAsync("/plain", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        wire.Should().HaveOperations("GET /plain").And.HaveNoFailures();
    }

    [Fact]
    public async Task Wires_side_by_side_see_their_own_traffic_only()
    {
        await Task.WhenAll(Enumerable.Range(1, 12).Select(async count =>
        {
            await using Wire wire = Served(relayed: count % 2 == 0);
            await TalkAsync(wire.Address, [.. Enumerable.Range(0, count).Select(number => $"{number}")]);
            wire.Should().HaveConnections(1).And.HaveExchanges(count).And.HaveRoundTrips(count + 1);
        }));
    }

    [Fact]
    public async Task What_was_cleared_is_not_asserted_on_and_what_is_saved_can_be_read()
    {
        await using Wire wire = Served(relayed: false);
        await TalkAsync(wire.Address, "before");
        wire.Clear();
        await TalkAsync(wire.Address, "one", "two");
        wire.Should().HaveExchanges(2);
        string path = Path.GetTempFileName();
        wire.Save(path);
        Traffic.Read(path, FramingRule.Lines).Should().HaveExchanges(2).And.HaveConnections(1);
        File.Delete(path);
    }

    [Fact]
    public async Task More_traffic_than_is_kept_is_told_and_does_not_pass()
    {
        await using Wire wire = Wire.Server(s_lines with { MaxBytes = 2000 }, Echo());
        await TalkAsync(wire.Address, [.. Enumerable.Repeat(new string('x', 500), 8)]);
        Fails(() => wire.Should().HaveNoFailures(), "there was more traffic than the 2000 bytes that are kept");
    }

    private static Rule Echo() => new() { Reply = "yes" };

    private static Wire Served(bool relayed, Action<string>? skip = null) =>
        Wire.Server(s_lines with { PreferRelay = relayed, Skip = skip }, Echo());

    private static void RequireCapture(Wire wire) => Assert.SkipWhen(wire.Blind is not null, wire.Blind ?? "");

    private static void Fails(Action assertion, string words) =>
        Assert.StartsWith(words, Assert.Throws<WireAssertionException>(assertion).Message, StringComparison.Ordinal);

    private static Task TalkAsync(IPEndPoint server, params string[] lines) =>
        TalkAsync(server, TestContext.Current.CancellationToken, lines);

    private static async Task TalkAsync(IPEndPoint server, CancellationToken patience, params string[] lines)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server, patience);
        client.NoDelay = true;
        using var reader = new StreamReader(client.GetStream());
        foreach (string line in lines)
        {
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), patience);
            foreach (string _ in line.Split('\n')) Assert.Equal("yes", await reader.ReadLineAsync(patience) ?? throw new IOException());
        }
    }
}
