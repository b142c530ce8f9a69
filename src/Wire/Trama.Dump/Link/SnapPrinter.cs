using Trama.Dump.Names;
using Trama.Packets.Link;

namespace Trama.Dump.Link;

/// <summary>Prints the subnetwork access protocol, the extension of 802.2 that names an organisation and its own protocols.</summary>
internal static class SnapPrinter
{
    /// <summary>The header's length, in bytes.</summary>
    public const int HeaderLength = LlcHeader.SnapLength;

    private const int OrganisationCisco = 0x00000c;
    private const int SpanningTreeOfVlan = 0x010b, SpanningTreeOfBridge = 0x010c;

    /// <summary>Prints a SNAP header and what it carries.</summary>
    /// <param name="d">The packet in progress.</param>
    /// <param name="bytes">From the header on.</param>
    /// <param name="length">Its length on the wire, with what it carries.</param>
    /// <param name="frame">The addresses of the frame around it.</param>
    /// <param name="padding">How many bytes fill up before a bridged frame.</param>
    /// <returns>False when what it carries has no printer.</returns>
    public static bool TryPrint(Dissection d, PacketBytes bytes, int length, LinkAddresses frame, int padding)
    {
        d.Protocol = "snap";
        if (bytes.Length < HeaderLength || length < HeaderLength)
        {
            d.Truncated();
            return true;
        }

        int organisation = (int)bytes.U24(0);
        int protocol = bytes.U16(LlcHeader.SnapProtocolAt);
        PacketBytes payload = bytes.From(HeaderLength);
        length -= HeaderLength;
        if (d.Options.LinkLayer) AppendHeader(d.Output, organisation, protocol, length, always: true);
        switch (organisation)
        {
            case LlcHeader.OrganisationEthernet or LlcHeader.OrganisationBridge:
                if (EtherTypePrinter.TryPrint(d, (EtherType)protocol, payload, length, frame)) return true;
                break;
            case OrganisationCisco when protocol is SpanningTreeOfVlan or SpanningTreeOfBridge:
                SpanningTreePrinter.Print(d, payload, length);
                return true;
            case LlcHeader.OrganisationBridged when protocol is LlcHeader.BridgedEthernetWithChecksum or LlcHeader.BridgedEthernet:
                EthernetPrinter.Print(d, payload.From(padding), length - padding);
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
        bool isEthernet = organisation == LlcHeader.OrganisationEthernet;
        if (always || !isEthernet) output.Append($"oui {Organisations.Find(organisation) ?? "Unknown"} (0x{organisation:x6}), ");
        string? name = isEthernet || organisation == LlcHeader.OrganisationBridge
            ? EtherTypeNames.Find(protocol) : ProtocolName(organisation, protocol);
        output.Append($"{(isEthernet ? "ethertype" : "pid")} {name ?? "Unknown"} (0x{protocol:x4}), length {length}: ");
    }

    private static string? ProtocolName(int organisation, int protocol) => (organisation, protocol) switch
    {
        (LlcHeader.OrganisationBridged, LlcHeader.BridgedEthernetWithChecksum) => "Ethernet + FCS",
        (LlcHeader.OrganisationBridged, LlcHeader.BridgedEthernet) => "Ethernet w/o FCS",
        (0x00000c, 0x2000) => "CDP",
        (0x00000c, 0x2003) => "VTP",
        (0x00000c, 0x2004) => "DTP",
        (0x00000c, 0x0111) => "UDLD",
        (0x00000c, 0x010b) => "PVST",
        (0x00000c, 0x010c) => "VLAN Bridge",
        _ => null,
    };
}
