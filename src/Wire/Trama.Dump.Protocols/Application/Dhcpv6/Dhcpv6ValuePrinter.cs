using Trama.Dump.Text;

namespace Trama.Dump.Protocols.Application.Dhcpv6;

/// <summary>Prints the values of DHCPv6 options that have a form of their own.</summary>
internal static class Dhcpv6ValuePrinter
{
    private const int ClientId = 1, ServerId = 2, Authentication = 11, Status = 13, Reconfigure = 19, RemoteId = 37, RelayData = 47;
    private const int ShownBytes = 10;

    /// <summary>Prints the value of an option; its length is one that such a value can have.</summary>
    public static void Print(Dissection d, int option, PacketBytes value)
    {
        switch (option)
        {
            case ClientId or ServerId:
                PrintUniqueId(d, value);
                break;
            case Authentication:
                PrintAuthentication(d, value);
                break;
            case Status:
                d.Print($" {StatusName(value.U16(0))}");
                break;
            case Reconfigure:
                int message = value.U8(0);
                d.Print($" for {message switch { 5 => "renew", 11 => "inf-req", _ => $"???({message:x2})" }}");
                break;
            case RemoteId:
                d.Print($" {value.U32(0)} {value.From(4).First(ShownBytes).Captured:x}...");
                break;
            case RelayData:
                d.Print($" {value.Ipv6(0)} {value.From(16).First(ShownBytes).Captured:x}...");
                break;
            default:
                PrintTunnelEnd(d, value);
                break;
        }
    }

    /// <summary>Prints a DHCP unique identifier (RFC 8415, section 11).</summary>
    private static void PrintUniqueId(Dissection d, PacketBytes value)
    {
        const int LinkLayerAndTime = 1, Enterprise = 2, LinkLayer = 3;
        int type = value.U16(0);
        int least = type switch { LinkLayerAndTime => 8, Enterprise => 10, LinkLayer => 4, _ => 0 };
        if (value.Length < least)
        {
            d.Print($" ?");
            return;
        }

        switch (type)
        {
            case LinkLayerAndTime:
                d.Print($" hwaddr/time type {value.U16(2)} time {value.U32(4)} {value.From(8).Captured:x}");
                break;
            case Enterprise:
                d.Print($" vid {value.From(2).First(8).Captured:x}");
                break;
            case LinkLayer:
                d.Print($" hwaddr type {value.U16(2)} {value.From(4).Captured:x}");
                break;
            default:
                d.Print($" type {type}");
                break;
        }
    }

    private static void PrintAuthentication(Dissection d, PacketBytes value)
    {
        const int Delayed = 2, ReconfigureKey = 3, FixedLength = 11, DigestLength = 16, KeyLength = 4;
        int protocol = value.U8(0), algorithm = value.U8(1), replay = value.U8(2);
        d.Print($" proto: {protocol switch { Delayed => "delayed", ReconfigureKey => "reconfigure", _ => $"{protocol}" }}");
        d.Print($", alg: {(algorithm == 1 ? "HMAC-MD5" : $"{algorithm}")}, RDM: {(replay == 0 ? "mono" : $"{replay}")}, RD:");
        for (int at = 3; at < FixedLength; at += 2) d.Print($" {value.U16(at):x4}");

        PacketBytes information = value.From(FixedLength);
        int realm = information.Length - DigestLength - KeyLength;
        if (protocol == Delayed && information.Length == 0) return;
        if (protocol == Delayed && realm >= 0)
        {
            if (realm > 0) d.Print($", realm: {information.First(realm).Captured:x}");
            d.Print($", key ID: {information.U32(realm):x8}, HMAC-MD5:");
            PrintDigest(d, information.From(realm + KeyLength));
        }
        else if (protocol == ReconfigureKey && information.Length == 1 + DigestLength)
        {
            d.Print($" {information.U8(0) switch { 1 => "reconfig-key", 2 => "type: HMAC-MD5", _ => "type: ??" }} value:");
            PrintDigest(d, information.From(1));
        }
        else d.Print($" ??");
    }

    private static void PrintDigest(Dissection d, PacketBytes digest)
    {
        for (int at = 0; at < 16; at += 4) d.Print($" {digest.U32(at):x8}");
    }

    /// <summary>Prints the name of the router at the far end of a tunnel (RFC 6334).</summary>
    private static void PrintTunnelEnd(Dissection d, PacketBytes value)
    {
        d.Print($" ");
        int at = 0;
        while (value.Has(at, 1) && value.U8(at) is var label and > 0)
        {
            at++;
            if (!value.Has(at, label + 1))
            {
                d.Print($" ?");
                return;
            }

            d.Output.AppendPadded(value, at, label);
            at += label;
            if (value.U8(at) != 0) d.Print($".");
        }
    }

    private static string StatusName(int status) => status switch
    {
        0 => "Success",
        1 => "UnspecFail",
        2 => "NoAddrsAvail",
        3 => "NoBinding",
        4 => "NotOnLink",
        5 => "UseMulticast",
        6 => "NoPrefixAvail",
        7 => "UnknownQueryType",
        8 => "MalformedQuery",
        9 => "NotConfigured",
        10 => "NotAllowed",
        > 255 => "INVALID code",
        _ => $"code{status}",
    };
}
