namespace Trama.Dump.Protocols.Routing;

/// <summary>Prints which message of RSVP (RFC 2205) came.</summary>
internal static class RsvpPrinter
{
    private const int TypeAt = 1, HeaderLength = 8;

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "rsvp";
        if (!bytes.Has(HeaderLength))
        {
            d.Truncated();
            return;
        }

        int version = bytes.U8(0) >> 4;
        if (version != 1)
        {
            d.Print($"ERROR: RSVP version {version} packet not supported");
            return;
        }

        int type = bytes.U8(TypeAt);
        string name = type switch
        {
            1 => "Path",
            2 => "Resv",
            3 => "PathErr",
            4 => "ResvErr",
            5 => "PathTear",
            6 => "ResvTear",
            7 => "ResvConf",
            12 => "Bundle",
            13 => "Acknowledgement",
            14 => "Hello (Old)",
            15 => "Refresh",
            20 => "Hello",
            _ => $"unknown ({type})",
        };
        d.Print($"RSVPv{version} {name} Message, length: {length}");
    }
}
