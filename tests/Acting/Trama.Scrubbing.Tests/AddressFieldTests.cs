using System.Net;
using System.Text;
using Trama.Scrubbing.Content;
using Trama.Scrubbing.Mapping;
using Trama.Scrubbing.Streams;

namespace Trama.Scrubbing.Tests;

/// <summary>Addresses that messages carry as bytes get what stands for them in headers, and prefixes keep their lengths.</summary>
public class AddressFieldTests
{
    private static readonly ScrubKey Key = ScrubKey.OfSeed(5);
    private static readonly byte[] Marker = [.. Enumerable.Repeat((byte)0xff, 16)];
    private static readonly byte[] One = [185, 200, 130, 7], Two = [203, 19, 130, 9];
    private static readonly byte[] Six = IPAddress.Parse("2a00:1450:4001:81b::200e").GetAddressBytes();

    [Fact]
    public void Bgp_says_no_identifier() => Check("bgp", Bgp(1, 4, 0xfd, 0xe9, 0, 180, One, 0));

    [Fact]
    public void Bgp_says_no_route()
    {
        // Withdrawn routes, then NEXT_HOP, AGGREGATOR, ORIGINATOR_ID, CLUSTER_LIST and a community of an address, then routes.
        Check("bgp", Bgp(2, 0, 5, 32, One, 0, 47, 0x40, 3, 4, Two, 0xc0, 7, 8, 0, 0, 0xfd, 0xe9, One, 0x80, 9, 4, One, 0x80, 10, 8, One, Two,
            0xc0, 16, 8, 1, 2, One, 0, 100, 32, Two, 32, One));
    }

    [Fact]
    public void Bgp_keeps_what_its_attributes_are_made_of()
    {
        // A path, a metric and communities without any zero.
        byte[] stream = Bgp(2, 0, 0, 0, 39, 0x40, 1, 1, 1, 0x40, 2, 10, 2, 4, 254, 76, 255, 20, 254, 77, 255, 21, 0x40, 3, 4, Two, 0xc0, 8, 8,
            254, 76, 1, 1, 255, 20, 7, 7, 32, One), before = [.. stream];
        Scrub(stream, "bgp");
        Assert.Equal(before[..43], stream[..43]);
        Assert.Equal(Mapped(Two), stream[43..47]);
        Assert.Equal(before[47..^4], stream[47..^4]);
    }

    [Fact]
    public void Bgp_says_no_route_of_other_families()
    {
        byte[] reach = [0, 2, 1, 16, .. Six, 0, 128, .. Six];
        // Of a private network: a distinguisher, a label.
        byte[] vpn = [0, 1, 128, 12, 0, 1, .. One, 0, 7, .. Two, 0, 120, 0, 1, 1, 0, 1, .. Two, 0, 7, .. One];
        Check("bgp", Bgp(2, 0, 0, 0, (byte)(reach.Length + vpn.Length + 6), 0x80, 14, (byte)reach.Length, reach, 0x80, 14, (byte)vpn.Length, vpn));
    }

    [Fact]
    public void Bgp_says_no_route_that_has_a_path() => Check("bgp", Bgp(2, 0, 0, 0, 0, 0, 0, 0, 1, 32, One, 0, 0, 0, 2, 32, Two));

    [Theory, InlineData(24), InlineData(13), InlineData(8), InlineData(0)]
    public void Prefixes_keep_their_length_and_what_they_share(byte bits)
    {
        byte[] prefix = Masked(One, bits), stream = Bgp(2, 0, 0, 0, 0, bits, prefix[..((bits + 7) / 8)]), before = [.. stream];
        Scrub(stream, "bgp");
        Assert.Equal(before[..24], stream[..24]);
        byte[] expected = Masked(Mapped(One), bits);
        Assert.Equal(expected[..((bits + 7) / 8)], stream[24..]);
    }

    [Fact]
    public void Dns_says_no_subnet_of_a_client()
    {
        byte[] stream = Dns(0, 0, 0x29, 0x10, 0, 0, 0, 0, 0, 0, 23, 0, 8, 0, 7, 0, 1, 24, 0, One[..3], 0, 8, 0, 8, 0, 2, 32, 0, Six[..4]);
        Scrub(stream, "dns");
        Assert.Equal(Masked(Mapped(One), 24)[..3], stream[^15..^12]);
        Assert.Equal(Mapped(Six)[..4], stream[^4..]);
    }

