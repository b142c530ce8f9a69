using CsCheck;
using Trama.Lab.Paths;
using Trama.Lab.Paths.Obstacles;
using Trama.Packets.Building;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Lab.Tests.Paths;

public class WireTests
{
    private static readonly WireSettings Settings = new() { RoundTrip = 20_000_000, Hops = 5, ServerPort = Packets.ServerPort };

    [Fact]
    public void A_packet_arrives_after_half_the_round_trip_and_not_before()
    {
        var wire = new Wire(Settings, []);
        Assert.True(wire.Accept(Direction.ToServer, Packets.Up(1, TcpFlags.Syn), 1000));
        Assert.Equal(10_001_000, wire.NextDue);
        Assert.False(wire.TryTake(10_000_999, out _));
        Assert.True(wire.TryTake(10_001_000, out Delivery delivery));
        Assert.Equal(Direction.ToServer, delivery.Direction);
        Assert.Null(wire.NextDue);
    }

    [Fact]
    public void Packets_of_one_direction_never_overtake_each_other_for_jitter() =>
        Gen.Select(Gen.Int[0, 30_000_000], Gen.Int, Gen.Int[0, 2_000_000].Array[1, 40]).Sample((jitter, seed, gaps) =>
        {
            var wire = new Wire(Settings with { Jitter = jitter, Seed = seed }, []);
            long now = 0;
            for (uint i = 0; i < gaps.Length; i++) wire.Accept(Direction.ToServer, Packets.Up(i), now += gaps[i]);
            Assert.Equal(Enumerable.Range(0, gaps.Length).Select(i => (uint)i), Arrivals(wire).Select(Packets.Sequence));
        });

    [Fact]
    public void What_arrives_together_arrives_in_the_order_in_which_it_set_out()
    {
        var wire = new Wire(Settings, []);
        wire.Accept(Direction.ToServer, Packets.Up(1), 0);
        wire.Accept(Direction.ToClient, Packets.Down(2), 0);
        wire.Accept(Direction.ToServer, Packets.Up(3), 0);
        Assert.Equal([1u, 2u, 3u], Arrivals(wire).Select(Packets.Sequence));
    }

    [Fact]
    public void A_packet_that_is_held_back_is_overtaken()
    {
        var wire = new Wire(Settings, [new Holding((in Crossing crossing) => crossing.Sequence.Value == 1, 3_000_000)]);
        for (uint i = 0; i < 4; i++) wire.Accept(Direction.ToServer, Packets.Up(i), i * 1_000_000);
        Assert.Equal([0u, 2u, 3u, 1u], Arrivals(wire).Select(Packets.Sequence));
        Assert.Equal("hold", Assert.Single(wire.Events).Action);
    }

    [Fact]
    public void A_copy_follows_its_packet()
    {
        var wire = new Wire(Settings, [new Copying((in Crossing crossing) => crossing.Length > 0, 100)]);
        wire.Accept(Direction.ToServer, Packets.Up(1, payload: 10), 0);
        wire.Accept(Direction.ToServer, Packets.Up(2), 1_000);
        Assert.Equal([1u, 1u, 2u], Arrivals(wire).Select(Packets.Sequence));
    }

    [Fact]
    public void The_chosen_data_segment_is_lost_once_and_its_repetition_passes()
    {
        var wire = new Wire(Settings,
            [new Dropping("chosen", (in Crossing crossing) => crossing.Length > 0 && !crossing.Again && crossing.DataIndex == 1)]);
        foreach (uint sequence in (uint[])[101, 201, 301, 201]) wire.Accept(Direction.ToServer, Packets.Up(sequence, payload: 100), 0);
        Assert.Equal([101u, 301u, 201u], Arrivals(wire).Select(Packets.Sequence));
        LinkEvent drop = Assert.Single(wire.Events);
        Assert.Equal(("drop", "chosen", 100L), (drop.Action, drop.Reason, drop.Offset));
        Assert.Equal(1, wire.Sent[(int)Direction.ToServer].Again);
    }

    [Fact]
    public void Obstacles_leave_the_connections_of_other_ports_alone()
    {
        var wire = new Wire(Settings with { ServerPort = 1 }, [new Dropping("all", (in Crossing _) => true)]);
        wire.Accept(Direction.ToServer, Packets.Up(1), 0);
        Assert.Single(Arrivals(wire));
        Assert.Equal(0, wire.Sent[0].Segments);
    }

