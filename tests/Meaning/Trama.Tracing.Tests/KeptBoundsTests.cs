using Trama.Framing;
using Trama.Packets;
using Trama.Packets.Transport;

namespace Trama.Tracing.Tests;

public class KeptBoundsTests
{
    private const TcpFlags Data = TcpFlags.Psh | TcpFlags.Ack;

    [Fact]
    public void A_connection_keeps_its_first_exchanges_and_counts_the_rest()
    {
        var wire = new Wire(new TracingOptions { KeepExchanges = true, KeptExchanges = 3, KeptSegments = 5, Framing = FramingRule.Lines });
        Talk(wire, exchanges: 10);
        Assert.Equal([1L, 2, 3], wire.Connection.Exchanges.Select(exchange => exchange.Index));
        Assert.Equal(["ask 0\n", "ask 1\n", "ask 2\n"],
            wire.Connection.Exchanges.Select(exchange => System.Text.Encoding.UTF8.GetString(exchange.Request!.Head.Span)));
        Assert.Equal((10, 7, 5, 18), (wire.Connection.ExchangeCount, wire.Connection.OmittedExchanges, wire.Connection.Segments.Count,
            wire.Connection.OmittedSegments));
    }

    [Fact]
    public void All_open_connections_together_keep_no_more_than_the_limit_and_an_end_makes_room()
    {
        var wire = new Wire(new TracingOptions
        {
            KeepExchanges = true,
            KeptSegments = 100,
            MaxKeptSegments = 10,
            MaxKeptExchanges = 4,
            MaxLingering = 1,
            Framing = FramingRule.Lines
        });
        Talk(wire, exchanges: 10, complete: false);
        Assert.Equal((4, 6), (wire.Connection.Exchanges.Count, wire.Connection.OmittedExchanges));
        int kept = wire.Connection.Segments.Count;
        Assert.InRange(kept, 10, 11);
        wire.ClientPort++;
        Talk(wire, exchanges: 1, complete: false);
        Assert.Empty(wire.Connections[1].Segments);
        wire.Complete();
        Assert.Empty(wire.Connections[1].Exchanges);
        Assert.Equal(1, wire.Connections[1].OmittedExchanges);
    }

    [Fact]
    public void What_is_outside_the_period_is_neither_kept_nor_missed()
    {
        var wire = new Wire();
        long start = wire.Now;
        var period = new Period(first => new Timestamp(first.Nanoseconds + 1_000_000_000), first =>
            new Timestamp(first.Nanoseconds + 2_000_000_000));
        wire = new Wire(new TracingOptions { KeepExchanges = true, KeptSegments = 100, KeptOf = period, Framing = FramingRule.Lines });
        Talk(wire, exchanges: 30, apartNs: 100_000_000);
        Assert.All(wire.Connection.Segments, segment => Assert.InRange(segment.At.Nanoseconds - start, 1_000_000_000, 2_000_000_000));
        Assert.InRange(wire.Connection.Exchanges.Count, 5, 7);
        Assert.Equal((30, 0, 0), (wire.Connection.ExchangeCount, wire.Connection.OmittedExchanges, wire.Connection.OmittedSegments));
    }

    [Theory]
    [InlineData(100_000, 1 << 20, 100_000, false)]
    [InlineData(100_000, 50_000, 50_000, true)]
    [InlineData(100_000, 256, 256, true)]
    public void A_message_is_cut_at_the_limit_and_says_so(int length, int headBytes, int kept, bool isCut)
    {
        var wire = new Wire(new TracingOptions { KeepExchanges = true, HeadBytes = headBytes, Framing = FramingRule.Lines });
        Say(wire, length);
        wire.Complete();
        Message request = wire.Connection.Exchanges[0].Request!;
        Assert.Equal((length, kept, isCut), (request.Bytes, request.Head.Length, request.IsHeadCut));
    }

    [Fact]
    public void Long_messages_together_hold_no_more_than_the_limit()
    {
        const int limit = 300_000;
        var wire = new Wire(new TracingOptions
        {
            KeepExchanges = true,
            HeadBytes = 1 << 20,
            MaxHeadBytes = limit,
            Framing = FramingRule.Lines
        });
        for (int i = 0; i < 10; i++) Say(wire, 100_000);
        wire.Complete();
        long total = wire.Connection.Exchanges.Sum(exchange => (long)exchange.Request!.Head.Length);
        Assert.InRange(total, 100_000, limit + 10 * 4096);
        Assert.All(wire.Connection.Exchanges, exchange =>
            Assert.True(exchange.Request!.IsHeadCut == exchange.Request.Head.Length < 100_000));
    }

    private static void Talk(Wire wire, int exchanges, bool complete = true, long apartNs = 1000)
    {
        (uint client, uint server) = (Wire.ClientStart + 1, Wire.ServerStart + 1);
        wire.Handshake();
        for (int i = 0; i < exchanges; i++)
        {
            (string ask, string answer) = ($"ask {i}\n", $"answer {i}\n");
            wire.Send(Side.Client, Data, client, server, ask, apartNs);
            client += (uint)ask.Length;
            wire.Send(Side.Server, Data, server, client, answer, apartNs);
            server += (uint)answer.Length;
        }

        if (complete) wire.Complete();
    }

    private static void Say(Wire wire, int length)
    {
        if (wire.Connections.Count == 0) wire.Handshake();
        uint sent = (uint)wire.Streams[0].Length;
        byte[] line = [.. Enumerable.Repeat((byte)'x', length - 1), (byte)'\n'];
        for (int at = 0; at < length; at += 10_000)
            wire.Send(Side.Client, Data, Wire.ClientStart + 1 + sent + (uint)at, Wire.ServerStart + 1,
                line.AsSpan(at, Math.Min(10_000, length - at)));
    }
}
