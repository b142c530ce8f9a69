using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Trama.Peers.Misbehaving;
using Trama.Peers.Relaying;
using Trama.Peers.Tests.Serving;

namespace Trama.Peers.Tests.Relaying;

public class RelayTests
{
    [Fact]
    public async Task Passes_on_what_both_say_and_tells_it_in_order()
    {
        await using var relay = new RunningRelay();
        (Socket client, Socket target) = await relay.JoinAsync();
        using (client)
        using (target)
        {
            await client.SayAsync("question");
            Assert.Equal("question", await target.HearAsync(8));
            await target.SayAsync("answer");
            Assert.Equal("answer", await client.HearAsync(6));
            client.Shutdown(SocketShutdown.Send);
            Assert.Equal("", await target.HearAllAsync());
        }

        Assert.Equal("1 accepted 127.0.0.1", await relay.Log.NextAsync());
        Assert.StartsWith("1 connected", await relay.Log.NextAsync(), StringComparison.Ordinal);
        Assert.Equal("1 ToServer question", await relay.Log.NextAsync());
        Assert.Equal("1 ToClient answer", await relay.Log.NextAsync());
        Assert.Equal("1 finished ToServer", await relay.Log.NextAsync());
        Assert.Equal("1 finished ToClient", await relay.Log.NextAsync());
        Assert.Equal("1 closed Closed 8 6", await relay.Log.NextAsync());
    }

    [Fact]
    public async Task Keeps_a_half_close()
    {
        await using var relay = new RunningRelay();
        (Socket client, Socket target) = await relay.JoinAsync();
        using Socket one = client, other = target;
        await client.SayAsync("all I have");
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal("all I have", await target.HearAllAsync());
        await target.SayAsync("noted");
        target.Close();
        Assert.Equal("noted", await client.HearAllAsync());
    }

    [Fact]
    public async Task When_memory_is_short_and_no_connection_can_go_on_the_one_that_holds_most_is_reset()
    {
        await using var relay = new RunningRelay(with: options => options with { MemoryLimit = 1 });
        (Socket client, Socket target) = await relay.JoinAsync();
        (Socket other, Socket otherTarget) = await relay.JoinAsync();
        using (client)
        using (target)
        using (other)
        using (otherTarget)
        {
            // More than the system takes for a target that does not read.
            Task<int> flood = client.SendAsync(new byte[64 << 20]);
            await relay.Log.UntilAsync("1 stalled ToServer");
            await other.SayAsync("let me pass");
            await Assert.ThrowsAsync<SocketException>(() => flood);
            Assert.Equal("let me pass", await otherTarget.HearAsync(11));
            while (!(await relay.Log.NextAsync()).StartsWith("1 closed HeldTooMuch", StringComparison.Ordinal))
            {
            }
        }
    }

    [Fact]
    public async Task A_relay_to_itself_ends_the_loop_where_it_meets_itself()
    {
        // A port that is free for the moment: the relay is its own target.
        using Socket place = RunningRelay.ClosedPort();
        RelayTarget itself = RunningRelay.TargetOf(place);
        place.Dispose();
        await using var relay = new RunningRelay(with: options => options with { Port = itself.Port, Targets = [itself] });
        using Socket client = await relay.ConnectAsync();
        await Assert.ThrowsAsync<SocketException>(client.HearAllAsync);
        while (!(await relay.Log.NextAsync()).Contains("closed Loop", StringComparison.Ordinal))
        {
        }

        await relay.StopAsync();
        // It knows the port that it connects from before it accepts a connection from there: the second one is the last.
        while (relay.Log.TryNext(out string? line)) Assert.InRange(int.Parse(line!.Split(' ')[0], CultureInfo.InvariantCulture), 1, 2);
    }

    [Fact]
    public async Task A_client_that_has_the_port_from_which_the_relay_connects_elsewhere_is_no_loop()
    {
        const int PortRange = 51; // IP_LOCAL_PORT_RANGE (ip(7)), since Linux 6.3
        await using var relay = new RunningRelay();
        (Socket first, Socket firstTarget) = await relay.JoinAsync();
        // A system gives a port again where the other end is another.
        var port = (ushort)((IPEndPoint)firstTarget.RemoteEndPoint!).Port;
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            client.SetRawSocketOption((int)SocketOptionLevel.IP, PortRange, BitConverter.GetBytes((port << 16) | port));
        }
        catch (SocketException)
        {
            Assert.Skip("this system chooses ports by itself alone");
        }

