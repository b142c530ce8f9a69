using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Tracing.Tests;

public class ConnectionTests
{
    private const TcpFlags Data = TcpFlags.Psh | TcpFlags.Ack;
    private const uint Client = Wire.ClientStart + 1;
    private const uint Server = Wire.ServerStart + 1;

    [Fact]
    public void A_SYN_sent_again_is_the_same_connection_and_another_SYN_a_new_one()
    {
        var wire = new Wire();
        wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0);
        wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0, afterNs: 1_000_000_000);
        Assert.Single(wire.Connections);
        Assert.Equal(1, wire.Connection.ToServer.Retransmissions);
        wire.Send(Side.Client, TcpFlags.Syn, 77_000, 0, afterNs: 1_000_000_000);
        wire.Complete();
        Assert.Equal([1L, 2L], wire.Ended.Select(c => c.Id));
        Assert.Equal(ConnectionState.Unanswered, wire.Connections[0].State);
    }

    [Fact]
    public void A_connection_that_both_sides_close_is_closed_by_the_first()
    {
        var wire = new Wire();
        wire.Handshake();
        wire.Send(Side.Server, TcpFlags.Fin | TcpFlags.Ack, Server, Client);
        Assert.Equal(ConnectionState.Open, wire.Connection.State);
        wire.Send(Side.Client, TcpFlags.Fin | TcpFlags.Ack, Client, Server + 1);
        wire.Complete();
        Assert.Equal((ConnectionState.Closed, Side.Server, wire.Now),
            (wire.Connection.State, wire.Connection.ClosedBy, wire.Connection.ClosedAt!.Value.Nanoseconds));
    }

    [Fact]
    public void A_SYN_answered_with_RST_is_refused_and_a_RST_later_resets()
    {
        var refused = new Wire();
        refused.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0);
        refused.Send(Side.Server, TcpFlags.Rst | TcpFlags.Ack, 0, Client);
        Assert.Equal((ConnectionState.Refused, Side.Server), (refused.Connection.State, refused.Connection.ClosedBy));

        var reset = new Wire();
        reset.Handshake();
        reset.Send(Side.Client, TcpFlags.Rst, Client, 0);
        Assert.Equal((ConnectionState.Reset, Side.Client), (reset.Connection.State, reset.Connection.ClosedBy));
    }

    [Fact]
    public void Simultaneous_open_is_one_connection()
    {
        var wire = new Wire();
        wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0);
        wire.Send(Side.Server, TcpFlags.Syn, Wire.ServerStart, 0);
        wire.Send(Side.Client, TcpFlags.Syn | TcpFlags.Ack, Wire.ClientStart, Server);
        wire.Send(Side.Server, TcpFlags.Syn | TcpFlags.Ack, Wire.ServerStart, Client);
        wire.Send(Side.Client, Data, Client, Server, "hi");
        wire.Complete();
        Assert.Single(wire.Connections);
        Assert.Equal(40_000, wire.Connection.Client.Port);
        Assert.Equal("hi", wire.Said(Side.Client));
    }

    [Fact]
    public void A_SYN_overtaken_by_its_answer_is_the_same_connection()
    {
        var wire = new Wire();
        wire.Send(Side.Server, TcpFlags.Syn | TcpFlags.Ack, Wire.ServerStart, Client);
        wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0);
        wire.Send(Side.Client, Data, Client, Server, "hi");
        wire.Complete();
        Assert.Equal((40_000, "hi"), (Assert.Single(wire.Connections).Client.Port, wire.Said(Side.Client)));
    }

    [Fact]
    public void Without_a_SYN_the_ephemeral_port_is_the_client_s_and_the_capture_shows_a_part()
    {
        var wire = new Wire();
        wire.Send(Side.Server, Data, 900, 100, "rest of a reply");
        wire.Send(Side.Client, Data, 100, 915, "next");
        wire.Complete();
        Assert.Equal((40_000, ConnectionState.Partial), (wire.Connection.Client.Port, wire.Connection.State));
        Assert.Equal(("next", "rest of a reply"), (wire.Said(Side.Client), wire.Said(Side.Server)));
        Assert.Equal((1u, 1u), (wire.Connection.Segments[0].Sequence, wire.Connection.Segments[1].Sequence));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", Side.Server)]
    [InlineData("GET /orders HTTP/1.1\r\nHost: a\r\n\r\n", Side.Client)]
    [InlineData("nothing that tells", Side.Client)]
    public void Between_two_ephemeral_ports_a_first_reply_tells_the_server(string said, Side speaker)
    {
        var wire = new Wire { Server = new Endpoint(IpAddress.FromIpv4(0x0a000002), 45_000) };
        wire.Send(Side.Server, Data, 900, 100, said);
        wire.Send(Side.Client, Data, 100, 900 + (uint)said.Length, "more");
        wire.Complete();
        Assert.Equal(speaker == Side.Server ? 45_000 : 40_000, wire.Connection.Server.Port);
        Assert.Equal((said, "more"), (wire.Said(speaker), wire.Said(speaker.Other())));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", Side.Server, 1)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", Side.Server, 2)]
    [InlineData("GET /orders HTTP/1.1\r\nHost: a\r\n\r\n", Side.Client, 1)]
    [InlineData("GET /orders HTTP/1.1\r\nHost: a\r\n\r\n", Side.Client, 2)]
    [InlineData("nothing that tells", Side.Client, 2)]
    public void Between_two_ephemeral_ports_acknowledgements_wait_for_what_tells_the_server(string said, Side speaker, int before)
    {
        foreach (Side first in (Side[])[Side.Client, Side.Server])
        {
            var wire = new Wire { Server = new Endpoint(IpAddress.FromIpv4(0x0a000002), 45_000) };
            for (int i = 0; i < before; i++)
            {
                Side from = i == 0 ? first : first.Other();
                wire.Send(from, TcpFlags.Ack, from == Side.Client ? 100u : 900, from == Side.Client ? 900u : 100);
            }

            Assert.Empty(wire.Connections);
            wire.Send(Side.Server, Data, 900, 100, said);
            wire.Complete();
            Assert.Equal(speaker == Side.Server ? 45_000 : 40_000, wire.Connection.Server.Port);
            Assert.Equal(said, wire.Said(speaker));
            Assert.Equal(before + 1, wire.Connection.Segments.Count);
        }
    }

    [Fact]
    public void Acknowledgements_that_nothing_follows_are_told_and_held_to_their_limit()
    {
        var wire = new Wire(new TracingOptions { MaxHalfOpen = 10 }) { Server = new Endpoint(IpAddress.FromIpv4(0x0a000002), 45_000) };
        for (int i = 0; i < 50; i++)
        {
            wire.ClientAddress = 0x0b000000 + (uint)i;
            for (int more = 0; more < 1 + i % 4; more++) wire.Send(Side.Client, TcpFlags.Ack, 100, 900);
        }

        wire.Complete();
        Assert.Equal(50, wire.Ended.Count);
        Assert.All(wire.Ended, connection => Assert.Equal(45_000, connection.Server.Port));
    }

    [Fact]
    public void A_flood_of_SYNs_is_held_to_its_limit_and_every_one_is_told()
    {
        var wire = new Wire(new TracingOptions { MaxHalfOpen = 100 });
        wire.Handshake();
        for (int i = 0; i < 5000; i++)
        {
            wire.ClientAddress = 0x0b000000 + (uint)i;
            wire.Send(Side.Client, TcpFlags.Syn, 1, 0);
            wire.Send(Side.Server, TcpFlags.Syn | TcpFlags.Ack, 1, 2);
        }

        Assert.Equal(4900, wire.Ended.Count);
        Assert.Equal(4900, wire.Tracker.Totals.EvictedConnections);
        // The connection that was open before is still there.
        wire.ClientAddress = 0x0a000001;
        wire.Send(Side.Client, Data, Client, Server, "still here");
        wire.Complete();
        Assert.Equal(5001, wire.Ended.Count);
        Assert.Equal("still here", wire.Said(Side.Client));
    }

    [Fact]
    public void A_half_open_connection_costs_a_few_hundred_bytes_until_more_of_it_is_seen()
    {
        var wire = new Wire(new TracingOptions());
        wire.Handshake();
        const int Count = 20_000;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (uint i = 0; i < Count; i++)
        {
            wire.ClientAddress = 0x0b000000 + i;
            wire.Send(Side.Client, TcpFlags.Syn, 1, 0);
            wire.Send(Side.Server, TcpFlags.Syn | TcpFlags.Ack, 1, 2);
        }

        // The table doubles as it grows, and is copied then.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Count, 0, 1600);
        Assert.Single(wire.Connections);
        wire.ClientAddress = 0x0b000007;
        wire.Send(Side.Client, Data, 2, 2, "on");
        Assert.Equal((9, 2, 1), (wire.Connections[1].Id, wire.Connections[1].ToServer.Packets, wire.Connections[1].ToClient.Packets));
        wire.Complete();
        Assert.Equal(Enumerable.Range(1, Count + 1).Select(id => (long)id), wire.Ended.Select(connection => connection.Id));
        Assert.All(wire.Ended.Skip(1).Where(connection => connection.Id != 9), connection =>
            Assert.Equal((ConnectionState.Open, 1), (connection.State, connection.ToClient.Packets)));
    }

    [Fact]
    public void The_connection_silent_longest_makes_room_when_there_are_too_many()
    {
        var wire = new Wire(new TracingOptions { MaxConnections = 3 });
        for (uint i = 0; i < 5; i++)
        {
            wire.ClientAddress = 0x0b000000 + i;
            wire.Handshake();
            wire.Now += 1_000_000_000;
        }

        Assert.Equal([1L, 2L], wire.Ended.Select(c => c.Id));
        Assert.Equal(2, wire.Tracker.Totals.EvictedConnections);
    }

    [Fact]
    public void Connections_that_are_over_are_let_go_beyond_their_limit()
    {
        var wire = new Wire(new TracingOptions { MaxLingering = 2 });
        for (uint i = 0; i < 5; i++)
        {
            wire.ClientAddress = 0x0b000000 + i;
            wire.Handshake();
            wire.Send(Side.Client, TcpFlags.Rst, Client, 0);
        }

        Assert.Equal(3, wire.Ended.Count);
        Assert.Equal(0, wire.Tracker.Totals.EvictedConnections);
    }

    [Fact]
    public void Digests_are_those_of_the_streams()
    {
        var wire = new Wire(new TracingOptions { Digests = true });
        wire.Handshake();
        wire.Send(Side.Client, Data, Client, Server, "Olá, servidor!");
        wire.Complete();
        Assert.Equal(System.Security.Cryptography.SHA256.HashData("Olá, servidor!"u8), wire.Connection.ToServer.StreamSha256);
        Assert.Equal(System.Security.Cryptography.SHA256.HashData([]), wire.Connection.ToClient.StreamSha256);
    }
}
