using Trama.Dump.Link;
using Trama.Dump.Text;
using Trama.Packets.Link;
using Trama.Packets.Tunnel;

namespace Trama.Dump.Protocols.Tunnel;

/// <summary>Prints Geneve (RFC 8926), its options and what it carries.</summary>
internal static class GenevePrinter
{
    private const int HeaderLength = GeneveHeader.MinimumLength, OptionHeaderLength = 4;

    private static readonly (uint Bits, string Name)[] Flags =
        [(0x80, "O"), (0x40, "C"), (0x20, "R1"), (0x10, "R2"), (0x08, "R3"), (0x04, "R4"), (0x02, "R5"), (0x01, "R6")];

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "geneve";
        d.Print($"Geneve");
        if (length < HeaderLength)
        {
            d.Print($" [length {length} < {HeaderLength}]");
            d.Invalid();
            return;
        }

        if (!bytes.Has(HeaderLength))
        {
            d.Truncated();
            return;
        }

        int version = GeneveHeader.VersionIn(bytes.U8(GeneveHeader.VersionAndLengthAt));
        if (version != 0)
        {
            d.Print($" ERROR: unknown-version {version}");
            return;
        }

        d.Print($", Flags [");
        if (!d.Output.AppendBits(Flags, bytes.U8(GeneveHeader.FlagsAt), separator: "")) d.Print($"none");
        d.Print($"], vni 0x{bytes.U24(GeneveHeader.NetworkAt):x}");
        if (bytes.U8(GeneveHeader.ReservedAt) is var reserved and > 0) d.Print($", rsvd 0x{reserved:x}");
        int protocol = bytes.U16(GeneveHeader.TypeAt);
        if (d.Options.LinkLayer) d.Print($", proto {EtherTypeNames.Find(protocol) ?? "unknown"} (0x{protocol:x4})");

        int optionsLength = GeneveHeader.OptionsLengthIn(bytes.U8(GeneveHeader.VersionAndLengthAt));
        length -= HeaderLength;
        if (length < optionsLength)
        {
            d.Print($" truncated-geneve - {optionsLength - length} bytes missing");
            return;
        }

        if (!bytes.Has(HeaderLength, optionsLength))
        {
            d.Truncated();
            return;
        }

        if (optionsLength > 0) PrintOptions(d, bytes.From(HeaderLength).First(optionsLength));
        d.Print($"{(d.Verbosity < 1 ? ": " : "\n\t")}");
        PrintPayload(d, protocol, bytes.From(HeaderLength + optionsLength), length - optionsLength);
    }

    private static void PrintPayload(Dissection d, int protocol, PacketBytes payload, int length)
    {
        if (EtherTypePrinter.TryPrint(d, (EtherType)protocol, payload, length, default)) return;
        if ((EtherType)protocol == EtherType.TransparentEthernet) TunnelledEthernet.Print(d, payload, length);
        else d.Print($"geneve-proto-0x{protocol:x}");
    }

    private static void PrintOptions(Dissection d, PacketBytes options)
    {
        if (d.Verbosity == 0)
        {
            d.Print($", options [{options.Length} bytes]");
            return;
        }

        d.Print($", options [");
        int at = 0;
        while (at < options.Length)
        {
            int optionClass = options.U16(at), type = options.U8(at + 2);
            int length = OptionHeaderLength + (options.U8(at + 3) & 0x1f) * 4;
            d.Print($"{(at == 0 ? "" : ", ")}class {ClassName(optionClass)} (0x{optionClass:x}) type 0x{type:x}");
            d.Print($"{((type & 0x80) != 0 ? "(C)" : "")} len {length}");
            if (length > options.Length - at)
            {
                d.Print($" [bad length]");
                break;
            }

            if (d.Verbosity > 1 && length > OptionHeaderLength)
            {
                d.Print($" data");
                for (int i = OptionHeaderLength; i < length; i += 4) d.Print($" {options.U32(at + i):x8}");
            }

            at += length;
        }

        d.Print($"]");
    }

    private static string ClassName(int number) => number switch
    {
        0x0100 => "Linux",
        0x0101 => "Open vSwitch",
        0x0102 => "Open Virtual Networking (OVN)",
        0x0103 => "In-band Network Telemetry (INT)",
        0x0104 => "VMware",
        <= 0x00ff => "Standard",
        >= 0xfff0 => "Experimental",
        _ => "Unknown",
    };
}
