using System.Net;
using System.Net.Sockets;
using Trama.Framing;
using Trama.Peers.Misbehaving;
using Trama.Peers.Replies;

namespace Trama.Testing.Tests;

/// <summary>What was sent before an assertion is seen by it, also where a relay has to read it first.</summary>
public class RelayBarrierTests
{
    // Of what may come too late, some does at once.
    private const int Times = 40;

    private static readonly WireOptions s_relayed = new() { Framing = FramingRule.Lines, PreferRelay = true };

    [Fact]
    public async Task A_connection_counts_as_soon_as_it_is_made_and_a_request_as_soon_as_it_is_written()
    {
        for (int time = 0; time < Times; time++)
        {
            await using Wire wire = Wire.Server(s_relayed, new Rule { Prefix = "other", Reply = "yes" });
            using Socket client = Connect(wire.Address);
            wire.Should().HaveConnections(1);
            client.Send("one\ntwo\n"u8);
            wire.Should().HaveExchanges(2);
        }
    }

    [Fact]
    public async Task What_a_server_says_unasked_counts_before_the_client_reads_it()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using Wire wire = await Wire.CaptureAsync(((IPEndPoint)listener.LocalEndpoint).Port, s_relayed);
        for (int time = 1; time <= Times; time++)
        {
            using Socket client = Connect(wire.Address);
            using Socket server = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
            server.Send("hello\n"u8);
            wire.Should().HaveConnections(time).And.HaveExchanges(time);
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_reset_that_the_client_saw_is_a_failure(bool byPeer)
    {
        for (int time = 0; time < Times; time++)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            await using Wire wire = byPeer
                ? Wire.Server(s_relayed with { Faults = [new FaultPlan { ResetAfter = 0 }] }, new Rule { Reply = "yes" })
                : await Wire.CaptureAsync(((IPEndPoint)listener.LocalEndpoint).Port, s_relayed);
            using Socket client = Connect(wire.Address);
            client.Send("one\n"u8);
            if (!byPeer)
            {
                using Socket server = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
                server.Receive(new byte[10]);
                server.Close(0);
            }

            Assert.Throws<SocketException>(() => client.Receive(new byte[1]));
            Assert.StartsWith("expected no failures, and connection 1 is Reset",
                Assert.Throws<WireAssertionException>(() => wire.Should().HaveNoFailures()).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_client_that_resets_at_once_was_there()
    {
        await using Wire wire = Wire.Server(s_relayed, new Rule { Reply = "yes" });
        for (int time = 1; time <= Times; time++)
        {
            Connect(wire.Address).Close(0);
            wire.Should().HaveConnections(time);
        }
    }

    [Fact]
    public async Task The_end_of_a_client_that_has_closed_is_seen()
    {
        await using Wire wire = Wire.Server(s_relayed, new Rule { Prefix = "other", Reply = "yes" });
        for (int time = 1; time <= Times; time++)
        {
            using (Socket client = Connect(wire.Address)) client.Send("one\n"u8);
            Assert.True(wire.Traffic.Connections[^1].ToServer.Fin);
        }
    }

    [Fact]
    public async Task A_connection_over_which_something_is_always_said_holds_nobody_up()
    {
        await using Wire wire = Wire.Server(s_relayed with { MaxBytes = 0 }, new Rule { Prefix = "other", Reply = "yes" });
        using Socket client = Connect(wire.Address);
        using var stop = new CancellationTokenSource();
        byte[] lines = new byte[1 << 20];
        Array.Fill(lines, (byte)'\n');
        var talking = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested) client.Send(lines);
        }, TestContext.Current.CancellationToken);
        for (int time = 0; time < 3; time++) wire.Clear();
        await stop.CancelAsync();
        await talking;
    }

    [Fact]
    public async Task A_test_whose_context_waits_meanwhile_is_told_too()
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new BusyContext());
        Wire wire = Wire.Server(s_relayed, new Rule { Prefix = "other", Reply = "yes" });
        try
        {
            using Socket client = Connect(wire.Address);
            client.Send("one\n"u8);
            wire.Should().HaveConnections(1).And.HaveExchanges(1);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        await wire.DisposeAsync();
    }

    private static Socket Connect(IPEndPoint to)
    {
        var client = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 20_000 };
        client.Connect(to);
        return client;
    }

    // One thread, which is waiting.
    private sealed class BusyContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
            // Never its turn.
        }
    }
}
