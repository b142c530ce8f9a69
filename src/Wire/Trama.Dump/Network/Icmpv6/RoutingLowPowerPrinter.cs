namespace Trama.Dump.Network.Icmpv6;

/// <summary>Prints RPL, the routing of low-power networks (RFC 6550).</summary>
internal static class RoutingLowPowerPrinter
{
    private const int GraphIdLength = 16, InformationLength = 24, AdvertisementLength = 4;

    public static void Print(Dissection d, int code, PacketBytes bytes, int length)
    {
        if ((code & 0x80) != 0)
        {
            d.Print($", (SEC) [worktodo]");
            return;
        }

        d.Print($", (CLR)");
        switch (code)
        {
            case 0:
                d.Print($"DODAG Information Solicitation");
                break;
            case 1:
                d.Print($"DODAG Information Object");
                if (d.Verbosity > 0) PrintInformation(d, bytes, length);
                break;
            case 2:
                d.Print($"Destination Advertisement Object");
                if (d.Verbosity > 0) PrintAdvertisement(d, bytes, length, isReply: false);
                break;
            case 3:
                d.Print($"Destination Advertisement Object Ack");
                if (d.Verbosity > 0) PrintAdvertisement(d, bytes, length, isReply: true);
                break;
            default:
                d.Print($"RPL message, unknown code {code}");
                break;
        }
    }

    private static void PrintInformation(Dissection d, PacketBytes bytes, int length)
    {
        if (length < InformationLength)
        {
            d.Print($" [length {length} < {InformationLength}]");
            d.Invalid();
            return;
        }

        int mode = bytes.U8(4);
        string modeName = (mode >> 3 & 7) switch
        {
            0 => "nonstoring",
            1 => "storing",
            2 => "nonstoring-multicast",
            3 => "storing-multicast",
            var other => $"mop{other}",
        };
        d.Print($" [dagid:{bytes.Ipv6(8)},seq:{bytes.U8(5)},instance:{bytes.U8(0)},rank:{bytes.U16(2)},");
        d.Print($"{((mode & 0x80) != 0 ? "grounded," : "")}mop:{modeName},prf:{mode & 7}]");
    }

    private static void PrintAdvertisement(Dissection d, PacketBytes bytes, int length, bool isReply)
    {
        // Of an advertisement, though not of its answer, tcpdump wants the optional part captured in any case.
        if (!bytes.Has(AdvertisementLength + (isReply ? 0 : GraphIdLength)))
        {
            d.Truncated();
            return;
        }

        int flags = bytes.U8(1);
        bool hasGraph = (flags & (isReply ? 0x80 : 0x40)) != 0;
        if (length < AdvertisementLength + (hasGraph ? GraphIdLength : 0))
        {
            d.Print($"{(isReply ? " [|dao-length too short]" : " [|length too short]")}");
            return;
        }

        if (hasGraph && !bytes.Has(AdvertisementLength, GraphIdLength))
        {
            d.Truncated();
            return;
        }

        d.Print($" [dagid:");
        if (hasGraph) d.Print($"{bytes.Ipv6(AdvertisementLength)}");
        else d.Print($"<elided>");
        if (isReply)
        {
            d.Print($",seq:{bytes.U8(2)},instance:{bytes.U8(0)},status:{bytes.U8(3)}]");
            return;
        }

        d.Print($",seq:{bytes.U8(3)},instance:{bytes.U8(0)}");
        if ((flags & 0x80) != 0) d.Print($",acK");
        if (hasGraph) d.Print($",Dagid");
        d.Print($",{flags:x2}]");
    }
}
