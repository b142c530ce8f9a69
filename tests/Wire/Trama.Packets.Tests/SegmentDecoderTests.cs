using System.Buffers.Binary;
using CsCheck;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;

namespace Trama.Packets.Tests;

public class SegmentDecoderTests
{
    // 10.0.0.1:4660 > 10.0.0.2:80, PSH ACK, sequence 0x01020304, acknowledgement 0x05060708, window 512, payload "hello".
    private static readonly byte[] Tcp =
        Convert.FromHexString("12340050" + "01020304" + "05060708" + "50180200" + "abcd0000" + "68656c6c6f");

    private static readonly byte[] Ipv4Packet = Ipv4(6, Tcp);
    private static readonly byte[] Ipv6Packet = Ipv6(6, Tcp);
    private static readonly byte[] Macs = new byte[12];

    private static readonly (string Name, LinkType Link, byte[] Bytes)[] Wrapped =
    [
        ("raw", LinkType.Raw, Ipv4Packet),
        ("raw IPv6", LinkType.Ipv6, Ipv6Packet),
        ("null", LinkType.Null, [2, 0, 0, 0, .. Ipv4Packet]),
        ("null, IPv6", LinkType.Null, [30, 0, 0, 0, .. Ipv6Packet]),
        ("loop", LinkType.Loop, [0, 0, 0, 2, .. Ipv4Packet]),
        ("Ethernet", LinkType.Ethernet, [.. Macs, 8, 0, .. Ipv4Packet]),
        ("Ethernet with a trailer", LinkType.Ethernet, [.. Macs, 8, 0, .. Ipv4Packet, 1, 2, 3, 4, 5, 6]),
        ("VLAN", LinkType.Ethernet, [.. Macs, 0x81, 0, 0, 5, 8, 0, .. Ipv4Packet]),
        ("VLAN in VLAN", LinkType.Ethernet, [.. Macs, 0x88, 0xa8, 0, 5, 0x81, 0, 0, 6, 0x86, 0xdd, .. Ipv6Packet]),
        ("SNAP", LinkType.Ethernet, [.. Macs, 0, (byte)(8 + Ipv4Packet.Length), 0xaa, 0xaa, 3, 0, 0, 0, 8, 0, .. Ipv4Packet]),
        ("MPLS", LinkType.Ethernet, [.. Macs, 0x88, 0x47, 0, 1, 0, 64, 0, 1, 1, 64, .. Ipv4Packet]),
        ("PPPoE", LinkType.Ethernet, [.. Macs, 0x88, 0x64, 0x11, 0, 0, 1, 0, (byte)(2 + Ipv4Packet.Length), 0, 0x21, .. Ipv4Packet]),
        ("PPP", LinkType.Ppp, [0xff, 3, 0, 0x57, .. Ipv6Packet]),
        ("PPP, short protocol", LinkType.Ppp, [0x21, .. Ipv4Packet]),
        ("Cisco HDLC", LinkType.PppHdlc, [0x0f, 0, 8, 0, .. Ipv4Packet]),
        ("Linux cooked", LinkType.LinuxSll, [0, 4, 3, 4, 0, 6, .. new byte[8], 8, 0, .. Ipv4Packet]),
        ("Linux cooked 2", LinkType.LinuxSll2, [8, 0, 0, 0, 0, 0, 0, 7, 3, 4, 0, 6, .. new byte[8], .. Ipv4Packet]),
        ("InfiniBand", LinkType.IpOverInfiniband, [.. new byte[40], 8, 0, 0, 0, .. Ipv4Packet]),
        ("IP in IP", LinkType.Raw, Ipv4(4, Ipv4Packet)),
        ("6in4", LinkType.Raw, Ipv4(41, Ipv6Packet)),
        ("GRE", LinkType.Raw, Ipv4(47, [0, 0, 8, 0, .. Ipv4Packet])),
        ("GRE with key and sequence", LinkType.Raw, Ipv4(47, [0x30, 0, 8, 0, 0, 0, 0, 1, 0, 0, 0, 2, .. Ipv4Packet])),
        ("PPTP", LinkType.Raw, Ipv4(47, [0x30, 0x81, 0x88, 0x0b, 0, 4, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0x21, .. Ipv4Packet])),
        ("VXLAN", LinkType.Raw, Ipv4(17, [0xc0, 0, 0x12, 0xb5, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 1, 0, .. Macs, 8, 0, .. Ipv4Packet])),
        ("Geneve", LinkType.Raw, Ipv4(17, [0xc0, 0, 0x17, 0xc1, 0, 0, 0, 0, 1, 0, 0x65, 0x58, 0, 0, 1, 0, 0, 0, 0, 0, .. Macs, 8, 0, .. Ipv4Packet])),
        ("IPv6 extension headers", LinkType.Raw, Ipv6(0, [60, 0, 1, 4, 0, 0, 0, 0, 6, 0, 1, 4, 0, 0, 0, 0, .. Tcp])),
        ("an atomic fragment", LinkType.Raw, Ipv6(44, [6, 0, 0, 0, 0, 0, 0, 9, .. Tcp])),
        ("IPv4 authentication header", LinkType.Raw, Ipv4(51, [6, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, .. Tcp])),
        ("no IP length, as offload leaves it", LinkType.Raw, WithoutLength(Ipv4Packet)),
    ];

