using Trama.Dump.Text;

namespace Trama.Dump.Protocols.Routing.Bgp;

/// <summary>Prints how a BGP session opens: its parameters and the capabilities of the speaker (RFC 4271 section 4.2, RFC 5492).</summary>
internal static class BgpOpenPrinter
{
    private const int VersionAt = 19, AsAt = 20, HoldTimeAt = 22, IdentifierAt = 24, OptionsLengthAt = 28, OptionsAt = 29;
    private const int Capabilities = 2;

    public static void Print(Dissection d, PacketBytes message, int length)
    {
        if (length < OptionsAt)
        {
            d.Truncated();
            return;
        }

        d.Print($"\n\t  Version {message.U8(VersionAt)}, my AS {message.U16(AsAt)}, Holdtime {message.U16(HoldTimeAt)}s, ");
        int optionsLength = message.U8(OptionsLengthAt);
        d.Print($"ID {message.Ipv4(IdentifierAt)}\n\t  Optional parameters, length: {optionsLength}");
        PacketBytes options = message.From(OptionsAt);
        for (int at = 0; at < optionsLength && !d.IsCut;)
        {
            if (!options.Has(at, 2) || length - OptionsAt < at + 2)
            {
                d.Truncated();
                return;
            }

            int type = options.U8(at), optionLength = options.U8(at + 1);
            if (at + 2 + optionLength > optionsLength)
            {
                d.Print($"\n\t     Option {type}, length: {optionLength}, goes past the end of the options");
                return;
            }

            string name = type switch { 1 => "Authentication Information", Capabilities => "Capabilities Advertisement", _ => "Unknown" };
            d.Print($"\n\t    Option {name} ({type}), length: {optionLength}");
            if (type == Capabilities) PrintCapabilities(d, options.From(at + 2), optionLength);
            else d.Print($"\n\t      no decoder for option {type}");
            at += 2 + optionLength;
        }
    }

    private static void PrintCapabilities(Dissection d, PacketBytes bytes, int length)
    {
        for (int at = 0; at < length && !d.IsCut;)
        {
            if (!bytes.Has(at, 2))
            {
                d.Truncated();
                return;
            }

            int code = bytes.U8(at), valueLength = bytes.U8(at + 1);
            d.Print($"\n\t      {CapabilityName(code)} ({code}), length: {valueLength}");
            if (!bytes.Has(at + 2, valueLength))
            {
                d.Truncated();
                return;
            }

            PacketBytes value = bytes.From(at + 2).First(valueLength);
            if (!PrintCapability(d, code, value)) return;
            if (d.Verbosity > 1 && valueLength != 0) d.Output.AppendHexLines(value.Captured, "\n\t\t"u8);
            at += 2 + valueLength;
        }
    }

    private static bool PrintCapability(Dissection d, int code, PacketBytes value)
    {
        int least = code switch { 1 or 65 => 4, 64 => 2, _ => 0 };
        if (value.Length < least)
        {
            d.Print($" (too short, < {least})");
            return false;
        }

        switch (code)
        {
            case 1:
                d.Print($"\n\t\t");
                BgpNames.PrintFamilies(d, value.U16(0), value.U8(3));
                break;
            case 8:
                for (int at = 0; at + 4 <= value.Length; at += 4)
                {
                    d.Print($"\n\t\t");
                    BgpNames.PrintFamilies(d, value.U16(at), value.U8(at + 2));
                    d.Print($", Count: {value.U8(at + 3)}");
                }

                break;
            case 64:
                d.Print($"\n\t\tRestart Flags: [{((value.U8(0) & 0x80) != 0 ? "R" : "none")}], Restart Time {value.U16(0) & 0xfff}s");
                for (int at = 2; at + 4 <= value.Length; at += 4)
                {
                    d.Print($"\n\t\t  ");
                    BgpNames.PrintFamilies(d, value.U16(at), value.U8(at + 2));
                    d.Print($", Forwarding state preserved: {((value.U8(at + 3) & 0x80) != 0 ? "yes" : "no")}");
                }

                break;
            case 65:
                d.Print($"\n\t\t 4 Byte AS {value.U32(0)}");
                break;
            case 69:
                PrintPaths(d, value);
                break;
            case 2 or 71 or 128:
                break;
            default:
                d.Print($"\n\t\tno decoder for Capability {code}");
                if (d.Verbosity <= 1) d.Output.AppendHexLines(value.Captured, "\n\t\t"u8);
                break;
        }

        return true;
    }

    private static void PrintPaths(Dissection d, PacketBytes value)
    {
        if (value.Length == 0) d.Print($" (bogus)");
        for (int at = 0; at < value.Length; at += 4)
        {
            if (value.Length - at < 4)
            {
                d.Invalid();
                return;
            }

            int direction = value.U8(at + 3);
            d.Print($"\n\t\t");
            BgpNames.PrintFamilies(d, value.U16(at), value.U8(at + 2));
            d.Print($", Send/Receive: {direction switch { 1 => "Receive", 2 => "Send", 3 => "Both", _ => $"Bogus (0x{direction:x2})" }}");
        }
    }

    private static string CapabilityName(int code) => code switch
    {
        1 => "Multiprotocol Extensions",
        2 => "Route Refresh",
        3 => "Cooperative Route Filtering",
        4 => "Multiple Routes to a Destination",
        5 => "Extended Next Hop Encoding",
        8 => "Multiple Labels",
        64 => "Graceful Restart",
        65 => "32-Bit AS Number",
        67 => "Dynamic Capability",
        68 => "Multisession BGP",
        69 => "Multiple Paths",
        70 => "Enhanced Route Refresh",
        71 => "Long-lived Graceful Restart",
        128 => "Route Refresh (Cisco)",
        _ => "Unknown",
    };
}
