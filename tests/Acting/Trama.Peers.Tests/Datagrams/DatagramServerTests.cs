using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Trama.Peers.Datagrams;
using Trama.Peers.Replies;

namespace Trama.Peers.Tests.Datagrams;

public class DatagramServerTests
{
    [Fact]
    public async Task Two_echo_servers_at_the_same_port_do_not_answer_each_other()
    {
        using var one = new Running(new EchoResponder());
        // As another server at the same port of another address of this machine.
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), one.Endpoint.Port));
        await other.SendToAsync("ping"u8.ToArray(), one.Endpoint);
        Assert.Equal("unanswered MayLoop", await one.NextAsync());
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await client.SendToAsync("ping"u8.ToArray(), one.Endpoint);
        Assert.Equal("replied", await one.NextAsync());
    }

    [Fact]
    public async Task Who_answers_with_the_same_for_ever_is_told_of()
    {
        using var one = new Running(new EchoResponder());
        // The other one, begun by what a spoofed datagram would be.
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.Connect(one.Endpoint);
        byte[] datagram = [.. "ping"u8];
        for (int turn = 0; turn < 1000; turn++)
        {
            await other.SendAsync(datagram);
            await other.ReceiveAsync(datagram);
        }

        while (await one.NextAsync() != "repeated")
        {
        }
    }

    private sealed class Running : IDatagramLog, IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Channel<string> _events = Channel.CreateUnbounded<string>();
        private readonly DatagramServer _server;

        public Running(Responder responder)
        {
            _server = DatagramServer.Listen(new DatagramServerOptions { Address = IPAddress.Loopback, Port = 0, Responder = responder },
                this);
            Endpoint = _server.Endpoint;
            _ = _server.RunAsync(_stop.Token);
        }

        public IPEndPoint Endpoint { get; }

        public async Task<string> NextAsync()
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            return await _events.Reader.ReadAsync(deadline.Token);
        }

        public void Dispose()
        {
            _stop.Cancel();
            _server.Dispose();
            _stop.Dispose();
        }

        public void Listening(IPEndPoint endpoint)
        {
        }

        public void Received(IPEndPoint client, ReadOnlySpan<byte> message)
        {
        }

        public void Replied(IPEndPoint client, ReadOnlySpan<byte> reply) => _events.Writer.TryWrite("replied");

        public void Unanswered(IPEndPoint client, ResponderException error) => _events.Writer.TryWrite($"unanswered {error.Failure}");

        public void Troubled(IPEndPoint client, ResponderException trouble) => _events.Writer.TryWrite("trouble");

        public void Repeated(IPEndPoint client) => _events.Writer.TryWrite("repeated");

        public void ReplyFailed(IPEndPoint client, string error) => _events.Writer.TryWrite("failed");

        public void Refused(IPEndPoint client) => _events.Writer.TryWrite("refused");

        public void Stopped()
        {
        }
    }
}