    public static TheoryData<string, LinkType, byte[]> Wrappings => new(Wrapped);

    [Theory]
    [MemberData(nameof(Wrappings))]
    public void Finds_the_segment_in_every_wrapping(string name, LinkType link, byte[] bytes)
    {
        Assert.Equal(Decoded.Segment, Decode(new SegmentDecoder(), link, bytes, out TcpSegment segment));
        Assert.True(segment.Source.ToString() is "10.0.0.1:4660" or "[2001:db8::1]:4660", name);
        Assert.True(segment.Destination.ToString() is "10.0.0.2:80" or "[2001:db8::2]:80", name);
        Assert.Equal((0x01020304u, 0x05060708u), (segment.Sequence.Value, segment.Acknowledgement.Value));
        Assert.Equal(TcpFlags.Psh | TcpFlags.Ack, segment.Flags);
        Assert.Equal((512, 0xabcd, 5), (segment.Window, segment.Checksum, segment.PayloadLength));
        Assert.Equal("hello"u8, segment.Payload);
        Assert.False(segment.IsCut);
    }

    [Theory]
    [MemberData(nameof(Wrappings))]
    public void Every_prefix_is_no_segment_or_the_same_one_cut(string name, LinkType link, byte[] bytes)
    {
        for (int length = 0; length < bytes.Length; length++)
        {
            var record = new Record(default, link, bytes.AsSpan(0, length), bytes.Length);
            if (new SegmentDecoder().Decode(record, out TcpSegment segment) != Decoded.Segment) continue;
            Assert.Equal((80, 5), (segment.Destination.Port, segment.PayloadLength));
            Assert.True(segment.Payload.Length <= 5, name);
            Assert.Equal("hello"u8[..segment.Payload.Length], segment.Payload);
        }
    }

    [Fact]
    public void Fragments_are_joined_in_any_order_and_the_segment_stands_at_the_last() => Gen.Shuffle(new[] { 0, 8, 16, 24 }).Sample(order =>
    {
        var decoder = new SegmentDecoder();
        for (int i = 0; i < order.Length; i++)
        {
            int from = order[i], to = from == 24 ? Tcp.Length : from + 8;
            byte[] fragment = Ipv4(6, Tcp.AsSpan(from..to));
            BinaryPrimitives.WriteUInt16BigEndian(fragment.AsSpan(6), (ushort)((from >> 3) | (from == 24 ? 0 : 0x2000)));
            Decoded decoded = Decode(decoder, LinkType.Raw, fragment, out TcpSegment segment);
            Assert.Equal(i == order.Length - 1 ? Decoded.Segment : Decoded.Fragment, decoded);
            if (decoded == Decoded.Segment) Assert.Equal("hello"u8, segment.Payload);
        }
    });

    [Fact]
    public void Unfinished_fragments_are_dropped_when_there_are_too_many()
    {
        var decoder = new SegmentDecoder();
        byte[] first = Ipv4(6, Tcp.AsSpan(0, 8));
        first[6] = 0x20;
        byte[] last = Ipv4(6, Tcp.AsSpan(8));
        last[7] = 1;
        for (ushort id = 0; id < 1000; id++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(first.AsSpan(4), id);
            Assert.Equal(Decoded.Fragment, Decode(decoder, LinkType.Raw, first, out _));
        }

        BinaryPrimitives.WriteUInt16BigEndian(last.AsSpan(4), 999);
        Assert.Equal(Decoded.Segment, Decode(decoder, LinkType.Raw, last, out _));
        BinaryPrimitives.WriteUInt16BigEndian(last.AsSpan(4), 0);
        Assert.Equal(Decoded.Fragment, Decode(decoder, LinkType.Raw, last, out _));
    }

