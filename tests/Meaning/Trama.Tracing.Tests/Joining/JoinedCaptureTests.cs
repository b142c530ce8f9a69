using Trama.Packets.Transport;
using Trama.Tracing.Joining;

namespace Trama.Tracing.Tests.Joining;

public class JoinedCaptureTests
{
    private const TcpFlags Data = TcpFlags.Psh | TcpFlags.Ack;
    private const long Delay = 10_000_000;

    [Fact]
    public void A_loss_is_told_from_its_retransmission()
    {
        var hosts = new TwoHosts();
        hosts.Handshake(Delay);
        hosts.Send(Side.Client, 50_000_000, null, Data, 1001, 5001, 500);
        hosts.Send(Side.Client, 51_000_000, Delay, Data, 1501, 5001, 500);
        hosts.Send(Side.Client, 260_000_000, Delay, Data, 1001, 5001, 500);
        JoinedConnection joined = Assert.Single(hosts.Join().Connections);
        JoinedSegment[] data = [.. joined.Segments.Where(s => joined.Seen(s).Length > 0)];
        Assert.Equal([SegmentFate.Lost, SegmentFate.Delivered, SegmentFate.Delivered], data.Select(s => s.Fate));
        Assert.Equal(1u, joined.Left(data[0])!.Value.Sequence);
        Assert.DoesNotContain(data, s => s.Overtaken);
    }

    [Fact]
    public void What_overtakes_is_copied_or_made_up_on_the_way_is_recognised()
    {
        var hosts = new TwoHosts { AheadNs = 3_600_000_000_000 };
        hosts.Handshake(Delay);
        hosts.Send(Side.Client, 50_000_000, Delay + 3_000_000, Data, 1001, 5001, 100);
        hosts.Send(Side.Client, 50_100_000, Delay, Data, 1101, 5001, 100, copies: 2);
        hosts.Send(Side.Server, 70_000_000, Delay, TcpFlags.Ack, 5001, 1201);
        hosts.Send(Side.Server, 75_000_000, Delay, TcpFlags.Rst, 5001, 0, leaves: false);
        hosts.Send(Side.Client, 90_000_000, Delay, TcpFlags.Ack, 1201, 5001);
        hosts.Send(Side.Server, 110_000_000, Delay, TcpFlags.Ack, 5001, 1201);
        JoinedCapture captures = hosts.Join();
        JoinedConnection joined = Assert.Single(captures.Connections);
        Assert.True(captures.FirstIsNearClients);
        JoinedSegment overtaken = Assert.Single(joined.Segments, s => s.Overtaken);
        Assert.Equal(1u, joined.Seen(overtaken).Sequence);
        Assert.Equal(101u, joined.Seen(Assert.Single(joined.Segments, s => s.Fate == SegmentFate.Duplicated)).Sequence);
        JoinedSegment forged = Assert.Single(joined.Segments, s => s.Fate == SegmentFate.Forged);
        Assert.Equal(TcpFlags.Rst, joined.Seen(forged).Flags);
    }

    [Fact]
    public void Each_process_is_taken_from_the_capture_nearer_to_it()
    {
        // At its own end a side is 1, seen from the other it is 2; of the server nothing is known at the client.
        var hosts = new TwoHosts { Owners = at => new Owners(side => side == at ? Process(1) : at == Side.Server ? Process(2) : null) };
        hosts.Handshake(Delay);
        JoinedConnection joined = Assert.Single(hosts.Join().Connections);
        foreach (Connection connection in (Connection[])[joined.AtClient!, joined.AtServer!])
        {
            Assert.Equal([1], connection.Process(Side.Client)!.Ids);
            Assert.Equal([1], connection.Process(Side.Server)!.Ids);
        }

        hosts = new TwoHosts { Owners = at => new Owners(side => at == Side.Server ? Process(3) : null) };
        hosts.Handshake(Delay);
        Assert.Equal([3], Assert.Single(hosts.Join().Connections).Shown.Process(Side.Client)!.Ids);

        static SideProcess Process(int id) => new() { Ids = [id] };
    }

    [Fact]
    public void Behind_address_translation_the_connection_is_the_same()
    {
        var hosts = new TwoHosts { Translated = (0xc0000201, 61_234) };
        hosts.Handshake(Delay);
        hosts.Send(Side.Client, 50_000_000, Delay, Data, 1001, 5001, 100);
        JoinedConnection joined = Assert.Single(hosts.Join().Connections);
        Assert.True(joined.IsTranslated);
        Assert.Equal((ushort)61_234, joined.AtServer!.Client.Port);
        Assert.All(joined.Segments, s => Assert.Equal(SegmentFate.Delivered, s.Fate));
    }

    [Fact]
    public void A_device_that_renumbers_is_seen_through_by_what_is_said()
    {
        var hosts = new TwoHosts { Renumbered = 0x7fff_0000, Translated = (0xc0000201, 61_234) };
        hosts.Handshake(Delay);
        hosts.Send(Side.Client, 50_000_000, Delay, Data, 1001, 5001, 100);
        hosts.Send(Side.Server, 70_000_000, Delay, Data, 5001, 1101, 100);
        hosts.Send(Side.Client, 90_000_000, null, Data, 1101, 5101, 100);
        hosts.Send(Side.Client, 300_000_000, Delay, Data, 1101, 5101, 100);
        JoinedConnection joined = Assert.Single(hosts.Join().Connections);
        Assert.True(joined.IsTranslated);
        Assert.Equal(SegmentFate.Lost, Assert.Single(joined.Segments, s => s.Fate != SegmentFate.Delivered).Fate);
    }

