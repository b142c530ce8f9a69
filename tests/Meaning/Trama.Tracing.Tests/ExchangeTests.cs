using Trama.Framing;
using Trama.Packets.Transport;

namespace Trama.Tracing.Tests;

public class ExchangeTests
{
    private const TcpFlags Data = TcpFlags.Psh | TcpFlags.Ack;
    private const uint Client = Wire.ClientStart + 1;
    private const uint Server = Wire.ServerStart + 1;
    private const long Ms = 1_000_000;

    [Fact]
    public void Seen_from_the_client_the_path_is_taken_off_the_server_s_time()
    {
        var wire = new Wire();
        wire.Handshake(serverLegNs: 20 * Ms, clientLegNs: 0);
        wire.Send(Side.Client, Data, Client, Server, "ques", afterNs: 5 * Ms);
        wire.Send(Side.Client, Data, Client + 4, Server, "tion", afterNs: 3 * Ms);
        wire.Send(Side.Server, Data, Server, Client + 8, "ans", afterNs: 120 * Ms);
        wire.Send(Side.Server, Data, Server + 3, Client + 8, "wer", afterNs: 7 * Ms);
        wire.Complete();
        Exchange exchange = Assert.Single(wire.Connection.Exchanges);
        Assert.Equal((3 * Ms, 20 * Ms, 100 * Ms, 7 * Ms, 130 * Ms), Times(exchange));
        Assert.Equal([4L, 5L], exchange.Request!.Packets);
        Assert.Equal([6L, 7L], exchange.Reply!.Packets);
        Assert.Equal("question"u8, exchange.Request.Head.Span);
    }

    [Fact]
    public void A_reply_without_bytes_of_its_own_came_with_the_packet_that_tells_it()
    {
        var wire = new Wire(new TracingOptions { KeepExchanges = true, Framing = FramingRule.OfProtocol("amqp") });
        wire.Handshake(serverLegNs: 0, clientLegNs: 0);
        wire.Send(Side.Client, Data, Client, Server, [.. "AMQP"u8, 0, 0, 9, 1], afterNs: Ms);
        wire.Send(Side.Server, Data, Server, Client + 8, [1, 0, 0, 0, 0, 0, 4, 0, 10, 0, 10, 0xce], afterNs: 5 * Ms);
        wire.Complete();
        Exchange exchange = wire.Connection.Exchanges[0];
        Assert.Equal(0, exchange.Reply!.Bytes);
        Assert.Equal([5L], exchange.Reply.Packets);
        Assert.Equal((0, 0, 5 * Ms, 0, 5 * Ms), Times(exchange));
    }

    [Fact]
    public void Streams_are_told_without_exchanges()
    {
        var wire = new Wire(new TracingOptions { ExchangesOf = new HashSet<long>(), KeepExchanges = true });
        wire.Handshake();
        wire.Send(Side.Client, Data, Client, Server, "question");
        wire.Send(Side.Server, Data, Server, Client + 8, "answer");
        wire.Send(Side.Client, Data, Client + 9, Server + 6, "!");
        wire.Complete();
        Assert.Equal(("question!", "answer"), (wire.Said(Side.Client), wire.Said(Side.Server)));
        Assert.Single(wire.Gaps);
        Assert.Empty(wire.Connection.Exchanges);
        Assert.Equal((0, null), (wire.Connection.ExchangeCount, wire.Connection.Framing));
    }

    [Fact]
    public void Seen_from_the_server_nearly_all_of_the_wait_is_the_server_s()
    {
        var wire = new Wire();
        wire.Handshake(serverLegNs: 1000, clientLegNs: 20 * Ms);
        wire.Send(Side.Client, Data, Client, Server, "q");
        wire.Send(Side.Server, Data, Server, Client + 1, "a", afterNs: 100 * Ms);
        wire.Complete();
        Assert.Equal((0, 1000, 100 * Ms - 1000, 0, 100 * Ms), Times(Assert.Single(wire.Connection.Exchanges)));
    }

