using Trama.Dump.Link.Ppp;
using Trama.Dump.Network;
using Trama.Dump.Text;
using Trama.Packets;
using Trama.Packets.Link;

namespace Trama.Dump.Link;

/// <summary>Prints Frame Relay frames, Q.922 and RFC 2427, and those in Cisco's form.</summary>
internal static class FrameRelayPrinter
{
    private const int MinimumLength = 4;

    // The link to the network itself is the circuit 0; it has no protocol of Cisco's form.
    private const int NetworkCircuit = 0;

    /// <summary>Prints a frame and what it carries.</summary>
    /// <returns>How many bytes at the start are link layer.</returns>
    public static int Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "fr";
        if (!bytes.Has(MinimumLength))
        {
            d.Truncated();
            return bytes.Length;
        }

        ParseStatus status = FrameRelayHeader.TryParse(bytes.First(length).Captured, out FrameRelayHeader header);
        if (status == ParseStatus.Malformed)
        {
            d.Print($"Q.922, invalid address");
            return 0;
        }

        if (status == ParseStatus.Truncated || !bytes.Has(header.Length + 2) || length < header.Length + 2)
        {
            d.Truncated();
            return 0;
        }

        int at = header.Length;
        if (bytes.U8(at) != FrameRelayHeader.UnnumberedInformation && header.Circuit != NetworkCircuit)
        {
            int type = bytes.U16(at);
            if (d.Options.LinkLayer) AppendCiscoHeader(d, header, type, length);
            if (EtherTypePrinter.TryPrint(d, (EtherType)type, bytes.From(at + 2), length - at - 2, default)) return at + 2;
            d.Print($"UI {bytes.U8(at):x2}! ");
        }

        return PrintProtocol(d, header, bytes, length);
    }

    private static int PrintProtocol(Dissection d, FrameRelayHeader header, PacketBytes bytes, int length)
    {
        bool isPadded = bytes.U8(header.Length + 1) == (byte)NlpId.Padding;
        if (isPadded && header.Length != 3) d.Print($"Pad! ");
        if (!isPadded && header.Length == 3) d.Print($"No pad! ");
        int headerLength = header.Length + (isPadded ? 3 : 2);
        if (!bytes.Has(headerLength) || length < headerLength)
        {
            d.Truncated();
            return 0;
        }

        var protocol = (NlpId)bytes.U8(headerLength - 1);
        if (d.Options.LinkLayer) AppendHeader(d, header, header.Length, protocol, length);
        PacketBytes payload = bytes.From(headerLength);
        int payloadLength = length - headerLength;
        switch (protocol)
        {
            case NlpId.Ipv4:
                Ipv4Printer.Print(d, payload, payloadLength);
                break;
            case NlpId.Ipv6:
                Ipv6Printer.Print(d, payload, payloadLength);
                break;
            case NlpId.Snap:
                if (SnapPrinter.TryPrint(d, payload, payloadLength, default, padding: 0)) break;
                if (!d.Options.LinkLayer) AppendHeader(d, header, headerLength, protocol, length);
                if (d.ShowsUnknownAsBytes) d.Output.AppendHexAndAsciiLines(bytes.First(length).Captured, "\n\t"u8);
                break;
            case NlpId.Ppp:
                PppPrinter.Print(d, payload, payloadLength);
                break;
            default:
                if (!d.Options.LinkLayer) AppendHeader(d, header, header.Length, protocol, length);
                if (d.Options.Bytes != ByteDump.Hex) d.Output.AppendHexAndAsciiLines(payload.First(payloadLength).Captured, "\n\t"u8);
                break;
        }

        return headerLength;
    }

    private static void AppendHeader(Dissection d, FrameRelayHeader header, int headerLength, NlpId protocol, int length)
    {
        if (d.Options.Quiet)
        {
            d.Print($"Q.922, DLCI {header.Circuit}, length {length}: ");
            return;
        }

        AppendAddress(d, header, headerLength);
        d.Print($"NLPID {Name(protocol)} (0x{(int)protocol:x2}), length {length}: ");
    }

    private static void AppendCiscoHeader(Dissection d, FrameRelayHeader header, int type, int length)
    {
        if (d.Options.Quiet)
        {
            d.Print($"Q.922, DLCI {header.Circuit}, length {length}: ");
            return;
        }

        AppendAddress(d, header, header.Length);
        d.Print($"cisco-ethertype {EtherTypeNames.Find(type) ?? "unknown"} (0x{type:x4}), length {length}: ");
    }

    private static void AppendAddress(Dissection d, FrameRelayHeader header, int headerLength)
    {
        d.Print($"Q.922, hdr-len {headerLength}, DLCI {header.Circuit}, Flags [");
        uint flags = (header.IsResponse ? 1u : 0) | (header.IsDiscardEligible ? 2u : 0) | (header.HasBackwardCongestion ? 4u : 0)
            | (header.HasForwardCongestion ? 8u : 0) | (header.IsControl ? 16u : 0);
        if (!d.Output.AppendBits([(1, "C!"), (2, "DE"), (4, "BECN"), (8, "FECN"), (16, "sdlcore")], flags)) d.Print($"none");
        d.Print($"], ");
    }

    private static string Name(NlpId protocol) => protocol switch
    {
        NlpId.Clnp => "CLNP",
        NlpId.EsIs => "ES-IS",
        NlpId.IsIs => "IS-IS",
        NlpId.Q933 => "Q.933",
        NlpId.Frf12 => "FRF.12",
        NlpId.MultilinkFrf15 => "FRF.15",
        NlpId.Ppp => "PPP",
        NlpId.Ipv4 => "IPv4",
        NlpId.Ipv6 => "IPv6",
        NlpId.Snap => "SNAP",
        NlpId.Padding => "NULLNS",
        _ => "unknown",
    };
}