    [Fact]
    public void A_segment_that_offloading_cuts_on_the_way_arrives_in_parts()
    {
        var hosts = new TwoHosts();
        hosts.Handshake(Delay);
        hosts.Send(Side.Client, 50_000_000, Delay, Data, 1001, 5001, 4000, parts: 4);
        hosts.Send(Side.Server, 70_000_000, Delay, TcpFlags.Ack, 5001, 5001);
        JoinedConnection joined = Assert.Single(hosts.Join().Connections);
        JoinedSegment[] parts = [.. joined.Segments.Where(s => joined.Seen(s).Length > 0)];
        Assert.Equal(4, parts.Length);
        Assert.Single(parts.Select(s => s.Left).Distinct());
        Assert.All(joined.Segments, s => Assert.Equal(SegmentFate.Delivered, s.Fate));
    }

    [Fact]
    public void Successive_connections_on_the_same_ports_are_told_apart()
    {
        var hosts = new TwoHosts();
        hosts.Handshake(Delay);
        hosts.Send(Side.Client, 60_000_000, Delay, TcpFlags.Rst | TcpFlags.Ack, 1001, 5001);
        hosts.Send(Side.Client, 100_000_000, null, TcpFlags.Syn, 70_000, 0);
        hosts.Send(Side.Client, 1_100_000_000, Delay, TcpFlags.Syn, 70_000, 0);
        JoinedCapture captures = hosts.Join();
        Assert.Equal(2, captures.SharedConnections);
        Assert.Equal(SegmentFate.Lost, Assert.Single(captures.Connections[1].Segments, s => s.Fate != SegmentFate.Delivered).Fate);
    }

    [Fact]
    public void What_came_before_the_other_capture_ran_or_what_that_missed_is_no_loss()
    {
        var hosts = new TwoHosts();
        hosts.Handshake(Delay);
        // The server's capture misses this one: its host acknowledges it all the same.
        hosts.Send(Side.Client, 50_000_000, null, Data, 1001, 5001, 300);
        hosts.Send(Side.Server, 61_000_000, Delay, TcpFlags.Ack, 5001, 1301);
        hosts.Send(Side.Client, 90_000_000, Delay, Data, 1301, 5001, 10);
        JoinedConnection joined = Assert.Single(hosts.Join().Connections);
        Assert.Equal(300, joined.Seen(Assert.Single(joined.Segments, s => s.Fate == SegmentFate.Unwatched)).Length);
        Assert.DoesNotContain(joined.Segments, s => s.Fate == SegmentFate.Lost);
    }

    [Fact]
    public void One_capture_given_twice_is_one_place()
    {
        var hosts = new TwoHosts();
        hosts.Handshake(Delay);
        Assert.True(JoinedCapture.Of(hosts.Capture(Side.Client), hosts.Capture(Side.Client)).IsOnePlace);
        Assert.False(hosts.Join().IsOnePlace);
    }

    [Fact]
    public void A_single_packet_in_both_is_enough_to_join_and_no_sign_of_one_place()
    {
        var hosts = new TwoHosts();
        hosts.Send(Side.Client, 0, Delay, TcpFlags.Syn, 1000, 0);
        hosts.Send(Side.Client, 1_000_000_000, null, TcpFlags.Syn, 1000, 0);
        JoinedCapture captures = hosts.Join();
        Assert.False(captures.IsOnePlace);
        Assert.True(captures.AreTwoPlaces);
        Assert.Equal([SegmentFate.Delivered, SegmentFate.Lost], captures.Connections[0].Segments.Select(s => s.Fate));
    }

    [Fact]
    public void However_much_one_side_says_both_ways_bound_the_clocks()
    {
        var hosts = new TwoHosts { AheadNs = 5_000_000_000 };
        hosts.Handshake(Delay);
        for (uint i = 0; i < 5000; i++) hosts.Send(Side.Client, 50_000_000 + i * 10_000, Delay, Data, 1001 + i, 5001, 1);
        hosts.Send(Side.Server, 200_000_000, Delay, TcpFlags.Ack, 5001, 6001);
        ClockOffset clock = hosts.Join().Clock!.Value;
        Assert.InRange(clock.UncertaintyNs!.Value, Delay - 1000, Delay + 1000);
    }

    [Fact]
    public void Captures_in_the_wrong_order_give_the_same()
    {
        var hosts = new TwoHosts { AheadNs = -500_000_000 };
        hosts.Handshake(Delay);
        hosts.Send(Side.Client, 50_000_000, Delay, Data, 1001, 5001, 100);
        var swapped = JoinedCapture.Of(hosts.Capture(Side.Server), hosts.Capture(Side.Client));
        Assert.False(swapped.FirstIsNearClients);
        Assert.All(swapped.Connections[0].Segments, s => Assert.InRange(s.DelayNs!.Value, Delay - 100_000, Delay + 100_000));
        Assert.Equal(Side.Client, swapped.Connections[0].Segments[0].From);
    }

    private sealed class Owners(Func<Side, SideProcess?> owner) : IConnectionOwners
    {
        public Func<Side, SideProcess?> Begin(in Packets.Decoding.TcpSegment first, bool isFromClient) => owner;
    }
}
