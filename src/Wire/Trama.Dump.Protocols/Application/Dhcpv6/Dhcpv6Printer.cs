namespace Trama.Dump.Protocols.Application.Dhcpv6;

/// <summary>Prints which message of DHCPv6 (RFC 8415) came; with <c>-v</c> its transaction or its relays, and its options.</summary>
internal static class Dhcpv6Printer
{
    private const int RelayForward = 12, RelayReply = 13;
    private const int HeadLength = 4, RelayHeadLength = 34, LinkAddressAt = 2, PeerAddressAt = 18;

    public static void Print(Dissection d, PacketBytes bytes)
    {
        d.Protocol = "dhcp6";
        d.Print($"dhcp6");
        if (!bytes.Has(HeadLength))
        {
            d.Truncated();
            return;
        }

        int type = bytes.U8(0);
        d.Print($" {TypeName(type)}");
        if (d.Verbosity == 0) return;
        bool relayed = type is RelayForward or RelayReply;
        if (relayed) d.Print($" (linkaddr={bytes.Ipv6(LinkAddressAt)} peeraddr={bytes.Ipv6(PeerAddressAt)}");
        else d.Print($" (xid={bytes.U24(1):x}");
        Dhcpv6OptionPrinter.Print(d, bytes.From(relayed ? RelayHeadLength : HeadLength));
        d.Print($")");
    }

    private static string TypeName(int type) => type switch
    {
        1 => "solicit",
        2 => "advertise",
        3 => "request",
        4 => "confirm",
        5 => "renew",
        6 => "rebind",
        7 => "reply",
        8 => "release",
        9 => "decline",
        10 => "reconfigure",
        11 => "inf-req",
        RelayForward => "relay-fwd",
        RelayReply => "relay-reply",
        14 => "leasequery",
        15 => "leasequery-reply",
        _ => $"msgtype-{type}",
    };
}