    [Fact]
    public void An_ICMP_error_tells_the_segment_it_quotes()
    {
        byte[] error = Ipv4(1, [3, 4, 0, 0, 0, 0, 5, 0x78, .. Ipv4Packet[..28]]);
        var decoder = new SegmentDecoder();
        Assert.Equal(Decoded.QuotedSegment, Decode(decoder, LinkType.Raw, error, out _));
        QuotedSegment quote = decoder.Quote;
        Assert.Equal(("10.0.0.1:4660", "10.0.0.2:80", 0x01020304u), (quote.Source.ToString(), quote.Destination.ToString(), quote.Sequence.Value));
        Assert.Equal((3, 4, 1400, false), (quote.Type, quote.Code, quote.NextHopMtu, quote.IsIpv6));
    }

    [Fact]
    public void The_short_way_through_a_plain_packet_leads_where_the_layers_lead() =>
        Gen.Select(Gen.Int[0, 80], Gen.Int[-20, 20], Gen.Select(Gen.Int[12, 60], Gen.Byte).Array[0, 3])
            .Sample((kept, extra, damages) =>
            {
                byte[] bytes = [.. Macs, 8, 0, .. Ipv4Packet, 0, 0, 0, 0];
                foreach ((int at, byte value) in damages)
                    if (at < bytes.Length) bytes[at] = value;
                kept = Math.Min(kept, bytes.Length);
                var record = new Record(new Timestamp(7), LinkType.Ethernet, bytes.AsSpan(0, kept), Math.Max(kept, bytes.Length + extra), 3);
                TcpSegment shortly = default, slowly = default;
                if (!PlainSegment.TryRead(record, ref shortly)) return;
                Assert.Equal(Decoded.Segment, new SegmentDecoder().DecodeLayers(record, ref slowly));
                Assert.Equal((slowly.Timestamp, slowly.Source, slowly.Destination), (shortly.Timestamp, shortly.Source, shortly.Destination));
                Assert.Equal((slowly.Sequence, slowly.Acknowledgement, slowly.Flags), (shortly.Sequence, shortly.Acknowledgement, shortly.Flags));
                Assert.Equal((slowly.Window, slowly.Checksum, slowly.UrgentPointer), (shortly.Window, shortly.Checksum, shortly.UrgentPointer));
                Assert.Equal((slowly.IpIdentification, slowly.TimeToLive, slowly.Sight), (shortly.IpIdentification, shortly.TimeToLive, shortly.Sight));
                Assert.Equal(slowly.Options, shortly.Options);
                Assert.Equal(slowly.Payload, shortly.Payload);
                Assert.Equal(slowly.PayloadLength, shortly.PayloadLength);
            }, iter: 20_000);

    [Fact]
    public void Any_bytes_are_decoded_without_failing() =>
        Gen.Select(Gen.Byte.Array[0, 120], Gen.Int[0, 200], Gen.Int[0, Wrapped.Length - 1], Gen.Bool)
            .Sample((bytes, extra, wrapping, damage) =>
            {
                (_, LinkType link, byte[] whole) = Wrapped[wrapping];
                if (damage)
                {
                    whole = [.. whole];
                    for (int i = 0; i + 1 < Math.Min(bytes.Length, 8); i += 2) whole[bytes[i] % whole.Length] = bytes[i + 1];
                    bytes = whole;
                }

                var record = new Record(default, link, bytes, bytes.Length + extra);
                if (new SegmentDecoder().Decode(record, out TcpSegment segment) == Decoded.Segment)
                    Assert.InRange(segment.Payload.Length, 0, segment.PayloadLength);
            }, iter: 20_000);

    private static Decoded Decode(SegmentDecoder decoder, LinkType link, byte[] bytes, out TcpSegment segment) =>
        decoder.Decode(new Record(default, link, bytes, bytes.Length), out segment);

    private static byte[] Ipv4(byte protocol, ReadOnlySpan<byte> payload)
    {
        byte[] packet = [0x45, 0, 0, 0, 0, 1, 0, 0, 64, protocol, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, .. payload];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        return packet;
    }

    private static byte[] Ipv6(byte next, ReadOnlySpan<byte> payload)
    {
        byte[] packet =
        [
            0x60, 0, 0, 0, 0, (byte)payload.Length, next, 64,
            0x20, 1, 0x0d, 0xb8, .. new byte[11], 1, 0x20, 1, 0x0d, 0xb8, .. new byte[11], 2, .. payload,
        ];
        return packet;
    }

    private static byte[] WithoutLength(byte[] packet)
    {
        packet = [.. packet];
        packet[2] = packet[3] = 0;
        return packet;
    }
}