    [Fact]
    public void A_request_that_had_to_be_sent_again_waited_for_the_network()
    {
        var wire = new Wire();
        wire.Handshake(serverLegNs: 20 * Ms, clientLegNs: 0);
        wire.Send(Side.Client, Data, Client, Server, "q");
        wire.Send(Side.Client, Data, Client, Server, "q", afterNs: 200 * Ms);
        wire.Send(Side.Server, TcpFlags.Ack, Server, Client + 1, afterNs: 20 * Ms);
        wire.Send(Side.Server, Data, Server, Client + 1, "a", afterNs: 30 * Ms);
        wire.Complete();
        Assert.Equal((0, 220 * Ms, 30 * Ms, 0, 250 * Ms), Times(Assert.Single(wire.Connection.Exchanges)));
    }

    [Fact]
    public void A_request_sent_again_for_nothing_did_not_wait()
    {
        var wire = new Wire();
        wire.Handshake(serverLegNs: 20 * Ms, clientLegNs: 0);
        wire.Send(Side.Client, Data, Client, Server, "q");
        wire.Send(Side.Client, Data, Client, Server, "q", afterNs: 19 * Ms);
        wire.Send(Side.Server, TcpFlags.Ack, Server, Client + 1, afterNs: 1 * Ms);
        wire.Send(Side.Server, Data, Server, Client + 1, "a", afterNs: 30 * Ms);
        wire.Complete();
        Assert.Equal((0, 20 * Ms, 30 * Ms, 0, 50 * Ms), Times(Assert.Single(wire.Connection.Exchanges)));
    }

    [Fact]
    public void Without_a_measured_path_the_network_s_part_is_unknown()
    {
        var wire = new Wire();
        wire.Send(Side.Client, Data, Client, Server, "q");
        wire.Send(Side.Server, Data, Server, Client + 1, "a", afterNs: 100 * Ms);
        wire.Complete();
        Exchange exchange = Assert.Single(wire.Connection.Exchanges);
        Assert.Null(exchange.NetworkNs);
        Assert.Equal(100 * Ms, exchange.ServerNs);
    }

    [Fact]
    public void A_message_is_complete_when_its_last_missing_byte_came()
    {
        var wire = new Wire();
        wire.Handshake();
        wire.Send(Side.Client, Data, Client + 3, Server, "def", afterNs: 1 * Ms);
        wire.Send(Side.Client, Data, Client, Server, "abc", afterNs: 40 * Ms);
        wire.Send(Side.Server, Data, Server, Client + 6, "ok", afterNs: 10 * Ms);
        wire.Complete();
        Exchange exchange = Assert.Single(wire.Connection.Exchanges);
        Assert.Equal(40 * Ms, exchange.RequestTransferNs);
        Assert.Equal([5L, 4L], exchange.Request!.Packets);
    }

    [Fact]
    public void A_greeting_answers_nothing_and_a_last_request_may_stay_unanswered()
    {
        var wire = new Wire();
        wire.Handshake();
        wire.Send(Side.Server, Data, Server, Client, "hello");
        wire.Send(Side.Client, Data, Client, Server + 5, "q");
        wire.Complete();
        Assert.Collection(
            wire.Connection.Exchanges,
            greeting => Assert.True(greeting is { Index: 1, Request: null, Reply.Bytes: 5, TotalNs: null }),
            request => Assert.True(request is { Index: 2, Request.Bytes: 1, Reply: null, TotalNs: null }));
    }

    [Fact]
    public void A_reply_by_turns_is_complete_when_the_connection_falls_silent()
    {
        var wire = new Wire();
        wire.Handshake();
        wire.Send(Side.Client, Data, Client, Server, "q");
        wire.Send(Side.Server, Data, Server, Client + 1, "a");
        wire.Tracker.EndSilentReplies(new Packets.Timestamp(wire.Now));
        Assert.Empty(wire.Connection.Exchanges);
        wire.Tracker.EndSilentReplies(new Packets.Timestamp(wire.Now + 1));
        Assert.True(Assert.Single(wire.Connection.Exchanges) is { Request.Bytes: 1, Reply: { Bytes: 1, IsComplete: true } });
        wire.Complete();
        Assert.Single(wire.Connection.Exchanges);
    }

