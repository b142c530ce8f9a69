using System.Text;
using CsCheck;
using Trama.Framing;
using Trama.Packets;
using Trama.Packets.Transport;
using Trama.Tracing.Keeping;

namespace Trama.Tracing.Tests;

/// <summary>What is packed of an exchange comes out again, however large it is, and whether its block is full or not.</summary>
public class KeptExchangeTests
{
    // Mostly what fits into four bytes; sometimes just not, or not at all.
    private static readonly Gen<long> s_figure = Gen.Frequency(
        (4, Gen.Long[0, 1_000_000]), (1, Gen.Long[uint.MaxValue - 2L, uint.MaxValue + 2L]), (1, Gen.Long[0, 1L << 50]));

    private static readonly Gen<long?> s_time = Gen.Frequency((3, s_figure.Select(time => (long?)time)), (1, Gen.Const((long?)null)));

    private static readonly Gen<string> s_text = Gen.Char['a', 'e'].Array[0, 300].Select(letters => new string(letters));

    private static readonly Connection s_connection = new(7, default, new Endpoint(default, 80), new Timestamp(1), new TracingOptions());

    [Fact]
    public void Figures_come_out_as_they_were() =>
        Gen.Select(s_figure.Array[4], s_time.Array[5], Gen.Int[0, 3], Gen.Bool).Sample((sizes, times, parts, isSum) =>
        {
            Exchange exchange = Exchange(sizes, parts is 0 or 1 or 3, parts is 0 or 2 or 3, "GET", "200");
            long whole = exchange.LastAt - exchange.FirstAt;
            (exchange.RequestTransferNs, exchange.NetworkNs, exchange.ReplyTransferNs) = (times[0], times[1], times[2]);
            exchange.ServerNs = isSum ? whole - (times[0] ?? 0) - (times[1] ?? 0) - (times[2] ?? 0) : times[3];
            exchange.TotalNs = isSum ? whole : times[4];
            var table = new ExchangeTable(KeptExchangeRows.PerBlock);
            table.Add(s_connection, exchange);
            Assert.True(table.TryGet(0, out KeptExchange row));
            Assert.Equal(KeptFigures.Of(exchange), new KeptFigures(row.Duration, row.RequestTransferNs, row.ServerNs, row.NetworkNs,
                row.ReplyTransferNs, row.TotalNs, row.RequestBytes, row.ReplyBytes, row.RequestMissing, row.ReplyMissing, row.Stream));
            Assert.Equal((exchange.Request is not null, exchange.Reply is not null, exchange.Failed),
                (row.HasRequest, row.HasReply, row.Failed));
        }, iter: 2000);

    [Fact]
    public void Rows_are_the_same_once_their_group_is_packed_and_the_oldest_go() =>
        Gen.Select(Gen.Select(s_figure.Array[4], s_time.Array[5], Gen.Int[0, 3]).Array[1, 100], Gen.Int[1, 4 * KeptExchangeRows.PerBlock])
            .Sample((shapes, count) =>
            {
                var table = new ExchangeTable(KeptExchangeRows.PerBlock);
                var asAdded = new List<KeptExchange>();
                for (int i = 0; i < count; i++)
                {
                    (long[] sizes, long?[] times, int parts) = shapes[i % shapes.Length];
                    Exchange exchange = Exchange(sizes, parts is 0 or 1 or 3, parts is 0 or 2 or 3, "GET", "200");
                    (exchange.RequestTransferNs, exchange.NetworkNs, exchange.ReplyTransferNs) = (times[0], times[1], times[2]);
                    (exchange.ServerNs, exchange.TotalNs) = (times[3], times[4]);
                    table.Add(s_connection, exchange);
                    Assert.True(table.TryGet(i, out KeptExchange added));
                    asAdded.Add(added);
                }

                Assert.Equal(count, table.End);
                Assert.InRange(count - table.First, Math.Min(count, KeptExchangeRows.PerBlock), 2 * KeptExchangeRows.PerBlock);
                for (int i = 0; i < count; i++)
                {
                    Assert.Equal(i >= table.First, table.TryGet(i, out KeptExchange kept));
                    if (i >= table.First) Assert.Equal(asAdded[i], kept);
                }
            }, iter: 10);

    [Fact]
    public void Texts_come_out_of_a_full_block_and_of_the_one_being_filled() =>
        Gen.Select(s_text, s_text).Array[1, 40].Sample(texts =>
        {
            const int rows = KeptExchangeRows.PerBlock + 20;
            var table = new ExchangeTable(4 * KeptExchangeRows.PerBlock);
            for (int i = 0; i < rows; i++)
            {
                (string operation, string status) = texts[i % texts.Length];
                table.Add(s_connection, Exchange([i, i, 0, 0], true, true, operation, status));
            }

            var reader = new KeptExchangeReader(table);
            foreach (int number in (int[])[0, 1, rows - 1, KeptExchangeRows.PerBlock - 1, KeptExchangeRows.PerBlock, 17])
            {
                Assert.True(table.TryGet(number, out KeptExchange row));
                Exchange read = reader.Read(number, row);
                (string operation, string status) = texts[number % texts.Length];
                Assert.Equal(operation[..Math.Min(operation.Length, ExchangeTable.MaxWords)], Encoding.ASCII.GetString(read.Operation.Span));
                Assert.Equal(status[..Math.Min(status.Length, ExchangeTable.MaxWords)], Encoding.ASCII.GetString(read.Status.Span));
                Assert.Equal(Encoding.ASCII.GetBytes($"head of {number}"), read.Request!.Head.ToArray());
                Assert.Equal(Encoding.ASCII.GetBytes($"head of {number}"), read.Reply!.Head.ToArray());
            }
        }, iter: 3);

    private static Exchange Exchange(long[] sizes, bool hasRequest, bool hasReply, string operation, string status)
    {
        var exchange = new Exchange();
        byte[] head = Encoding.ASCII.GetBytes($"head of {sizes[0]}");
        if (hasRequest)
        {
            var said = new MessageEnd { Operation = Encoding.ASCII.GetBytes(operation), Message = sizes[1], Protocol = "http1" };
            exchange.Request = new Message();
            exchange.Request.Restore(Side.Client, new Timestamp(1000), new Timestamp(1000 + sizes[0]), 1, sizes[1], sizes[2], head, said);
        }

        if (hasReply)
        {
            var said = new MessageEnd { Status = Encoding.ASCII.GetBytes(status), Failed = sizes[3] % 2 == 0, Protocol = "http1" };
            exchange.Reply = new Message();
            exchange.Reply.Restore(Side.Server, new Timestamp(1000 + sizes[0]), new Timestamp(1000 + sizes[0] + sizes[3]), 2, sizes[2],
                sizes[3], head, said);
        }

        return exchange;
    }
}