        client.Connect(relay.Endpoint);
        Assert.Equal(port, ((IPEndPoint)client.LocalEndPoint!).Port);
        using Socket target = await relay.AcceptAsync();
        await client.SayAsync("hello");
        Assert.Equal("hello", await target.HearAsync(5));
        first.Dispose();
        firstTarget.Dispose();
    }

    [Fact]
    public async Task A_reset_of_the_client_reaches_the_target()
    {
        await using var relay = new RunningRelay();
        (Socket client, Socket target) = await relay.JoinAsync();
        client.Close(0);
        Assert.Equal(SocketError.ConnectionReset, (await Assert.ThrowsAsync<SocketException>(target.HearAllAsync)).SocketErrorCode);
        await relay.Log.UntilAsync("1 closed ResetByClient 0 0");
        target.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reset_of_one_who_is_not_read_meanwhile_reaches_the_other_side(bool ofClient)
    {
        var time = new ManualTime();
        await using var relay = new RunningRelay(time: time);
        (Socket client, Socket target) = await relay.JoinAsync();
        (Socket sender, Socket receiver) = ofClient ? (client, target) : (target, client);
        using Socket one = sender, other = receiver;
        // Once a byte has come through, the relay knows that it has reached the target.
        client.Send([1]);
        Assert.Equal(1, target.Receive(new byte[1]));
        SendWhileTaken(sender);
        sender.Close(0);
        Task<string> ended = relay.Log.EndAsync();
        while (!ended.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.StartsWith($"1 closed ResetBy{(ofClient ? "Client" : "Target")} ", await ended, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_of_the_target_reaches_the_client()
    {
        await using var relay = new RunningRelay();
        (Socket client, Socket target) = await relay.JoinAsync();
        await client.SayAsync("hi");
        await target.HearAsync(2);
        target.Close(0);
        Assert.Equal(SocketError.ConnectionReset, (await Assert.ThrowsAsync<SocketException>(client.HearAllAsync)).SocketErrorCode);
        await relay.Log.UntilAsync("1 closed ResetByTarget 2 0");
        client.Dispose();
    }

    [Fact]
    public async Task Moves_many_bytes_both_ways_at_once_unchanged()
    {
        const int Length = 20_000_000;
        await using var relay = new RunningRelay();
        (Socket client, Socket target) = await relay.JoinAsync();
        using Socket one = client, other = target;
        byte[] question = RandomNumberGenerator.GetBytes(Length), answer = RandomNumberGenerator.GetBytes(Length);
        Task<byte[]> asked = HashAsync(target), answered = HashAsync(client);
        await Task.WhenAll(SendAllAsync(client, question), SendAllAsync(target, answer));
        Assert.Equal(SHA256.HashData(question), await asked);
        Assert.Equal(SHA256.HashData(answer), await answered);
    }

    [Fact]
    public async Task Reads_no_more_than_the_receiver_and_the_log_take()
    {
        var gate = new TaskCompletionSource();
        await using var relay = new RunningRelay();
        relay.Log.Gate = gate.Task;
        (Socket client, Socket target) = await relay.JoinAsync();
        using Socket one = client, other = target;
        client.Blocking = false;
        long sent = SendWhileTaken(client);
        // What fills the buffers of one connection is far below what would fill those of memory.
        Assert.InRange(sent, 1, 64 << 20);
        gate.SetResult();
        client.Blocking = true;
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal(sent, await CountAsync(target));
    }

    [Fact]
    public async Task Targets_take_turns()
    {
        await using var relay = new RunningRelay(targets: 2);
        foreach (int turn in (int[])[0, 1, 0])
        {
            using Socket client = await relay.ConnectAsync();
            using Socket target = await relay.AcceptAsync(turn);
            await target.SayAsync("here");
            Assert.Equal("here", await client.HearAsync(4));
        }
    }

    [Fact]
    public async Task A_target_that_refuses_is_passed_over()
    {
        using Socket closed = RunningRelay.ClosedPort();
        await using var relay = new RunningRelay(with: options =>
            options with { Targets = [RunningRelay.TargetOf(closed), .. options.Targets] });
        (Socket client, Socket target) = await relay.JoinAsync();
        using Socket one = client, other = target;
        await relay.Log.UntilAsync("1 failed Refused");
        await client.SayAsync("hi");
        Assert.Equal("hi", await target.HearAsync(2));
    }

    [Fact]
    public async Task Without_a_target_the_client_is_reset()
    {
        using Socket closed = RunningRelay.ClosedPort();
        await using var relay = new RunningRelay(with: options => options with { Targets = [RunningRelay.TargetOf(closed)] });
        // The reset may come before the client has noticed that it is connected.
        SocketException reset = await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using Socket client = await relay.ConnectAsync();
            await client.HearAllAsync();
        });
        Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
        await relay.Log.UntilAsync("1 failed Refused");
        await relay.Log.UntilAsync("1 closed NoTarget 0 0");
    }

    [Fact]
    public async Task Clients_beyond_the_limit_wait_their_turn()
    {
        await using var relay = new RunningRelay(with: options => options with { MaxConnections = 1 });
        (Socket client, Socket target) = await relay.JoinAsync();
        using Socket second = await relay.ConnectAsync();
        await second.SayAsync("me too");
        client.Dispose();
        target.Dispose();
        await relay.Log.UntilAsync("1 closed Closed 0 0");
        using Socket next = await relay.AcceptAsync();
        Assert.Equal("me too", await next.HearAsync(6));
    }

    [Fact]
    public async Task A_connection_that_is_silent_for_too_long_is_reset()
    {
        await using var relay = new RunningRelay(with: options => options with { IdleLimit = TimeSpan.FromMilliseconds(50) });
        (Socket client, Socket target) = await relay.JoinAsync();
        using Socket one = client, other = target;
        await Assert.ThrowsAsync<SocketException>(client.HearAllAsync);
        await Assert.ThrowsAsync<SocketException>(target.HearAllAsync);
        await relay.Log.UntilAsync("1 closed Idle 0 0");
    }

    [Theory]
    [InlineData(ProxyVersion.V1)]
    [InlineData(ProxyVersion.V2)]
    public async Task Passes_on_by_the_PROXY_protocol_whom_a_proxy_before_it_named(ProxyVersion version)
    {
        await using var relay = new RunningRelay(with: options => options with { AcceptProxy = true, Proxy = version });
        using Socket client = await relay.ConnectAsync();
        await client.SayAsync("PROXY TCP4 192.0.2.9 ");
        await client.SayAsync("192.0.2.2 4321 80\r\nhello");
        using Socket target = await relay.AcceptAsync();
        byte[] header = ProxyHeader.Write(version, IPEndPoint.Parse("192.0.2.9:4321"), relay.Endpoint);
        byte[] received = new byte[header.Length + 5];
        await using var stream = new NetworkStream(target);
        await stream.ReadExactlyAsync(received, TestContext.Current.CancellationToken);
        Assert.Equal([.. header, .. "hello"u8], received);
        Assert.Equal("1 accepted 192.0.2.9", await relay.Log.NextAsync());
    }

    [Fact]
    public async Task A_client_without_the_PROXY_header_that_was_asked_for_is_reset()
    {
        await using var relay = new RunningRelay(with: options => options with { AcceptProxy = true });
        using Socket client = await relay.ConnectAsync();
        await client.SayAsync("GET / HTTP/1.1\r\n\r\n");
        await Assert.ThrowsAsync<SocketException>(client.HearAllAsync);
        await relay.Log.UntilAsync("1 closed NoProxyHeader 0 0");
    }

    [Fact]
    public async Task Misbehaves_towards_either_side()
    {
        await using var relay = new RunningRelay(with: options =>
            options with { Faults = [new FaultPlan { Truncate = 3 }], TargetFaults = [new FaultPlan { Garble = 1 }] });
        (Socket client, Socket target) = await relay.JoinAsync();
        using Socket one = client, other = target;
        await client.SayAsync("hello");
        string garbled = await target.HearAsync(5);
        Assert.NotEqual("hello", garbled);
        await target.SayAsync("answer");
        Assert.Equal("ans", await client.HearAllAsync());
        client.Close();
        await relay.Log.UntilAsync("1 closed Misbehaved 5 3");
    }

    [Fact]
    public async Task A_reset_on_purpose_reaches_both_sides()
    {
        await using var relay = new RunningRelay(with: options => options with { Faults = [new FaultPlan { ResetAfter = 2 }] });
        (Socket client, Socket target) = await relay.JoinAsync();
        using Socket one = client, other = target;
        await target.SayAsync("answer");
        await Assert.ThrowsAsync<SocketException>(target.HearAllAsync);
        await Assert.ThrowsAsync<SocketException>(client.HearAllAsync);
        await relay.Log.UntilAsync("1 closed Misbehaved 0 2");
    }

    private static async Task SendAllAsync(Socket socket, byte[] bytes)
    {
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(bytes, TestContext.Current.CancellationToken);
        socket.Shutdown(SocketShutdown.Send);
    }

    private static async Task<byte[]> HashAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket);
        return await SHA256.HashDataAsync(stream, TestContext.Current.CancellationToken);
    }

    // Until the system has taken nothing for a while.
    private static long SendWhileTaken(Socket socket)
    {
        byte[] piece = new byte[1 << 16];
        long sent = 0;
        while (sent < 1L << 30 && socket.Poll(TimeSpan.FromMilliseconds(300), SelectMode.SelectWrite)) sent += socket.Send(piece);
        return sent;
    }

    internal static async Task<long> CountAsync(Socket socket)
    {
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await socket.ReceiveAsync(buffer, deadline.Token) is > 0 and int count) total += count;
        return total;
    }
}
