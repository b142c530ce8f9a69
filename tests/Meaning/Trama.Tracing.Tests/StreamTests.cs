using Trama.Packets.Transport;

namespace Trama.Tracing.Tests;

public class StreamTests
{
    private const TcpFlags Data = TcpFlags.Psh | TcpFlags.Ack;
    private const uint Client = Wire.ClientStart + 1;
    private const uint Server = Wire.ServerStart + 1;

    [Fact]
    public void The_first_copy_stays_where_overlaps_contradict_and_the_difference_is_counted()
    {
        var wire = Opened();
        wire.Send(Side.Client, Data, Client + 4, Server, "WXYZ");
        wire.Send(Side.Client, Data, Client, Server, "abcdefgh");
        wire.Complete();
        Assert.Equal("abcdWXYZ", wire.Said(Side.Client));
        Assert.Equal(4, wire.Connection.ToServer.ContradictedBytes);
        Assert.Equal(8, wire.Connection.ToServer.StreamBytes);
        Assert.Equal(12, wire.Connection.ToServer.PayloadBytes);
    }

    [Fact]
    public void A_retransmission_that_contradicts_unacknowledged_bytes_is_counted()
    {
        var wire = Opened();
        wire.Send(Side.Client, Data, Client, Server, "abcd");
        wire.Send(Side.Client, Data, Client, Server, "abXdef", afterNs: 300_000_000);
        wire.Complete();
        Assert.Equal("abcdef", wire.Said(Side.Client));
        Assert.Equal(1, wire.Connection.ToServer.ContradictedBytes);
    }

