using System.Buffers.Binary;
using Trama.Packets;
using Trama.Packets.Building;
using Trama.Packets.Link;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Captures.Text;

/// <summary>A packet in the making: what its lines said so far.</summary>
internal sealed class TextPacket
{
    /// <summary>The most bytes that a hex dump may have.</summary>
    public const int MaxLength = 262_144;

    private const int LongestHeaders = Ipv6Header.Length + TcpHeader.MinimumLength + OptionsText.MaxLength;

    private byte[] _bytes = new byte[2048];
    private int _wireLength;

    /// <summary>When it was seen.</summary>
    public Timestamp At { get; set; }

    /// <summary>How many bytes of it there are.</summary>
    public int Length { get; private set; }

    /// <summary>Whether a hex dump gave the bytes, and not a line alone.</summary>
    public bool IsDumped { get; private set; }

    /// <summary>Forgets everything.</summary>
    public void Clear() => (Length, _wireLength, IsDumped) = (0, 0, false);

    /// <summary>Takes bytes of a hex dump, which replace what a line said.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (!IsDumped) (IsDumped, Length) = (true, 0);
        if (Length + bytes.Length > MaxLength) return;
        if (Length + bytes.Length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Takes what a line says: the headers are made from it, and of the payload there is nothing but its length.</summary>
    public void Describe(in SegmentLine line, SequenceOrigins origins, LineDetails details)
    {
        (SequenceNumber sequence, SequenceNumber acknowledgement) = origins.Resolve(line);
        (Endpoint source, Endpoint destination) = (line.Source, line.Destination);
        Span<byte> options = stackalloc byte[OptionsText.MaxLength];
        int optionsLength = OptionsText.Write(line.Options, shown => origins.Resolve(destination, source, shown), options);
        var ip = new IpFields(source.Address, destination.Address, IpProtocol.Tcp)
        {
            TimeToLive = details.TimeToLive,
            Identification = details.Identification,
            DontFragment = details.DontFragment,
        };
        var tcp = new TcpFields(source.Port, destination.Port, sequence, acknowledgement, line.Flags, line.Window);
        if (_bytes.Length < LongestHeaders) _bytes = new byte[LongestHeaders];
        Length = PacketBuilder.WriteSegment(_bytes, ip, tcp, options[..optionsLength], payload: []);
        _wireLength = Length + line.Length;
        // A length that does not fit is left out, as segmentation offload leaves it.
        int counted = source.Address.IsIpv6 ? ip.HeaderLength : 0, claimed = _wireLength - counted;
        if (line.Length > 0) PacketBuilder.WriteHeader(_bytes, ip, (claimed <= ushort.MaxValue ? claimed : 0) + counted - ip.HeaderLength);
    }

    /// <summary>Takes a whole packet that a line tells.</summary>
    public void Take(ReadOnlySpan<byte> packet)
    {
        Length = _wireLength = packet.Length;
        if (_bytes.Length < Length) _bytes = new byte[Length];
        packet.CopyTo(_bytes);
    }

    /// <summary>The bytes so far; valid until the next of them.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>Whether a dump begins with ARP's header: it is not known what link was before it (RFC 826: Ethernet and IPv4).</summary>
    public bool IsArp => IsDumped && Bytes.StartsWith((ReadOnlySpan<byte>)[0, 1, 8, 0, 6, 4, 0]);

    /// <summary>
    /// At which layer the bytes start, as far as they tell: tcpdump's <c>-x</c> leaves the link layer out, its <c>-xx</c> and tshark do
    /// not.
    /// </summary>
    public LinkType LinkType
    {
        get
        {
            ReadOnlySpan<byte> bytes = _bytes.AsSpan(0, Length);
            if (!IsDumped || IsIp(bytes)) return LinkType.Raw;
            if (HasTypeOfIp(bytes, EthernetHeader.TypeAt)) return LinkType.Ethernet;
            return HasTypeOfIp(bytes, CookedHeader.TypeAt) ? LinkType.LinuxSll : LinkType.Ethernet;
        }
    }

    /// <summary>The packet as a record of a link type; valid until it is cleared.</summary>
    public Record ToRecord(LinkType linkType)
    {
        ReadOnlySpan<byte> bytes = _bytes.AsSpan(0, Length);
        return new Record(At, linkType, bytes, IsDumped ? DumpedLength(bytes, linkType) : _wireLength);
    }

    // Where a snapshot length cut the dump, the IP header knows better.
    private static int DumpedLength(ReadOnlySpan<byte> bytes, LinkType linkType)
    {
        int at = linkType switch { LinkType.Raw => 0, LinkType.Ethernet => EthernetHeader.Length, _ => CookedHeader.Length };
        if (bytes.Length <= at || Ipv4Header.TryParse(bytes[at..], out Ipv4Header ip) != ParseStatus.Complete) return bytes.Length;
        return Math.Max(bytes.Length, at + ip.TotalLength);
    }

    private static bool IsIp(ReadOnlySpan<byte> bytes)
    {
        if (Ipv4Header.TryParse(bytes, out Ipv4Header ipv4) == ParseStatus.Complete)
            return ipv4.TotalLength == bytes.Length || default(InternetChecksum).Add(bytes[..ipv4.Length]).Value == 0;
        if (Ipv6Header.TryParse(bytes, out Ipv6Header ipv6) != ParseStatus.Complete) return false;
        return ipv6.PayloadLength + Ipv6Header.Length >= bytes.Length;
    }

    private static bool HasTypeOfIp(ReadOnlySpan<byte> bytes, int at) =>
        bytes.Length >= at + 2 && (EtherType)BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]) is EtherType.Ipv4 or EtherType.Ipv6;
}
