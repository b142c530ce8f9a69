using System.Buffers.Binary;
using CsCheck;
using Trama.Packets.Decoding;
using Trama.Packets.Network;
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
        ("Geneve", LinkType.Raw,
            Ipv4(17, [0xc0, 0, 0x17, 0xc1, 0, 0, 0, 0, 1, 0, 0x65, 0x58, 0, 0, 1, 0, 0, 0, 0, 0, .. Macs, 8, 0, .. Ipv4Packet])),
        ("IPv6 extension headers", LinkType.Raw, Ipv6(0, [60, 0, 1, 4, 0, 0, 0, 0, 6, 0, 1, 4, 0, 0, 0, 0, .. Tcp])),
        ("an atomic fragment", LinkType.Raw, Ipv6(44, [6, 0, 0, 0, 0, 0, 0, 9, .. Tcp])),
        ("IPv4 authentication header", LinkType.Raw, Ipv4(51, [6, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, .. Tcp])),
        ("SNAP, as bridges translate it", LinkType.Ethernet,
            [.. Macs, 0, (byte)(8 + Ipv4Packet.Length), 0xaa, 0xaa, 3, 0, 0, 0xf8, 8, 0, .. Ipv4Packet]),
        ("LLC with IP of its own", LinkType.Ethernet, [.. Macs, 0, (byte)(3 + Ipv4Packet.Length), 6, 6, 3, .. Ipv4Packet]),
        ("LLC with OSI's number of IP", LinkType.AtmLlc, [0xfe, 0xfe, 3, 0xcc, .. Ipv4Packet]),
        ("Ethernet bridged over ATM", LinkType.AtmLlc, [0xaa, 0xaa, 3, 0, 0x80, 0xc2, 0, 7, 0, 0, .. Macs, 8, 0, .. Ipv4Packet]),
        ("Linux cooked, LLC", LinkType.LinuxSll, [0, 4, 0, 1, 0, 6, .. new byte[8], 0, 4, 0xaa, 0xaa, 3, 0, 0, 0, 8, 0, .. Ipv4Packet]),
        ("port extender", LinkType.Ethernet, [.. Macs, 0x89, 0x3f, 0, 1, 0, 0, 0, 0, 8, 0, .. Ipv4Packet]),
        ("virtual interface and VLAN", LinkType.Ethernet, [.. Macs, 0x89, 0x26, 0, 1, 0, 0, 0x81, 0, 0, 5, 8, 0, .. Ipv4Packet]),
        ("FDDI", LinkType.Fddi, [0x57, .. Macs, 0xaa, 0xaa, 3, 0, 0, 0, 8, 0, .. Ipv4Packet]),
        ("Cisco HDLC of its own type", LinkType.CiscoHdlc, [0x0f, 0, 0x86, 0xdd, .. Ipv6Packet]),
        ("Frame Relay", LinkType.FrameRelay, [0x18, 0x41, 3, 0xcc, .. Ipv4Packet]),
        ("Frame Relay, padded", LinkType.FrameRelay, [0x18, 0x40, 0x10, 0x41, 3, 0, 0x8e, .. Ipv6Packet]),
        ("Frame Relay, SNAP", LinkType.FrameRelay, [0x18, 0x41, 3, 0, 0x80, 0, 0, 0, 8, 0, .. Ipv4Packet]),
        ("Frame Relay, bridged Ethernet", LinkType.FrameRelay, [0x18, 0x41, 3, 0, 0x80, 0, 0x80, 0xc2, 0, 7, .. Macs, 8, 0, .. Ipv4Packet]),
        ("Frame Relay, Cisco's form", LinkType.FrameRelay, [0x18, 0x41, 8, 0, .. Ipv4Packet]),
        ("netfilter log", LinkType.Nflog, [2, 0, 0, 5, 8, 0, 1, 0, 1, 2, 3, 4, 5, 0, 10, 0, 7, 0, 0, 0, (byte)(4 + Ipv4Packet.Length), 0, 9,
            0, .. Ipv4Packet]),
        ("netfilter log of the other byte order", LinkType.Nflog,
            [10, 0, 0, 5, 0, 5, 0, 10, 7, 0, 0, 0, 0, (byte)(4 + Ipv6Packet.Length), 0, 9, .. Ipv6Packet]),
        ("802.11", LinkType.Ieee80211, [8, 1, .. new byte[22], 0xaa, 0xaa, 3, 0, 0, 0, 8, 0, .. Ipv4Packet]),
        ("802.11 between access points, with quality of service", LinkType.Ieee80211,
            [0x88, 3, .. new byte[28], 0, 0, 0xaa, 0xaa, 3, 0, 0, 0, 8, 0, .. Ipv4Packet]),
        ("802.11 with several frames in one", LinkType.Ieee80211,
            [0x88, 1, .. new byte[22], 0x80, 0, .. Macs, 0, (byte)(8 + Ipv4Packet.Length), 0xaa, 0xaa, 3, 0, 0, 0, 8, 0, .. Ipv4Packet, 1,
                2, 3]),
        ("radiotap, with time, padding and checksum", LinkType.Radiotap,
            [0, 0, 17, 0, 3, 0, 0, 0, .. new byte[8], 0x30, 0x88, 1, .. new byte[24], 0, 0, 0xaa, 0xaa, 3, 0, 0, 0, 8, 0, .. Ipv4Packet, 9,
                9, 9, 9]),
        ("radiotap, with two words of bits", LinkType.Radiotap,
            [0, 0, 13, 0, 2, 0, 0, 0x80, 0, 0, 0, 0, 0x10, 8, 1, .. new byte[22], 0xaa, 0xaa, 3, 0, 0, 0, 8, 0, .. Ipv4Packet, 9, 9, 9, 9]),
        ("GRE with source routes", LinkType.Raw, Ipv4(47, [0x40, 0, 8, 0, 0, 0, 0, 0, 8, 0, 0, 4, 1, 2, 3, 4, 0, 0, 0, 0, .. Ipv4Packet])),
        ("ERSPAN type I", LinkType.Raw, Ipv4(47, [0, 0, 0x88, 0xbe, .. Macs, 8, 0, .. Ipv4Packet])),
        ("ERSPAN type II", LinkType.Raw,
            Ipv4(47, [0x10, 0, 0x88, 0xbe, 0, 0, 0, 1, 0x10, 1, 0, 0, 0, 0, 0, 0, .. Macs, 8, 0, .. Ipv4Packet])),
        ("ERSPAN type III", LinkType.Raw,
            Ipv4(47, [0x10, 0, 0x22, 0xeb, 0, 0, 0, 1, 0x20, 1, .. new byte[10], .. Macs, 8, 0, .. Ipv4Packet])),
        ("ERSPAN type III, optional part", LinkType.Raw,
            Ipv4(47, [0x10, 0, 0x22, 0xeb, 0, 0, 0, 1, 0x20, 1, .. new byte[9], 1, .. new byte[8], .. Macs, 8, 0, .. Ipv4Packet])),
        ("GTP-U", LinkType.Raw, Udp(2152, [0x30, 255, 0, (byte)Ipv4Packet.Length, 0, 0, 0, 1, .. Ipv4Packet, 7, 7])),
        ("GTP-U with a sequence number and an extension", LinkType.Raw,
            Udp(2152, [0x36, 255, 0, (byte)(8 + Ipv6Packet.Length), 0, 0, 0, 1, 0, 9, 0, 0x85, 1, 16, 9, 0, .. Ipv6Packet])),
        ("CAPWAP, Ethernet", LinkType.Raw, Udp(5247, [0, 0x10, 2, 0, 0, 0, 0, 0, .. Macs, 8, 0, .. Ipv4Packet])),
        ("CAPWAP, 802.11", LinkType.Raw,
            Udp(5247, [0, 0x10, 3, 0, 0, 0, 0, 0, 8, 1, .. new byte[22], 0xaa, 0xaa, 3, 0, 0, 0, 8, 0, .. Ipv4Packet])),
        ("CAPWAP, 802.11 with its first two bytes swapped", LinkType.Raw,
            Udp(5247, [0, 0x10, 3, 0, 0, 0, 0, 0, 1, 0x88, .. new byte[24], 0xaa, 0xaa, 3, 0, 0, 0, 8, 0, .. Ipv4Packet])),
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
    public void Fragments_are_joined_in_any_order_and_the_segment_stands_at_the_last() =>
        Gen.Shuffle(new[] { 0, 8, 16, 24 }).Sample(order =>
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
        Assert.Equal(("10.0.0.1:4660", "10.0.0.2:80", 0x01020304u),
            (quote.Source.ToString(), quote.Destination.ToString(), quote.Sequence.Value));
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
                var record = new Record(new Timestamp(7), LinkType.Ethernet, bytes.AsSpan(0, kept), Math.Max(kept, bytes.Length + extra),
                    3);
                TcpSegment shortly = default, slowly = default;
                if (!PlainSegment.TryRead(record, ref shortly)) return;
                Assert.Equal(Decoded.Segment, new SegmentDecoder().DecodeLayers(record, ref slowly));
                Assert.Equal((slowly.Timestamp, slowly.Source, slowly.Destination),
                    (shortly.Timestamp, shortly.Source, shortly.Destination));
                Assert.Equal((slowly.Sequence, slowly.Acknowledgement, slowly.Flags),
                    (shortly.Sequence, shortly.Acknowledgement, shortly.Flags));
                Assert.Equal((slowly.Window, slowly.Checksum, slowly.UrgentPointer),
                    (shortly.Window, shortly.Checksum, shortly.UrgentPointer));
                Assert.Equal((slowly.IpIdentification, slowly.TimeToLive, slowly.Sight),
                    (shortly.IpIdentification, shortly.TimeToLive, shortly.Sight));
                Assert.Equal(slowly.Options, shortly.Options);
                Assert.Equal(slowly.Payload, shortly.Payload);
                Assert.Equal(slowly.PayloadLength, shortly.PayloadLength);
            }, iter: 20_000);

    [Theory]
    [InlineData(2, TcpFlags.Ack, 0, 0)]
    [InlineData(6, TcpFlags.Ack, 0, 0)]
    [InlineData(4, TcpFlags.Ack | TcpFlags.Fin, 0, 0)]
    [InlineData(3, TcpFlags.Rst, 0, 0)]
    [InlineData(1, TcpFlags.Ack, 0, 1)]
    [InlineData(7, TcpFlags.Ack, 0, 7)]
    [InlineData(6, TcpFlags.Ack | TcpFlags.Psh, 0, 6)]
    [InlineData(6, TcpFlags.Ack, 1, 6)]
    public void Padding_that_the_IP_length_counts_is_no_payload(int length, TcpFlags flags, byte last, int expected)
    {
        byte[] padding = new byte[length];
        padding[^1] = last;
        byte[] packet = Ipv4(6, [.. Tcp.AsSpan(0, 13), (byte)flags, .. Tcp.AsSpan(14, 6), .. padding]);
        Assert.Equal(Decoded.Segment, Decode(new SegmentDecoder(), LinkType.Raw, packet, out TcpSegment raw));
        Assert.Equal((expected, expected), (raw.PayloadLength, raw.Payload.Length));
        Assert.Equal(Decoded.Segment, Decode(new SegmentDecoder(), LinkType.Ethernet, [.. Macs, 8, 0, .. packet], out TcpSegment framed));
        Assert.Equal((expected, expected), (framed.PayloadLength, framed.Payload.Length));
    }

    [Theory]
    [InlineData(true, 5)]
    [InlineData(false, 2)]
    public void A_frame_shorter_than_its_packet_is_cut_where_the_checksum_proves_the_length(bool isRight, int expected)
    {
        byte[] packet = [.. Ipv4Packet];
        if (isRight) BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), default(InternetChecksum).Add(packet.AsSpan(0, 20)).Value);
        byte[] frame = [.. Macs, 8, 0, .. packet.AsSpan(0, packet.Length - 3)];
        Assert.Equal(Decoded.Segment, Decode(new SegmentDecoder(), LinkType.Ethernet, frame, out TcpSegment segment));
        Assert.Equal((expected, "he"), (segment.PayloadLength, System.Text.Encoding.ASCII.GetString(segment.Payload)));
    }

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

    private static byte[] Udp(ushort port, ReadOnlySpan<byte> payload) =>
        Ipv4(17, [0xc0, 0, (byte)(port >> 8), (byte)port, 0, 0, 0, 0, .. payload]);

    private static byte[] WithoutLength(byte[] packet)
    {
        packet = [.. packet];
        packet[2] = packet[3] = 0;
        return packet;
    }
}