    [Fact]
    public void The_last_reply_by_turns_is_told_when_its_stream_ends()
    {
        var wire = new Wire();
        wire.Handshake();
        wire.Send(Side.Client, Data, Client, Server, "q");
        wire.Send(Side.Server, Data | TcpFlags.Fin, Server, Client + 1, "a");
        Assert.True(Assert.Single(wire.Connection.Exchanges) is { Reply.IsComplete: true });
    }

    [Fact]
    public void A_request_is_told_without_a_reply_when_the_connection_is_reset()
    {
        var wire = new Wire();
        wire.Handshake();
        wire.Send(Side.Client, Data, Client, Server, "q");
        wire.Send(Side.Server, TcpFlags.Rst | TcpFlags.Ack, Server, Client + 1);
        Assert.True(Assert.Single(wire.Connection.Exchanges) is { Request.Bytes: 1, Reply: null });
    }

    [Fact]
    public void Pipelined_requests_are_paired_in_order()
    {
        var wire = new Wire(new TracingOptions { KeepExchanges = true, Framing = FramingRule.Lines });
        wire.Handshake();
        wire.Send(Side.Client, Data, Client, Server, "one\ntwo\nthr");
        wire.Send(Side.Client, Data, Client + 11, Server, "ee\n");
        wire.Send(Side.Server, Data, Server, Client + 14, "1\n2\n");
        wire.Send(Side.Server, Data, Server + 4, Client + 14, "3\n");
        wire.Complete();
        Assert.Equal(
            [("one\n", "1\n"), ("two\n", "2\n"), ("three\n", "3\n")],
            wire.Connection.Exchanges.Select(e => (Text(e.Request!), Text(e.Reply!))));
    }

    [Fact]
    public void What_comes_before_the_reply_belongs_to_the_exchange_and_takes_no_part_in_its_times()
    {
        var wire = new Wire(new TracingOptions { KeepExchanges = true, Framing = FramingRule.Http1 });
        wire.Handshake();
        const string Head = "PUT /f HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n",
            Continue = "HTTP/1.1 100 Continue\r\n\r\n";
        wire.Send(Side.Client, Data, Client, Server, Head);
        wire.Send(Side.Server, Data, Server, Client + (uint)Head.Length, Continue, afterNs: 5 * Ms);
        wire.Send(Side.Client, Data, Client + (uint)Head.Length, Server + (uint)Continue.Length, "body", afterNs: 5 * Ms);
        wire.Send(Side.Server, Data, Server + (uint)Continue.Length, Client + (uint)Head.Length + 4, "HTTP/1.1 204 Stored\r\n\r\n",
            afterNs: 30 * Ms);
        wire.Complete();
        Exchange exchange = Assert.Single(wire.Connection.Exchanges);
        Assert.Equal(("100 Continue", "204 Stored"), (Kind(Assert.Single(exchange.Interim)), Kind(exchange.Reply!)));
        Assert.Equal((10 * Ms, 30 * Ms - 1000, 40 * Ms), (exchange.RequestTransferNs, exchange.ServerNs, exchange.TotalNs));
    }

    [Fact]
    public void A_request_that_got_only_interim_replies_keeps_them()
    {
        var wire = new Wire(new TracingOptions { KeepExchanges = true, Framing = FramingRule.Http1 });
        wire.Handshake();
        wire.Send(Side.Client, Data, Client, Server, "GET / HTTP/1.1\r\n\r\n");
        wire.Send(Side.Server, Data, Server, Client + 18, "HTTP/1.1 103 Early Hints\r\n\r\n");
        wire.Complete();
        Exchange exchange = Assert.Single(wire.Connection.Exchanges);
        Assert.True(exchange is { Request: not null, Reply: null, Interim: [_] });
    }