    [Theory, InlineData(64), InlineData(65)]
    public void Dns_says_no_hint_of_a_service(byte type) => Check("dns",
        Dns(0, 0, type, 0, 1, 0, 0, 0, 60, 0, 35, 0, 1, 0, 0, 4, 0, 8, One, Two, 0, 6, 0, 16, Six));

    [Fact]
    public void Dns_says_no_prefix_and_no_gateway() => Check("dns",
        Dns(0, 0, 42, 0, 1, 0, 0, 0, 60, 0, 8, 0, 1, 32, 4, One, 0, 0, 45, 0, 1, 0, 0, 0, 60, 0, 7, 10, 1, 2, Two));

    [Fact]
    public void Cassandra_says_no_address_in_rows()
    {
        // Two columns of one table: an address, and a list of them.
        Check("cassandra", Cassandra(0x84, 8, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 1, 'k', 0, 1, 't', 0, 1, 'c', 0, 0x10, 0, 1, 'd', 0, 0x20, 0, 0x10,
            0, 0, 0, 1, 0, 0, 0, 4, One, 0, 0, 0, 32, 0, 0, 0, 2, 0, 0, 0, 4, Two, 0, 0, 0, 16, Six), isReply: true);
    }

    [Fact]
    public void Cassandra_says_no_address_that_has_no_type_nor_in_an_event()
    {
        byte[] statement = [.. "SELECT k FROM t WHERE c = ?"u8];
        Check("cassandra", Cassandra(4, 7, 0, 0, 0, (byte)statement.Length, statement, 0, 1, 1, 0, 1, 0, 0, 0, 4, One));
        byte[] status = [.. "STATUS_CHANGE"u8];
        Check("cassandra", Cassandra(0x84, 12, 0, 13, status, 0, 2, 'U', 'P', 4, Two, 0, 0, 0x23, 0x52), isReply: true);
    }

    // Each of the addresses has been mapped where it stands.
    private static void Check(string protocol, byte[] stream, bool isReply = false)
    {
        byte[] before = [.. stream];
        Scrub(stream, protocol, isReply);
        int found = 0;
        foreach (byte[] address in (byte[][])[One, Two, Six])
        {
            for (int at = 0; at + address.Length <= before.Length; at++)
            {
                if (!before.AsSpan(at, address.Length).SequenceEqual(address)) continue;
                Assert.Equal(Mapped(address), stream[at..(at + address.Length)]);
                found++;
            }
        }

        Assert.True(found > 0);
    }

    private static byte[] Mapped(byte[] address)
    {
        byte[] mapped = [.. address];
        new AddressMap(Key).Map(mapped);
        return mapped;
    }

    private static byte[] Masked(byte[] address, int bits) =>
        [.. address.Select((octet, at) => (byte)(octet & 0xff00 >> Math.Clamp(bits - 8 * at, 0, 8)))];

    private static byte[] Bgp(byte type, params object[] parts)
    {
        byte[] body = Bytes(parts);
        return [.. Marker, 0, (byte)(19 + body.Length), type, .. body];
    }

    private static byte[] Dns(params object[] records)
    {
        byte[] body = Bytes(records);
        return [0, (byte)(12 + body.Length), 0, 1, 0x81, 0x80, 0, 0, 0, 1, 0, 0, 0, 0, .. body];
    }

    private static byte[] Cassandra(byte version, byte opcode, params object[] parts)
    {
        byte[] body = Bytes(parts);
        return [version, 0, 0, 1, opcode, 0, 0, 0, (byte)body.Length, .. body];
    }

    private static byte[] Bytes(object[] parts) => [.. parts.SelectMany(part => part switch
    {
        byte[] bytes => bytes,
        char letter => Encoding.ASCII.GetBytes([letter]),
        byte number => [number],
        _ => (byte[])[(byte)(int)part],
    })];

    private static void Scrub(byte[] stream, string protocol, bool isReply = false) => new StreamScrubber(Key, new AddressMap(Key), new SeenAddresses())
        .Scrub(stream, [protocol], [new MessagePlace(0, stream.Length, protocol)], [], isReply, ScrubCare.None);
}
