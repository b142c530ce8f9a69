namespace Trama.Dump.Application;

/// <summary>Prints which message of RIP (RFC 1058, RFC 2453) came.</summary>
internal static class RipPrinter
{
    private const int CommandAt = 0, VersionAt = 1, HeaderLength = 4;

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "rip";
        if (length < HeaderLength || !bytes.Has(HeaderLength))
        {
            d.Truncated();
            return;
        }

        int command = bytes.U8(CommandAt);
        string name = command switch
        {
            1 => "Request",
            2 => "Response",
            3 => "Trace on",
            4 => "Trace off",
            5 => "Poll",
            6 => "Poll Entry",
            _ => $"unknown command ({command})",
        };
        d.Print($"{(d.Verbosity > 0 ? "\n\t" : "")}RIPv{bytes.U8(VersionAt)}, {name}, length: {length}");
    }
}
