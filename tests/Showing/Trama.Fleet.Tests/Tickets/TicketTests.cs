using System.Text;
using CsCheck;
using Trama.Fleet.Joining;
using Trama.Fleet.Tickets;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Rows.Journals;

namespace Trama.Fleet.Tests.Tickets;

public class TicketTests
{
    private static readonly TicketKeys s_keys = new(Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef"));

    [Fact]
    public void Many_connections_of_private_addresses_that_collide_have_no_false_pair()
    {
        int connections = int.TryParse(Environment.GetEnvironmentVariable("TRAMA_CONNECTIONS"), out int many) ? many : 50_000;
        // Few addresses and ports, so that every one of them comes many times at both sites.
        var random = new Random(25);
        var index = new TicketIndex();
        int pairs = 0, wanted = 0;
        for (int i = 0; i < connections; i++)
        {
            uint client = (uint)random.NextInt64(1L << 32), server = (uint)random.NextInt64(1L << 32);
            byte[] head = new byte[20];
            random.NextBytes(head);
            Endpoint from = new(IpAddress.FromIpv4(0x0a000001 + (uint)random.Next(2)), (ushort)(40000 + random.Next(50))),
                to = new(IpAddress.FromIpv4(0x0a000101), 443);
            bool isMidstream = i % 5 == 0, isBoth = i % 3 == 0;
            Take(End("a", i, from, to, client, server, head, 5000, isMidstream));
            if (!isBoth) continue;
            wanted++;
            Take(End("b", i, from, to, client, server, head, 5000, isMidstream && i % 2 == 0));
        }

        Assert.Equal(wanted, pairs);

        void Take(Ticket ticket)
        {
            foreach (Pair pair in ticket.Keys.SelectMany(key => index.Add(key.Kind, ticket)))
            {
                Assert.Equal(pair.One.Connection, pair.Other.Connection);
                pairs++;
            }
        }
    }

    [Fact]
    public void Ends_find_each_other_through_what_devices_rewrite()
    {
        Endpoint inside = new(IpAddress.FromIpv4(0x0a000001), 40000), outside = new(IpAddress.FromIpv4(0xc0000201), 1024),
            server = new(IpAddress.FromIpv4(0xc6336401), 443);
        byte[] head = Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: example\r\n");
        Ticket client = End("a", 1, inside, server, 100, 200, head, 5000, false);
        Assert.Equal(TicketKind.Numbers, client.JoinedBy(End("b", 2, outside, server, 100, 200, head, 5000, false)));
        Assert.Equal(TicketKind.Bytes, client.JoinedBy(End("b", 2, outside, server, 7000, 8000, head, 5000, false)));
        Assert.Equal(TicketKind.Tuple, client.JoinedBy(End("b", 2, inside, server, 100, 200, head, 5000, true)));
        // The same bytes at another time, and the same addresses with other numbers.
        Assert.Null(client.JoinedBy(End("b", 2, outside, server, 7000, 8000, head, 5000, false) with { BytesKey = 4 }));
        Assert.Null(client.JoinedBy(End("b", 2, inside, server, 1_000_000, 2_000_000, head, 5000, true)));
        Assert.Null(client.JoinedBy(client));
        // Nobody answered at one end; the other end's answer was lost on its way.
        Ticket unanswered = End("a", 1, inside, server, 100, 200, [], 0, false) with { NumbersKey = null, ToClient = default };
        Assert.Equal(TicketKind.Syn, unanswered.JoinedBy(End("b", 2, outside, server, 100, 200, [], 0, false)));
    }

    [Fact]
    public void What_is_told_while_a_connection_is_open_is_joined_by_the_key_of_its_end_or_not_yet()
    {
        Endpoint inside = new(IpAddress.FromIpv4(0x0a000001), 40000), outside = new(IpAddress.FromIpv4(0xc0000201), 1024),
            server = new(IpAddress.FromIpv4(0xc6336401), 443);
        byte[] head = Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: example\r\n");
        Ticket[] Ends(string sensor, Endpoint client, uint start, bool isMidstream)
        {
            Ticket end = End(sensor, 1, client, server, start, 200, head, 5000, isMidstream);
            return isMidstream ? [end with { IsEarly = true }, end] : [end with { IsEarly = true, BytesKey = null }, end];
        }

        // Rewritten numbers, rewritten addresses, both, neither; from the middle on or not; one direction alone.
        foreach (Ticket[] other in (Ticket[][])[Ends("b", outside, 100, false), Ends("b", inside, 900, false),
            Ends("b", outside, 900, false), Ends("b", inside, 100, false), Ends("b", inside, 100, true),
            [End("b", 1, inside, server, 100, 200, head, 5000, false) with { NumbersKey = null, ToClient = default }]])
        {
            Ticket[] one = Ends("a", inside, 100, false);
            TicketKind? final = one[^1].JoinedBy(other[^1]);
            Assert.NotNull(final);
            foreach (Ticket first in one)
                foreach (Ticket second in other)
                    foreach (TicketKind? by in (TicketKind?[])[first.JoinedBy(second), second.JoinedBy(first)])
                        Assert.True(by is null || by == final, $"{by}, in the end {final}");
        }

        Assert.Equal(TicketKind.Numbers, Ends("a", inside, 100, false)[0].JoinedBy(Ends("b", outside, 100, false)[0]));
        Assert.Equal(TicketKind.Tuple, Ends("a", inside, 100, false)[0].JoinedBy(Ends("b", inside, 100, true)[0]));
    }

    [Fact]
    public void A_later_ticket_of_an_end_takes_the_place_of_its_early_one()
    {
        Endpoint client = new(IpAddress.FromIpv4(0x0a000001), 40000), server = new(IpAddress.FromIpv4(0xc6336401), 443);
        Ticket Of(string sensor, bool isEarly) => End(sensor, 1, client, server, 100, 200, [], 5000, false) with { IsEarly = isEarly };
        var index = new TicketIndex();
        Assert.Empty(index.Add(TicketKind.Numbers, Of("a", true)));
        Assert.True(Assert.Single(index.Add(TicketKind.Numbers, Of("b", true))).IsEarly);
        Assert.True(Assert.Single(index.Add(TicketKind.Numbers, Of("a", false))).IsEarly);
        Assert.False(Assert.Single(index.Add(TicketKind.Numbers, Of("b", false))).IsEarly);
        Assert.Equal(2, index.Add(TicketKind.Numbers, Of("c", false)).Count);
    }

    [Fact]
    public void A_row_says_all_of_a_ticket() => Gen.Select(Gen.UInt, Gen.UInt, Gen.Long[0, 1L << 40], Gen.Bool).Sample(
        (one, other, bytes, mid) =>
    {
        Ticket ticket = End("s", 9, new(IpAddress.FromIpv4(one), 1), new(IpAddress.FromIpv4(other), 2), one, other, new byte[40], bytes,
            mid) with
        { Severity = 2, Finding = "packet-loss", State = "Closed", RunAt = 5, IsEarly = mid };
        var rows = new MemoryStream();
        ticket.Write(TicketKind.Tuple, new JournalTable(0, row => rows.Write(row.Span)));
        byte[] body = BodyOf(rows.ToArray());
        Fleet.Sending.FleetMessage.TryRead(
            new Fleet.Sending.FleetMessage(1, 0, 1, Fleet.Sending.FleetKind.Tickets, 1, body).ToBytes(), out var message);
        Ticket? read = null;
        Fleet.Sending.ReadRow.Each(message.Journal()!, (_, row) =>
        {
            read = Ticket.Read(row, "s", out TicketKind by);
            Assert.Equal(TicketKind.Tuple, by);
        });
        Assert.Equal(ticket, read);
    });

    private static byte[] BodyOf(byte[] rows) => Fleet.Sending.FleetMessage.BodyOf(Fleet.Sending.FleetTable.Tickets, rows);

    private static Ticket End(string sensor, long id, Endpoint client, Endpoint server, uint clientStart, uint serverStart, byte[] head,
        long bytes, bool isMidstream)
    {
        uint late = isMidstream ? 1000u : 0;
        TicketStream Stream(uint start, byte[] said) => new(unchecked(start + late), Math.Max(0, bytes - late), !isMidstream,
            isMidstream ? 0 : said.Length, isMidstream || said.Length == 0 ? 0 : Frame.Checksum(said));
        return new Ticket
        {
            Sensor = sensor,
            Connection = id,
            Client = client.ToString(),
            Server = server.ToString(),
            NumbersKey = isMidstream ? null : s_keys.OfNumbers(clientStart, serverStart),
            BytesKey = isMidstream ? null : s_keys.OfBytes(head, head, 77),
            SynKey = isMidstream ? null : s_keys.OfSyn(clientStart, 77),
            TupleKey = s_keys.OfTuple(client, server),
            ToServer = Stream(clientStart, head),
            ToClient = Stream(serverStart, head),
        };
    }
}
