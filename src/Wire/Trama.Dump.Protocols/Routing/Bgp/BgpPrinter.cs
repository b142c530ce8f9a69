using Trama.Dump.Text;

namespace Trama.Dump.Protocols.Routing.Bgp;

/// <summary>Prints BGP (RFC 4271): its name, and with <c>-v</c> each message that starts in the segment.</summary>
internal static class BgpPrinter
{
    /// <summary>The length of the header that all messages share, in bytes.</summary>
    public const int HeaderLength = 19;

    private const int MarkerLength = 16, LengthAt = 16, TypeAt = 18;
    private const int NotificationLength = 21, RouteRefreshLength = 23;

    public static void Print(Dissection d, PacketBytes bytes)
    {
        d.Protocol = "bgp";
        d.Print($": BGP");
        if (d.Verbosity == 0) return;
        int at = 0, expected = 0;
        while (TryFindMarker(bytes, ref at) && !d.IsCut)
        {
            if (!bytes.Has(at, HeaderLength))
            {
                d.Truncated();
                return;
            }

            if (at != expected) d.Truncated();
            int length = bytes.U16(at + LengthAt), type = bytes.U8(at + TypeAt);
            if (length < HeaderLength)
            {
                d.Print($"\nmessage length {length} < {HeaderLength}");
                d.Invalid();
                return;
            }

            if (!bytes.Has(at, length))
            {
                d.Print($"\n[|BGP {TypeName(type) ?? "Unknown Message Type"}]");
                return;
            }

            PrintMessage(d, type, bytes.From(at), length);
            at += length;
            expected = at;
        }
    }

    /// <summary>Finds the sixteen bytes of ones with which a message starts.</summary>
    private static bool TryFindMarker(PacketBytes bytes, ref int at)
    {
        while (bytes.Has(at, MarkerLength))
        {
            int other = bytes.Captured.Slice(at, MarkerLength).IndexOfAnyExcept((byte)0xff);
            if (other < 0) return true;
            at += other + 1;
        }

        return false;
    }

    private static void PrintMessage(Dissection d, int type, PacketBytes message, int length)
    {
        d.Print($"\n\t{TypeName(type) ?? "Unknown"} Message ({type}), length: {length}");
        switch (type)
        {
            case 1:
                BgpOpenPrinter.Print(d, message, length);
                break;
            case 2:
                BgpUpdatePrinter.Print(d, message, length);
                break;
            case 3 when length >= NotificationLength:
                BgpNotificationPrinter.Print(d, message, length);
                break;
            case 5 when length >= RouteRefreshLength:
                d.Print($"\n\t  AFI {BgpNames.Family(message.U16(19)) ?? "Unknown"} ({message.U16(19)}), ");
                d.Print($"SAFI {BgpNames.Subfamily(message.U8(22)) ?? "Unknown"} ({message.U8(22)})");
                break;
            case 3 or 4 or 5:
                break;
            default:
                d.Print($"\n\t  no Message {type} decoder");
                d.Output.AppendHexLines(message.First(length).Captured, "\n\t  "u8);
                break;
        }
    }

    private static string? TypeName(int type) => type switch
    {
        1 => "Open",
        2 => "Update",
        3 => "Notification",
        4 => "Keepalive",
        5 => "Route Refresh",
        _ => null,
    };
}