    [Fact]
    public void Interim_replies_without_end_are_exchanges_of_their_own()
    {
        var wire = new Wire(new TracingOptions { KeepExchanges = true, Framing = FramingRule.Http1 });
        wire.Handshake();
        wire.Send(Side.Client, Data, Client, Server, "GET / HTTP/1.1\r\n\r\n");
        wire.Send(Side.Server, Data, Server, Client + 18, string.Concat(Enumerable.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 1000)));
        wire.Complete();
        Assert.Equal(1000, wire.Connection.Exchanges.Sum(exchange => exchange.Interim.Count + (exchange.Reply is null ? 0 : 1)));
        Assert.InRange(wire.Connection.Exchanges.Max(exchange => exchange.Interim.Count), 1, 64);
    }

    [Fact]
    public void A_reply_that_the_capture_lost_is_the_reply_to_its_request()
    {
        var wire = new Wire(new TracingOptions { KeepExchanges = true, Framing = FramingRule.Http1 });
        wire.Handshake();
        const string Request = "GET /n HTTP/1.1\r\n\r\n", Reply = "HTTP/1.1 204 Fine\r\n\r\n";
        for (uint i = 0; i < 3; i++)
        {
            (uint asked, uint answered) = (i * (uint)Request.Length, i * (uint)Reply.Length);
            wire.Send(Side.Client, Data, Client + asked, Server + answered, Request);
            if (i != 1) wire.Send(Side.Server, Data, Server + answered, Client + asked + (uint)Request.Length, Reply);
        }

        wire.Complete();
        Assert.Equal([0L, Reply.Length, 0L], wire.Connection.Exchanges.Select(exchange => exchange.Reply!.MissingBytes));
        Assert.Equal(("http1", null), (wire.Connection.Framing, wire.Connection.Misfit));
    }

    [Fact]
    public void Exchanges_are_told_at_once_and_used_again_when_nobody_keeps_them()
    {
        var seen = new Recorder();
        var tracker = new ConnectionTracker(new TracingOptions { Framing = FramingRule.Lines }, seen);
        byte[] packet = new byte[256];
        long now = 0;
        Play(tracker, packet, now++, Side.Client, 0, 0, [], TcpFlags.Syn);
        uint sent = 1, answered = 1;
        for (int i = 0; i < 1000; i++)
        {
            Play(tracker, packet, now++, Side.Client, sent, answered, "ask\n"u8);
            sent += 4;
            Play(tracker, packet, now++, Side.Server, answered, sent, "answer\n"u8);
            answered += 7;
            Assert.Equal(i + 1, seen.Count);
        }

        Assert.Single(seen.Distinct);
    }

    private static void Play(
        ConnectionTracker tracker, byte[] packet, long at, Side from, uint sequence, uint acknowledgement, ReadOnlySpan<byte> payload,
        TcpFlags flags = Data)
    {
        int length = Wire.Write(packet, 0x0a000001, 40_000, from, flags, sequence, acknowledgement, payload, 512, (ushort)at);
        tracker.Observe(new Packets.Record(new Packets.Timestamp(at), Packets.LinkType.Raw, packet.AsSpan(0, length), length));
    }

    private static (long?, long?, long?, long?, long?) Times(Exchange exchange) =>
        (exchange.RequestTransferNs, exchange.NetworkNs, exchange.ServerNs, exchange.ReplyTransferNs, exchange.TotalNs);

    private static string Kind(Message message) => System.Text.Encoding.UTF8.GetString(message.Description.Span);

    private static string Text(Message message) => System.Text.Encoding.UTF8.GetString(message.Head.Span);

    private sealed class Recorder : ITraceSink
    {
        public int Count { get; private set; }

        public HashSet<Exchange> Distinct { get; } = new(ReferenceEqualityComparer.Instance);

        void ITraceSink.ExchangeCompleted(Connection connection, Exchange exchange)
        {
            Count++;
            Distinct.Add(exchange);
            Assert.Equal("ask\n"u8, exchange.Request!.Head.Span);
            Assert.Equal("answer\n"u8, exchange.Reply!.Head.Span);
        }
    }
}
