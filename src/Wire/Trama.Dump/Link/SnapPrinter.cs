using Trama.Dump.Names;
using Trama.Packets.Link;

namespace Trama.Dump.Link;

/// <summary>Prints the subnetwork access protocol, the extension of 802.2 that names an organisation and its own protocols.</summary>
internal static class SnapPrinter
{
    /// <summary>The header's length, in bytes.</summary>
    public const int HeaderLength = 5;

    private const int OrganisationEthernet = 0x000000;
    private const int OrganisationCiscoBridge = 0x0000f8;
    private const int OrganisationRfc2684 = 0x0080c2;

    /// <summary>Prints a SNAP header and what it carries.</summary>
    /// <returns>False when what it carries has no printer.</returns>
    public static bool TryPrint(Dissection d, PacketBytes bytes, int length, LinkAddresses frame)
    {
        d.Protocol = "snap";
        if (bytes.Length < HeaderLength || length < HeaderLength)
        {
            d.Truncated();
            return true;
        }

        int organisation = (int)bytes.U24(0);
        int protocol = bytes.U16(3);
        PacketBytes payload = bytes.From(HeaderLength);
        length -= HeaderLength;
        if (d.Options.LinkLayer) AppendHeader(d.Output, organisation, protocol, length, always: true);
        switch (organisation)
        {
            case OrganisationEthernet or OrganisationCiscoBridge:
                if (EtherTypePrinter.TryPrint(d, (EtherType)protocol, payload, length, frame)) return true;
                break;
            case OrganisationRfc2684 when protocol is 0x0001 or 0x0007:
                const int Padding = 2;
                EthernetPrinter.Print(d, payload.From(Padding), length - Padding);
                return true;
        }

        if (d.Options.LinkLayer) return false;
        if (!frame.IsEmpty)
        {
            d.Addresses.AppendMac(frame.Bytes, EthernetHeader.SourceAt);
            d.Output.Append(" > "u8);
            d.Addresses.AppendMac(frame.Bytes, EthernetHeader.DestinationAt);
            d.Output.Append((byte)' ');
        }

        d.Output.Append("SNAP, "u8);
        AppendHeader(d.Output, organisation, protocol, length, always: false);
        return false;
    }

    private static void AppendHeader(LineWriter output, int organisation, int protocol, int length, bool always)
    {
        bool isEthernet = organisation == OrganisationEthernet;
        if (always || !isEthernet) output.Append($"oui {Organisations.Find(organisation) ?? "Unknown"} (0x{organisation:x6}), ");
        string? name = isEthernet || organisation == OrganisationCiscoBridge
            ? EtherTypeNames.Find(protocol) : ProtocolName(organisation, protocol);
        output.Append($"{(isEthernet ? "ethertype" : "pid")} {name ?? "Unknown"} (0x{protocol:x4}), length {length}: ");
    }

    private static string? ProtocolName(int organisation, int protocol) => (organisation, protocol) switch
    {
        (0x00000c, 0x2000) => "CDP",
        (0x00000c, 0x2003) => "VTP",
        (0x00000c, 0x2004) => "DTP",
        (0x00000c, 0x0111) => "UDLD",
        (0x00000c, 0x010b) => "PVST",
        (0x00000c, 0x010c) => "VLAN Bridge",
        _ => null,
    };
}