    [Fact]
    public void What_is_neither_TCP_nor_an_error_about_it_is_not_carried()
    {
        var wire = new Wire(Settings, []);
        byte[] udp = Packets.Up(1);
        udp[9] = 17;
        Assert.False(wire.Accept(Direction.ToServer, udp, 0));
        Assert.True(wire.Accept(Direction.ToClient, UnreachableMessage.Of(Packets.Server.Address, Packets.Up(1), 3, 64), 0));
        Assert.Single(Arrivals(wire));
    }

    [Fact]
    public void After_a_blackout_nothing_passes_in_either_direction()
    {
        var wire = new Wire(Settings, [new Blackout((in Crossing crossing) => crossing.Length > 0)]);
        wire.Accept(Direction.ToServer, Packets.Up(1), 0);
        wire.Accept(Direction.ToClient, Packets.Down(2, payload: 10), 0);
        wire.Accept(Direction.ToServer, Packets.Up(3), 0);
        Assert.Equal([1u], Arrivals(wire).Select(Packets.Sequence));
        Assert.Equal(["blackout", "drop", "drop"], wire.Events.Select(entry => entry.Action));
    }

    [Fact]
    public void After_an_outage_everything_passes_again()
    {
        var wire = new Wire(Settings, [new Outage((in Crossing crossing) => crossing.Length > 0, nanoseconds: 1000)]);
        wire.Accept(Direction.ToServer, Packets.Up(1), 0);
        wire.Accept(Direction.ToServer, Packets.Up(2, payload: 10), 1);
        wire.Accept(Direction.ToClient, Packets.Down(3), 1000);
        wire.Accept(Direction.ToServer, Packets.Up(4), 1001);
        Assert.Equal([1u, 4u], Arrivals(wire).Select(Packets.Sequence));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_device_that_translates_ports_gives_another_one_with_a_right_checksum_and_translates_back(bool isIpv6)
    {
        (Endpoint client, Endpoint server) = isIpv6 ? (Packets.Client6, Packets.Server6) : (Packets.Client, Packets.Server);
        byte[] Up(Endpoint from) => Forge.Segment(from, server, new SequenceNumber(7), default, TcpFlags.Ack, 64, payload: new byte[11]);
        byte[] Down(Endpoint to) => Forge.Segment(server, to, new SequenceNumber(9), default, TcpFlags.Rst, 64);
        Endpoint other = client with { Port = 777 };
        var wire = new Wire(Settings, [new Renaming((in Crossing crossing) => crossing.Length > 0, other.Port)]);
        wire.Accept(Direction.ToServer, Up(client), 0);
        wire.Accept(Direction.ToClient, Down(other), 0);
        int tcp = isIpv6 ? 40 : 20;
        Assert.Equal([Up(other)[tcp..], Down(client)[tcp..]], Arrivals(wire).Select(packet => packet[tcp..]));
    }

    [Theory]
    [InlineData(1400, false)]
    [InlineData(1401, true)]
    public void A_narrow_link_says_what_passes_and_the_host_keeps_that_from_its_TCP(int length, bool isTooLarge)
    {
        var wire = new Wire(Settings, [new Narrow(Direction.ToServer, largest: 1400, IpAddress.FromIpv4(0x0a000009))]);
        wire.Accept(Direction.ToServer, Packets.Up(1, payload: length - 40), 0);
        Assert.True(wire.TryTake(long.MaxValue, out Delivery delivery));
        Assert.Equal((isTooLarge ? Direction.ToClient : Direction.ToServer, isTooLarge), (delivery.Direction, delivery.Refused));
        // Fragmentation needed, and the MTU (RFC 1191 section 4).
        if (isTooLarge) Assert.Equal([3, 4, 1400 >> 8, 1400 & 255], [.. delivery.Packet.AsSpan(20, 2), .. delivery.Packet.AsSpan(26, 2)]);
    }

    private static List<byte[]> Arrivals(Wire wire)
    {
        List<byte[]> packets = [];
        while (wire.NextDue is { } due)
        {
            while (wire.TryTake(due, out Delivery delivery)) packets.Add(delivery.Packet);
        }

        return packets;
    }
}
