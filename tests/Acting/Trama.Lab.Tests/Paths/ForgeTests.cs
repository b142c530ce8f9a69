using CsCheck;
using Trama.Lab.Paths;
using Trama.Packets;
using Trama.Packets.Building;
using Trama.Packets.Decoding;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Record = Trama.Packets.Record;

namespace Trama.Lab.Tests.Paths;

public class ForgeTests
{
    private static readonly Gen<(uint, uint, int)> Numbers = Gen.Select(Gen.UInt, Gen.UInt, Gen.Int[1, 255]);

    [Fact]
    public void A_forged_segment_says_what_it_was_given_with_right_checksums() => Numbers.Sample((sequence, acknowledgement, timeToLive) =>
    {
        foreach ((Endpoint from, Endpoint to) in ((Endpoint, Endpoint)[])[(Packets.Client, Packets.Server),
            (Packets.Server6, Packets.Client6)])
        {
            byte[] packet = Forge.Segment(from, to, new SequenceNumber(sequence), new SequenceNumber(acknowledgement),
                TcpFlags.Rst | TcpFlags.Ack, timeToLive, 77, [2, 4, 5, 180]);
            var record = new Record(default, LinkType.Raw, packet, packet.Length);
            Assert.Equal(Decoded.Segment, new SegmentDecoder().Decode(record, out TcpSegment segment));
            Assert.Equal((from, to), (segment.Source, segment.Destination));
            Assert.Equal((sequence, acknowledgement, timeToLive, 77),
                (segment.Sequence.Value, segment.Acknowledgement.Value, segment.TimeToLive, segment.Window));
            Assert.Equal(TcpFlags.Rst | TcpFlags.Ack, segment.Flags);
            AssertChecksums(packet);
        }
    });

    [Fact]
    public void An_ICMP_error_quotes_the_packet_and_goes_to_its_sender()
    {
        foreach ((Endpoint from, Endpoint to) in ((Endpoint, Endpoint)[])[(Packets.Client, Packets.Server),
            (Packets.Client6, Packets.Server6)])
        {
            byte[] syn = Forge.Segment(from, to, new SequenceNumber(7), default, TcpFlags.Syn, 64);
            byte[] message = UnreachableMessage.Of(to.Address, syn, 1, 60);
            var decoder = new SegmentDecoder();
            Assert.Equal(Decoded.QuotedSegment, decoder.Decode(new Record(default, LinkType.Raw, message, message.Length), out _));
            Assert.Equal((from, to), (decoder.Quote.Source, decoder.Quote.Destination));
            AssertChecksums(message);
        }
    }

    [Fact]
    public void Routers_lower_the_time_to_live_and_leave_the_checksum_right() =>
        Gen.Select(Gen.Int[1, 255], Gen.Int[0, 300]).Sample((timeToLive, hops) =>
        {
            foreach ((Endpoint from, Endpoint to) in ((Endpoint, Endpoint)[])[(Packets.Client, Packets.Server),
                (Packets.Client6, Packets.Server6)])
            {
                byte[] packet = Forge.Segment(from, to, new SequenceNumber(7), default, TcpFlags.Syn, timeToLive);
                HopCount.Lower(packet, hops);
                Assert.Equal(Math.Max(1, timeToLive - hops), HopCount.Of(packet));
                AssertChecksums(packet);
            }
        });

    // The sum over the header, and over pseudo header and payload, is 0 with a right checksum in it.
    private static void AssertChecksums(byte[] packet)
    {
        bool ipv6 = packet[0] >> 4 == 6;
        int header = ipv6 ? 40 : 20;
        if (!ipv6) Assert.Equal(0, default(InternetChecksum).Add(packet.AsSpan(0, header)).Value);
        byte protocol = ipv6 ? packet[6] : packet[9];
        InternetChecksum sum = protocol == (byte)IpProtocol.Icmp
            ? default
            : default(InternetChecksum).Add(ipv6 ? packet.AsSpan(8, 32) : packet.AsSpan(12, 8)).Add((uint)protocol)
                .Add((uint)(packet.Length - header));
        Assert.Equal(0, sum.Add(packet.AsSpan(header)).Value);
    }
}
