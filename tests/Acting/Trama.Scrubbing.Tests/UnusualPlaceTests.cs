using System.Buffers.Binary;
using System.Text;
using Trama.Captures;
using Trama.Captures.Files;
using Trama.Packets;
using Trama.Packets.Building;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Scrubbing.Mapping;
using Record = Trama.Packets.Record;

namespace Trama.Scrubbing.Tests;

/// <summary>A name in every place of a packet and a file that carries bytes, looked for in all of what came out.</summary>
public sealed class UnusualPlaceTests : IDisposable
{
    private const string Secret = "Jonathan.Quimby";

    private static readonly byte[] Said = Encoding.ASCII.GetBytes(Secret);
    private static readonly IpAddress Client = IpAddress.FromIpv4(0xc0000201), Server = IpAddress.FromIpv4(0xcb007107);
    private static readonly IpAddress Client6 = IpAddress.FromBytes([0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    private static readonly IpAddress Server6 = IpAddress.FromBytes([0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);

    private readonly string _from = Path.GetTempFileName(), _to = Path.GetTempFileName();

    public void Dispose()
    {
        File.Delete(_from);
        File.Delete(_to);
    }

    public static TheoryData<string> Places => [.. Packets().Keys];

    [Theory, MemberData(nameof(Places))]
    public void No_place_of_a_packet_keeps_a_name(string place)
    {
        byte[][] frames = Packets()[place];
        string after = Scrubbed(frames);
        Assert.DoesNotContain(Secret, after, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret[..4], after, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret[^6..], after, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_pcapng_file_says_beside_its_packets_goes()
    {
        using (var writer = new PcapngWriter(_from, Secret, Secret))
        {
            writer.AddInterface(new CaptureInterface(LinkType.Ethernet, 0) { Name = Secret });
            byte[] frame = Frame(Segment(1, TcpFlags.Syn, []));
            writer.Write(new Record(new Timestamp(1), LinkType.Ethernet, frame, frame.Length));
        }

        // Names of hosts, and a block of one's own (draft-ietf-opsawg-pcapng, sections 4.5 and 4.9).
        byte[] names = [4, 0, 0, 0, 0, 0, 0, 0, 1, 0, 20, 0, 203, 0, 113, 7, .. Said, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(names.AsSpan(4), names.Length + 4);
        byte[] own = [0xad, 0x0b, 0, 0, 32, 0, 0, 0, 1, 2, 3, 4, .. Said, 0, 32, 0, 0, 0];
        File.WriteAllBytes(_from, [.. File.ReadAllBytes(_from), .. names, .. BitConverter.GetBytes(names.Length + 4), .. own]);
        Assert.Null(new Scrubber(ScrubKey.OfSeed(1)).Scrub(_from, _to, isPcapng: true, "trama").Difference);
        Assert.DoesNotContain(Secret[..8], Encoding.Latin1.GetString(File.ReadAllBytes(_to)), StringComparison.Ordinal);
    }

    [Theory, InlineData(8), InlineData(48)]
    public void Fragments_are_scrubbed_as_one_packet(int length)
    {
        byte[] request = [.. "GET /status HTTP/1.1\r\nHost: Jonathan.Quimby\r\nAccept: text/html\r\nCookie: me=Jonathan.Quimby\r\n\r\n"u8];
        byte[] whole = Segment(1001, TcpFlags.Ack, request), reply = Segment(1, TcpFlags.Ack, "HTTP/1.1 204 No Content\r\n\r\n"u8, isReply: true);
        string after = Scrubbed([Frame(Segment(1000, TcpFlags.Syn, [])), .. Fragments(whole, length), Frame(reply)]);
        Assert.DoesNotContain("Quimby", after, StringComparison.Ordinal);
        using CaptureFile file = CaptureFile.Open(_to);
        string said = "";
        while (file.TryRead(out Record record)) said += Encoding.Latin1.GetString(record.Bytes[34..]);
        Assert.Contains("GET /status HTTP/1.1\r\nHost: ", said.Replace("\0", "", StringComparison.Ordinal), length > 24 ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
    }

    private string Scrubbed(byte[][] frames)
    {
        using (var writer = new PcapWriter(_from, LinkType.Ethernet))
            foreach ((int index, byte[] frame) in frames.Index())
                writer.Write(new Record(new Timestamp(1_000_000L * index), LinkType.Ethernet, frame, frame.Length));
        ScrubOutcome outcome = new Scrubber(ScrubKey.OfSeed(1)).Scrub(_from, _to, isPcapng: false, "trama");
        Assert.Null(outcome.Difference);
        Assert.Equal(frames.Length, outcome.Packets);
        return Encoding.Latin1.GetString(File.ReadAllBytes(_to));
    }

    private static Dictionary<string, byte[][]> Packets()
    {
        byte[] segment = Segment(1000, TcpFlags.Ack, Said), syn = Segment(1000, TcpFlags.Syn, []);
        byte[] other = [.. Said], http = [.. "GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8];
        return new Dictionary<string, byte[][]>
        {
            ["payload"] = [Frame(segment)],
            ["payload of a SYN"] = [Frame(Segment(1000, TcpFlags.Syn, Said))],
            ["payload of a RST"] = [Frame(Segment(1000, TcpFlags.Rst, Said))],
            ["option of known kind and other length"] = [Frame(WithOptions([2, 17, .. Said, 1, 1, 1]))],
            ["selective acknowledgement of other length"] = [Frame(WithOptions([5, 17, .. Said, 1, 1, 1]))],
            ["behind the end of options"] = [Frame(WithOptions([0, .. Said, 0, 0, 0, 0]))],
            ["unknown option"] = [Frame(WithOptions([253, 17, .. Said, 1, 1, 1]))],
            ["option of IP"] = [Frame(WithIpOptions(syn, [148, 17, .. Said, 1, 1, 1]))],
            ["route of IPv6"] = [Frame6(43, [6, 2, 4, 0, 0, 0, 0, 0, .. Said, 0], syn[20..])],
            ["padding of options of IPv6"] = [Frame6(0, [6, 2, 1, 20, .. Said, 0, 0, 0, 0, 0], syn[20..])],
            ["jumbo option of other length"] = [Frame6(0, [6, 2, 0xc2, 20, .. Said, 0, 0, 0, 0, 0], syn[20..])],
            ["padding of Ethernet"] = [[.. Frame(syn), .. Said]],
            ["tags of VLAN"] = [[.. Frame(syn)[..12], 0x88, 0xa8, 0, 1, 0x81, 0, 0, 2, 8, 0, .. segment, .. Said]],
            ["quoted by ICMP"] = [Frame(Ip(1, [3, 1, 0, 0, 0, 0, 0, 0, .. segment]))],
            ["quoted, quoted by ICMP"] = [Frame(Ip(1, [3, 1, 0, 0, 0, 0, 0, 0, .. Ip(1, [3, 1, 0, 0, 0, 0, 0, 0, .. segment])]))],
            ["behind what ICMP quotes"] = [Frame(Ip(1, [3, 1, 0, 0, 0, 0, 0, 0, .. syn, .. Said]))],
            ["echo"] = [Frame(Ip(1, [8, 0, 0, 0, 0, 1, 0, 1, .. Said]))],
            ["unknown kind of ICMP"] = [Frame(Ip(1, [200, 0, 0, 0, .. Said]))],
            ["datagram"] = [Frame(Ip(17, [0, 53, 0, 53, 0, 23, 0, 0, .. Said]))],
            ["unknown protocol"] = [Frame(Ip(200, Said))],
            ["unknown type of Ethernet"] = [[.. Frame(syn)[..12], 0x12, 0x34, .. Said]],
            ["in VXLAN"] = [Frame(Ip(17, [0x12, 0xb5, 0x12, 0xb5, 0, (byte)(30 + segment.Length), 0, 0, 8, 0, 0, 0, 0, 0, 1, 0, .. Frame(segment)]))],
            ["in GRE"] = [Frame(Ip(47, [0, 0, 8, 0, .. segment]))],
            ["in IP in IP"] = [Frame(Ip(4, segment))],
            ["options of Geneve"] = [Frame(Ip(17, [0x17, 0xc1, 0x17, 0xc1, 0, 36, 0, 0, 5, 0, 8, 0, 0, 0, 1, 0, 1, 2, 3, 4, .. Said, 0]))],
            ["ARP"] = [[.. Frame(syn)[..12], 8, 6, 0, 1, 8, 0, 6, 4, 0, 1, .. new byte[20], .. Said]],
            ["first fragment alone"] = [Fragments(segment, 24)[0]],
            ["last fragment alone"] = [Fragments(segment, 24)[^1]],
            ["sent again with other bytes"] = [Frame(syn), Frame(Segment(1001, TcpFlags.Ack, http)), Frame(Segment(1001, TcpFlags.Ack, other))],
            ["out of order"] = [Frame(syn), Frame(Segment(1001 + 8, TcpFlags.Ack, Said.AsSpan(8))), Frame(Segment(1001, TcpFlags.Ack, Said.AsSpan(0, 8)))],
            ["before the window"] = [Frame(syn), Frame(Segment(1001, TcpFlags.Ack, http)), Frame(Segment(900, TcpFlags.Ack, Said))],
            ["trailer of chunks"] = [Frame(syn), Frame(Segment(1001, TcpFlags.Ack,
                [.. "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;"u8, .. Said, .. "\r\nx\r\n0\r\nX-Who: "u8, .. Said, .. "\r\n\r\n"u8]))],
            ["where a chunk should end"] = [Frame(syn), Frame(Segment(1001, TcpFlags.Ack,
                [.. "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx"u8, .. Said]))],
        };
    }

    private static byte[] Segment(uint sequence, TcpFlags flags, ReadOnlySpan<byte> payload, bool isReply = false)
    {
        byte[] packet = new byte[40 + payload.Length];
        (ushort from, ushort to) = isReply ? ((ushort)80, (ushort)40000) : ((ushort)40000, (ushort)80);
        PacketBuilder.WriteSegment(packet, new IpFields(isReply ? Server : Client, isReply ? Client : Server, IpProtocol.Tcp) { Identification = 7 },
            new TcpFields(from, to, new SequenceNumber(sequence), new SequenceNumber(1), flags, 1000), [], payload);
        return packet;
    }

    private static byte[] WithOptions(byte[] options)
    {
        byte[] packet = new byte[40 + options.Length];
        PacketBuilder.WriteSegment(packet, new IpFields(Client, Server, IpProtocol.Tcp),
            new TcpFields(40000, 80, new SequenceNumber(1000), new SequenceNumber(1), TcpFlags.Ack, 1000), options, []);
        return packet;
    }

    private static byte[] WithIpOptions(byte[] packet, byte[] options)
    {
        byte[] changed = [.. packet[..20], .. options, .. packet[20..]];
        changed[0] = (byte)(0x40 | (20 + options.Length) / 4);
        BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(2), (ushort)changed.Length);
        return changed;
    }

    private static byte[] Ip(byte protocol, byte[] payload)
    {
        byte[] packet = new byte[20];
        PacketBuilder.WriteHeader(packet, new IpFields(Client, Server, (IpProtocol)protocol), payload.Length);
        return [.. packet, .. payload];
    }

    private static byte[] Frame(byte[] packet) => [0x02, 1, 2, 3, 4, 5, 0x02, 6, 7, 8, 9, 10, 8, 0, .. packet];

    private static byte[] Frame6(byte next, byte[] extension, byte[] payload)
    {
        byte[] header = new byte[40];
        PacketBuilder.WriteHeader(header, new IpFields(Client6, Server6, (IpProtocol)next), extension.Length + payload.Length);
        return [0x02, 1, 2, 3, 4, 5, 0x02, 6, 7, 8, 9, 10, 0x86, 0xdd, .. header, .. extension, .. payload];
    }

    private static byte[][] Fragments(byte[] packet, int length)
    {
        List<byte[]> frames = [];
        for (int at = 20; at < packet.Length; at += length)
        {
            byte[] part = [.. packet[..20], .. packet[at..Math.Min(at + length, packet.Length)]];
            BinaryPrimitives.WriteUInt16BigEndian(part.AsSpan(2), (ushort)part.Length);
            BinaryPrimitives.WriteUInt16BigEndian(part.AsSpan(6), (ushort)((at - 20) / 8 | (at + length < packet.Length ? 0x2000 : 0)));
            frames.Add(Frame(part));
        }

        return [.. frames];
    }
}
