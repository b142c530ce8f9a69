using System.Buffers.Binary;
using Trama.Dump.Text;
using Trama.Packets.Network;

namespace Trama.Dump.Protocols.Routing.Bgp;

/// <summary>Prints extended communities of BGP (RFC 4360), eight bytes each.</summary>
internal static class BgpExtendedCommunity
{
    private static readonly (uint Bits, string Name)[] Flags = [(0x8000, "vendor-specific"), (0x4000, "non-transitive")];

    /// <summary>Prints a community.</summary>
    public static void Print(Dissection d, PacketBytes bytes)
    {
        int type = bytes.U16(0);
        d.Print($"\n\t    {TypeName(type)} (0x{type:x4}), Flags [");
        if (!d.Output.AppendBits(Flags, (uint)type)) d.Print($"none");
        d.Print($"]: ");
        switch (type)
        {
            case 0x0002 or 0x0003 or 0x000a:
                d.Print($"{bytes.U16(2)}:{bytes.U32(4)} (= {bytes.Ipv4(4)})");
                break;
            case 0x0102 or 0x0103 or 0xf10a or 0x010b:
                d.Print($"{bytes.Ipv4(2)}:{bytes.U16(6)}");
                break;
            case 0x0202 or 0x0203:
                d.Print($"{bytes.U32(2)}:{bytes.U16(6)}");
                break;
            case 0x4004:
                PrintBandwidth(d, bytes.U32(4));
                break;
            case 0x0005 or 0x0105 or 0x0205 or 0x8005 or 0x0107 or 0x8001:
                d.Print($"{bytes.Ipv4(2)}");
                break;
            case 0x0306 or 0x8000:
                PrintOspfRoute(d, bytes);
                break;
            case 0x0009:
                d.Print($"AS {bytes.U16(2)}");
                break;
            case 0x030c:
                d.Print($"Tunnel type: {TunnelName(bytes.U16(6))}");
                break;
            default:
                d.Print($"{bytes.Fetch(2, 6):x}");
                break;
        }
    }

    /// <summary>Prints a route target of which only the first bits may be given (RFC 4684).</summary>
    /// <param name="d">The packet being printed.</param>
    /// <param name="target">Eight bytes; those not given are zero.</param>
    /// <param name="bits">How many bits are given.</param>
    public static void PrintTarget(Dissection d, ReadOnlySpan<byte> target, int bits)
    {
        if (bits == 0)
        {
            d.Print($"route-target: 0:0/0");
            return;
        }

        int type = BinaryPrimitives.ReadUInt16BigEndian(target);
        uint last = BinaryPrimitives.ReadUInt32BigEndian(target[4..]);
        if (bits < 16) d.Print($"route-target: partial-type: (");
        else if (type == 0x0002) d.Print($"route-target: {BinaryPrimitives.ReadUInt16BigEndian(target[2..])}:{last}/{bits} (");
        else if (type == 0x0102) d.Print($"route-target: {IpAddress.FromBytes(target[2..6]):n}:{last & 0xffff}/{bits} (");
        else if (type == 0x0202) d.Print($"route-target: {BinaryPrimitives.ReadUInt32BigEndian(target[2..])}:{last & 0xffff}/{bits} (");
        else d.Print($"route target: unknown-type({type:x4}) (");
        int size = (bits + 7) / 8;
        for (int i = 0; i < size; i++) d.Print($"{target[i]:x2}{(i % 2 == 1 && i < size - 1 ? " " : "")}");
        if (bits < 16 || type is not (0x0002 or 0x0102 or 0x0202)) d.Print($"/{bits}");
        d.Print($")");
    }

    /// <summary>Prints a bandwidth, given in bytes a second as a floating-point number, in megabits.</summary>
    private static void PrintBandwidth(Dissection d, uint encoded)
    {
        float megabits = BitConverter.UInt32BitsToSingle(encoded) * 8 / 1_000_000;
        d.Print($"bandwidth: {megabits.ToString("F3", System.Globalization.CultureInfo.InvariantCulture)} Mbps");
    }

    private static void PrintOspfRoute(Dissection d, PacketBytes bytes)
    {
        int kind = bytes.U8(6);
        string name = kind switch
        {
            1 => "Router",
            2 => "Network",
            3 => "Summary",
            5 => "External",
            7 => "NSSA External",
            129 => "MPLS-VPN Sham",
            _ => $"unknown (0x{kind:x2})",
        };
        d.Print($"area:{bytes.Ipv4(2)}, router-type:{name}, ");
        d.Print($"metric-type:{((bytes.U8(7) & 1) != 0 ? "E2" : "")}{(kind is 5 or 7 ? "E1" : "")}");
    }

    private static string TypeName(int type) => type switch
    {
        0x0002 or 0x0102 or 0x0202 => "target",
        0x0003 or 0x0103 or 0x0203 => "origin",
        0x4004 => "link-BW",
        0x0005 or 0x0105 or 0x0205 or 0x8005 => "ospf-domain",
        0x0306 or 0x8000 => "ospf-route-type",
        0x030c => "encapsulation",
        0x0107 or 0x8001 => "ospf-router-id",
        0x800a => "layer2-info",
        0x8800 => "eigrp-general-route (flag, tag)",
        0x8801 => "eigrp-route-metric (AS, delay)",
        0x8802 => "eigrp-route-metric (reliability, nexthop, bandwidth)",
        0x8803 => "eigrp-route-metric (load, MTU)",
        0x8804 => "eigrp-external-route (remote-AS, remote-ID)",
        0x8805 => "eigrp-external-route (remote-proto, remote-metric)",
        0x0009 => "source-AS",
        0x010b => "vrf-route-import",
        0x000a or 0xf10a => "l2vpn-id",
        _ => "unknown extd community typecode",
    };

    private static string TunnelName(int type) => type switch
    {
        1 => "L2TPv3 over IP",
        2 => "GRE",
        3 => "Transmit Tunnel",
        4 => "IPsec",
        5 => "IP in IP with IPsec",
        6 => "MPLS in IP with IPsec",
        7 => "IP in IP",
        8 => "VXLAN",
        9 => "NVGRE",
        10 => "MPLS",
        11 => "MPLS in GRE",
        12 => "VXLAN GPE",
        13 => "MPLS in UDP",
        14 => "IPv6",
        15 => "SR TE",
        16 => "Bare",
        17 => "SR",
        _ => "unknown encaps",
    };
}
