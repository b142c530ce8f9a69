using Trama.Dump.Text;

namespace Trama.Dump.Network.Icmpv6;

/// <summary>Prints neighbour discovery (RFC 4861).</summary>
internal static class NeighborDiscoveryPrinter
{
    /// <summary>The first of its ICMPv6 types.</summary>
    public const int First = RouterSolicitation;

    /// <summary>The last of its ICMPv6 types.</summary>
    public const int Last = Redirect;

    private const int RouterSolicitation = 133, RouterAdvertisement = 134, NeighborSolicitation = 135, NeighborAdvertisement = 136,
        Redirect = 137;

    private static readonly (uint Bits, string Name)[] RouterFlags =
        [(0x80, "managed"), (0x40, "other stateful"), (0x20, "home agent"), (0x02, "ipv6 only")];

    private static readonly (uint Bits, string Name)[] NeighborFlags =
        [(0x80000000, "router"), (0x40000000, "solicited"), (0x20000000, "override")];

    /// <summary>Prints what follows the type's name; false when the message broke off.</summary>
    public static bool Print(Dissection d, PacketBytes bytes, int length, int type)
    {
        bool verbose = d.Verbosity > 0;
        switch (type)
        {
            case RouterSolicitation:
                break;
            case RouterAdvertisement when verbose:
                int flags = bytes.U8(5);
                int start = d.Output.Length;
                d.Print($"\n\thop limit {bytes.U8(4)}, Flags [");
                if (!d.Output.AppendBits(RouterFlags, (uint)flags)) d.Print($"none");
                d.Print($"], pref {Preference(flags)}, router lifetime {bytes.U16(6)}s, ");
                d.Print($"reachable time {bytes.U32(8)}ms, retrans timer {bytes.U32(12)}ms");
                d.TakeBackTo(start);
                break;
            case NeighborSolicitation:
                d.Print($", who has {bytes.Ipv6(8)}");
                break;
            case NeighborAdvertisement:
                d.Print($", tgt is {bytes.Ipv6(8)}");
                if (!verbose) break;
                d.Print($", Flags [");
                if (!d.Output.AppendBits(NeighborFlags, bytes.U32(4))) d.Print($"none");
                d.Print($"]");
                break;
            case Redirect:
                d.Print($", {bytes.Ipv6(24)}");
                d.Print($" to {bytes.Ipv6(8)}");
                break;
        }

        if (!verbose) return true;
        int headerLength = type switch { RouterSolicitation => 8, RouterAdvertisement => 16, Redirect => 40, _ => 24 };
        return NeighborDiscoveryOptions.Print(d, bytes.From(headerLength), length - headerLength);
    }

    /// <summary>The preference of a router or a route (RFC 4191, section 2.1).</summary>
    public static string Preference(int flags) => (flags & 0x18) switch { 0x00 => "medium", 0x08 => "high", 0x10 => "rsv", _ => "low" };
}
