using Trama.Dump.Text;

namespace Trama.Dump.Protocols.Routing.Bgp;

/// <summary>Prints why a BGP session ended (RFC 4271 section 4.5, RFC 4486, RFC 9003).</summary>
internal static class BgpNotificationPrinter
{
    private const int ErrorAt = 19, SuberrorAt = 20, DataAt = 21;
    private const int PrefixLimit = 1, Shutdown = 2, Reset = 4;

    public static void Print(Dissection d, PacketBytes message, int length)
    {
        int error = message.U8(ErrorAt), suberror = message.U8(SuberrorAt);
        d.Print($", {ErrorName(error)} ({error})");
        if (error is < 1 or > 7 or 4) return;

        // tcpdump leaves out the comma before these two.
        d.Print($"{(error is 5 or 7 ? "" : ",")} subcode {SuberrorName(error, suberror) ?? "Unknown"} ({suberror})");
        if (error != 6) return;
        if (suberror == PrefixLimit && length >= DataAt + 7)
        {
            int family = message.U16(DataAt), subfamily = message.U8(DataAt + 2);
            d.Print($", AFI {BgpNames.Family(family) ?? "Unknown"} ({family}), ");
            d.Print($"SAFI {BgpNames.Subfamily(subfamily) ?? "Unknown"} ({subfamily}), Max Prefixes: {message.U32(DataAt + 3)}");
        }

        if (suberror is Shutdown or Reset && length > DataAt) PrintCommunication(d, message.From(DataAt), length - DataAt);
    }

    private static void PrintCommunication(Dissection d, PacketBytes data, int length)
    {
        int textLength = data.U8(0);
        int used = 0;
        if (textLength > length - 1)
        {
            d.Print($", invalid Shutdown Communication length");
        }
        else if (textLength == 0)
        {
            d.Print($", empty Shutdown Communication");
            used = 1;
        }
        else
        {
            d.Print($", Shutdown Communication (length: {textLength}): \"{data.Fetch(1, textLength):s}\"");
            used = textLength + 1;
        }

        if (length == used) return;
        d.Print($", Data: (length: {length - used})");
        d.Output.AppendHexLines(data.From(used).First(length - used).Captured, "\n\t\t"u8);
    }

    private static string ErrorName(int error) => error switch
    {
        1 => "Message Header Error",
        2 => "OPEN Message Error",
        3 => "UPDATE Message Error",
        4 => "Hold Timer Expired",
        5 => "Finite State Machine Error",
        6 => "Cease",
        7 => "Capability Message Error",
        _ => "Unknown Error",
    };

    private static string? SuberrorName(int error, int suberror) => (error, suberror) switch
    {
        (1, 1) => "Connection Not Synchronized",
        (1, 2) => "Bad Message Length",
        (1, 3) => "Bad Message Type",
        (2, 1) => "Unsupported Version Number",
        (2, 2) => "Bad Peer AS",
        (2, 3) => "Bad BGP Identifier",
        (2, 4) => "Unsupported Optional Parameter",
        (2, 5) => "Authentication Failure",
        (2, 6) => "Unacceptable Hold Time",
        (2, 7) => "Capability Message Error",
        (3, 1) => "Malformed Attribute List",
        (3, 2) => "Unrecognized Well-known Attribute",
        (3, 3) => "Missing Well-known Attribute",
        (3, 4) => "Attribute Flags Error",
        (3, 5) => "Attribute Length Error",
        (3, 6) => "Invalid ORIGIN Attribute",
        (3, 7) => "AS Routing Loop",
        (3, 8) => "Invalid NEXT_HOP Attribute",
        (3, 9) => "Optional Attribute Error",
        (3, 10) => "Invalid Network Field",
        (3, 11) => "Malformed AS_PATH",
        (5, 0) => "Unspecified Error",
        (5, 1) => "In OpenSent State",
        (5, 2) => "In OpenConfirm State",
        (5, 3) => "In Established State",
        (6, 1) => "Maximum Number of Prefixes Reached",
        (6, 2) => "Administrative Shutdown",
        (6, 3) => "Peer Unconfigured",
        (6, 4) => "Administrative Reset",
        (6, 5) => "Connection Rejected",
        (6, 6) => "Other Configuration Change",
        (6, 7) => "Connection Collision Resolution",
        (7, 1) => "Invalid Action Value",
        (7, 2) => "Invalid Capability Length",
        (7, 3) => "Malformed Capability Value",
        (7, 4) => "Unsupported Capability Code",
        _ => null,
    };
}
