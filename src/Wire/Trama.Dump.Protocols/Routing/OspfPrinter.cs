namespace Trama.Dump.Protocols.Routing;

/// <summary>Prints which message of OSPF came: version 2 (RFC 2328) over IPv4, version 3 (RFC 5340) over IPv6.</summary>
internal static class OspfPrinter
{
    private const int VersionAt = 0, TypeAt = 1;

    public static void Print(Dissection d, PacketBytes bytes, int length, IpEnvelope ip)
    {
        d.Protocol = ip.Version == 6 ? "ospf3" : "ospf2";
        int type = bytes.U8(TypeAt);
        string name = type switch
        {
            1 => "Hello",
            2 => "Database Description",
            3 => "LS-Request",
            4 => "LS-Update",
            5 => "LS-Ack",
            _ => $"unknown packet type ({type})",
        };
        d.Print($"OSPFv{bytes.U8(VersionAt)}, {name}, length {length}");
    }
}