    [Fact]
    public void Data_in_the_SYN_is_the_start_of_the_stream()
    {
        var wire = new Wire();
        wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0, "early ");
        wire.Send(Side.Server, TcpFlags.Syn | TcpFlags.Ack, Wire.ServerStart, Client + 6);
        wire.Send(Side.Client, Data, Client + 6, Server, "late");
        wire.Complete();
        Assert.Equal("early late", wire.Said(Side.Client));
        Assert.Empty(wire.Gaps);
    }

    [Fact]
    public void Urgent_data_is_data_where_it_stands()
    {
        var wire = Opened();
        wire.Send(Side.Client, Data, Client, Server, "be");
        wire.Send(Side.Client, Data | TcpFlags.Urg, Client + 2, Server, "fore!");
        wire.Send(Side.Client, Data, Client + 7, Server, " after");
        wire.Complete();
        Assert.Equal("before! after", wire.Said(Side.Client));
        Assert.Equal((13, 0), (wire.Connection.ToServer.StreamBytes, wire.Connection.ToServer.Gaps));
    }

    [Fact]
    public void Data_after_the_FIN_and_in_a_RST_is_no_part_of_the_stream()
    {
        var wire = Opened();
        wire.Send(Side.Client, Data | TcpFlags.Fin, Client, Server, "all");
        wire.Send(Side.Client, Data, Client + 4, Server, "more");
        wire.Send(Side.Server, TcpFlags.Rst | TcpFlags.Ack, Server, Client + 4, "go away");
        wire.Complete();
        Assert.Equal("all", wire.Said(Side.Client));
        Assert.Equal("", wire.Said(Side.Server));
        Assert.Equal(7, wire.Connection.ToServer.PayloadBytes);
    }

    [Fact]
    public void The_byte_of_a_keep_alive_probe_is_no_data()
    {
        var wire = Opened();
        wire.Send(Side.Client, Data, Client, Server, "hello");
        wire.Send(Side.Server, TcpFlags.Ack, Server, Client + 5);
        wire.Send(Side.Client, TcpFlags.Ack, Client + 4, Server, "\0", afterNs: 7_000_000_000);
        wire.Send(Side.Server, TcpFlags.Ack, Server, Client + 5);
        wire.Complete();
        Assert.Equal("hello", wire.Said(Side.Client));
        Assert.Equal((1, 0, 0), (wire.Connection.ToServer.KeepAlives, wire.Connection.ToServer.Retransmissions,
            wire.Connection.ToServer.ContradictedBytes));
        Assert.Equal(SegmentMarks.KeepAliveAck, wire.Connection.Segments[^1].Marks);
    }

    [Fact]
    public void A_zero_window_probe_that_is_not_taken_comes_again_as_data()
    {
        var wire = Opened();
        wire.Send(Side.Client, Data, Client, Server, "full");
        wire.Send(Side.Server, TcpFlags.Ack, Server, Client + 4, window: 0);
        wire.Send(Side.Client, TcpFlags.Ack, Client + 4, Server, "m");
        wire.Send(Side.Server, TcpFlags.Ack, Server, Client + 4, window: 0);
        wire.Send(Side.Server, TcpFlags.Ack, Server, Client + 4, window: 500);
        wire.Send(Side.Client, Data, Client + 4, Server, "more");
        wire.Complete();
        Assert.Equal("fullmore", wire.Said(Side.Client));
        Assert.Equal((1, 0), (wire.Connection.ToServer.ZeroWindowProbes, wire.Connection.ToServer.Retransmissions));
        Assert.Equal((2, 1), (wire.Connection.ToClient.ZeroWindows, wire.Connection.ToClient.WindowUpdates));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(512, false)]
    public void What_looks_like_a_keep_alive_is_a_probe_where_the_window_is_closed(int window, bool isProbe)
    {
        var wire = Opened();
        wire.Send(Side.Client, Data, Client, Server, "12345");
        wire.Send(Side.Server, TcpFlags.Ack, Server, Client + 5, window: window);
        wire.Send(Side.Client, TcpFlags.Ack, Client + 4, Server, afterNs: 200_000_000);
        wire.Complete();
        SegmentMarks marks = wire.Connection.Segments[^1].Marks;
        Assert.Equal((true, isProbe), (marks.HasFlag(SegmentMarks.KeepAlive), marks.HasFlag(SegmentMarks.ZeroWindowProbe)));
        Assert.Equal((1, 0), (wire.Connection.ToServer.KeepAlives, wire.Connection.ToServer.ZeroWindowProbes));
    }

    [Fact]
    public void What_the_snapshot_length_cut_off_is_named()
    {
        var wire = Opened();
        wire.Send(Side.Client, Data, Client, Server, "0123456789", snap: 44);
        wire.Send(Side.Client, Data, Client + 10, Server, "ab");
        wire.Complete();
        Assert.Equal("0123ab", wire.Said(Side.Client));
        Assert.Equal([(Side.Client, 4L, 6L, GapReason.Cut)], wire.Gaps);
        Assert.Equal((12, 6, 1), (wire.Connection.ToServer.StreamBytes, wire.Connection.ToServer.MissingBytes,
            wire.Connection.ToServer.CutPackets));
    }

    [Fact]
    public void A_hole_is_given_up_when_too_much_waits_behind_it_and_that_is_reported()
    {
        var wire = new Wire(new TracingOptions { MaxOutOfOrderBytes = 10_000 });
        wire.Handshake();
        byte[] kilobyte = new byte[1000];
        for (uint i = 1; i <= 12; i++) wire.Send(Side.Client, Data, Client + i * 1000, Server, kilobyte);
        Assert.Equal([(Side.Client, 0L, 1000L, GapReason.Limit)], wire.Gaps);
        wire.Complete();
        Assert.Equal(12_000, wire.Streams[0].Length);
        Assert.Equal(1000, wire.Connection.ToServer.LimitedBytes);
    }

    [Fact]
    public void A_gap_in_the_request_is_told_before_the_reply_that_acknowledges_it()
    {
        var wire = Opened();
        wire.Send(Side.Server, Data, Server, Client + 20, "reply");
        wire.Complete();
        Exchange exchange = Assert.Single(wire.Connection.Exchanges);
        Assert.Equal((20, 20), (exchange.Request!.Bytes, exchange.Request.MissingBytes));
        Assert.Equal(5, exchange.Reply!.Bytes);
    }

    [Fact]
    public void A_segment_seen_on_two_interfaces_counts_once()
    {
        var wire = Opened();
        wire.Send(Side.Client, Data, Client, Server, "hello");
        wire.SeeAgain(onInterface: 1);
        wire.Send(Side.Client, Data, Client, Server, "hello", afterNs: 200_000_000);
        wire.Complete();
        Assert.Equal((1, 1), (wire.Connection.ToServer.SecondSights, wire.Connection.ToServer.Retransmissions));
        Assert.Equal((4, 10), (wire.Connection.ToServer.Packets, wire.Connection.ToServer.PayloadBytes));
    }

    private static Wire Opened()
    {
        var wire = new Wire();
        wire.Handshake();
        return wire;
    }
}
