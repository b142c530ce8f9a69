using System.Net;
using System.Net.Sockets;

namespace Trama.Testing.Tests;

/// <summary>A capture sees its own server, and nobody else who has the same port.</summary>
public class OthersTests
{
    private static readonly IPAddress s_second = IPAddress.Parse("127.0.0.2");
    private static readonly IPAddress s_third = IPAddress.Parse("127.0.0.3");

    [Theory, InlineData("127.0.0.1"), InlineData("::1")]
    public async Task A_server_at_the_same_port_of_another_address_is_not_seen(string host)
    {
        (TcpListener server, TcpListener other) = ListenAtOnePort(IPAddress.Parse(host), s_second);
        using TcpListener one = server, two = other;
        await using Wire wire = await Wire.CaptureAsync(PortOf(server), new WireOptions { Host = IPAddress.Parse(host) });
        Assert.SkipWhen(wire.Blind is not null, wire.Blind ?? "");
        Talk(Connect(new IPEndPoint(s_second, PortOf(server))), other);
        wire.Should().HaveConnections(0);
        Talk(Connect(wire.Address), server);
        wire.Should().HaveConnections(1);
    }

    [Theory, InlineData("127.0.0.1"), InlineData("0.0.0.0"), InlineData("::")]
    public async Task A_client_with_the_servers_port_is_not_seen(string host)
    {
        using TcpListener server = Listen(IPAddress.Loopback);
        using TcpListener other = Listen(s_third);
        await using Wire wire = await Wire.CaptureAsync(PortOf(server), new WireOptions { Host = IPAddress.Parse(host) });
        Assert.SkipWhen(wire.Blind is not null, wire.Blind ?? "");
        Talk(Connect((IPEndPoint)other.LocalEndpoint, new IPEndPoint(s_second, PortOf(server))), other);
        wire.Should().HaveConnections(0);
        Talk(Connect(new IPEndPoint(IPAddress.Loopback, PortOf(server))), server);
        wire.Should().HaveConnections(1).And.HaveRoundTrips(2);
    }

    [Fact]
    public async Task Of_every_address_all_are_seen()
    {
        using TcpListener server = Listen(IPAddress.Any);
        await using Wire wire = await Wire.CaptureAsync(PortOf(server), new WireOptions { Host = IPAddress.Any });
        Assert.SkipWhen(wire.Blind is not null, wire.Blind ?? "");
        Talk(Connect(new IPEndPoint(s_second, PortOf(server))), server);
        Talk(Connect(new IPEndPoint(s_third, PortOf(server))), server);
        wire.Should().HaveConnections(2);
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    // A port that is free at one address may be taken at the other.
    private static (TcpListener First, TcpListener Second) ListenAtOnePort(IPAddress first, IPAddress second)
    {
        while (true)
        {
            TcpListener listener = Listen(first);
            try
            {
                return (listener, Listen(second, PortOf(listener)));
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                listener.Dispose();
            }
        }
    }

    private static TcpListener Listen(IPAddress address, int port = 0)
    {
        var listener = new TcpListener(address, port);
        listener.Start();
        return listener;
    }

    private static Socket Connect(IPEndPoint to, IPEndPoint? from = null)
    {
        var client = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (from is not null) client.Bind(from);
        client.Connect(to);
        return client;
    }

    private static void Talk(Socket client, TcpListener server)
    {
        using (client)
        using (Socket accepted = server.AcceptSocket())
        {
            client.Send("ping"u8);
            Assert.Equal(4, accepted.Receive(new byte[4]));
            accepted.Send("pong"u8);
            Assert.Equal(4, client.Receive(new byte[4]));
        }
    }
}
