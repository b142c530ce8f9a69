namespace Trama.Dump.Protocols.Routing;

/// <summary>Prints which message of EIGRP (RFC 7868) came.</summary>
internal static class EigrpPrinter
{
    private const int VersionAt = 0, OperationAt = 1, HeaderLength = 20, Version = 2;

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "eigrp";
        if (!bytes.Has(HeaderLength))
        {
            d.Truncated();
            return;
        }

        if (bytes.U8(VersionAt) is var version and not Version)
        {
            d.Print($"EIGRP version {version} packet not supported");
            return;
        }

        int operation = bytes.U8(OperationAt);
        string name = operation switch
        {
            1 => "Update",
            3 => "Query",
            4 => "Reply",
            5 => "Hello",
            6 => "IPX SAP",
            7 => "Probe",
            _ => $"unknown ({operation})",
        };
        d.Print($"EIGRP {name}, length: {length}");
    }
}
