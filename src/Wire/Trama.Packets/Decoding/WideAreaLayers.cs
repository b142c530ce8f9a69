using System.Buffers.Binary;
using Trama.Packets.Link;

namespace Trama.Packets.Decoding;

/// <summary>Takes the headers of PPP, Cisco HDLC and Frame Relay off a packet. Each method answers what follows.</summary>
internal static class WideAreaLayers
{
    // Cisco HDLC: address and control byte, then a type of Ethernet.
    private const int CiscoLength = 4;
    private const int CiscoTypeAt = 2;
    private const int CiscoUnicast = 0x0f00;
    private const int CiscoMulticast = 0x8f00;

    /// <summary>
    /// RFC 1661 section 2, with or without the framing of RFC 1662, with the protocol in one byte or two; and Cisco HDLC.
    /// </summary>
    public static Layer Ppp(ref Slice slice)
    {
        if (slice.Bytes.StartsWith<byte>([0xff, 3])) slice = slice.From(2);
        ReadOnlySpan<byte> bytes = slice.Bytes;
        if (bytes.Length < 4) return Layer.Unknown;
        int protocol = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        if (protocol is CiscoUnicast or CiscoMulticast) return CiscoHdlc(ref slice);

        // Protocol numbers end in an odd byte; a first byte that is odd is all of a short one.
        bool isShort = (bytes[0] & 1) != 0;
        if (isShort) protocol = bytes[0];
        slice = slice.From(isShort ? 1 : 2);
        return protocol switch
        {
            0x21 or 0x57 => Layer.Ip,
            0x281 or 0x283 => Layer.Mpls,
            _ => Layer.Unknown,
        };
    }

    /// <summary>Cisco HDLC.</summary>
    public static Layer CiscoHdlc(ref Slice slice)
    {
        ReadOnlySpan<byte> bytes = slice.Bytes;
        if (bytes.Length < CiscoLength) return Layer.Unknown;
        slice = slice.From(CiscoLength);
        return LinkLayers.Follow(LinkLayers.TypeAt(bytes, CiscoTypeAt));
    }

    /// <summary>RFC 2427, and Cisco's form, in which a type of Ethernet follows the address.</summary>
    public static Layer FrameRelay(ref Slice slice)
    {
        if (FrameRelayHeader.TryParse(slice.Bytes, out FrameRelayHeader header) != ParseStatus.Complete) return Layer.Unknown;
        slice = slice.From(header.Length);
        ReadOnlySpan<byte> bytes = slice.Bytes;
        if (bytes.Length < sizeof(ushort)) return Layer.Unknown;
        if (bytes[0] != FrameRelayHeader.UnnumberedInformation)
        {
            slice = slice.From(sizeof(ushort));
            return LinkLayers.Follow(LinkLayers.TypeAt(bytes, 0));
        }

        int at = (NlpId)bytes[1] == NlpId.Padding ? 2 : 1;
        if (at >= bytes.Length) return Layer.Unknown;
        var protocol = (NlpId)bytes[at];
        slice = slice.From(at + 1);
        return protocol switch
        {
            NlpId.Ipv4 or NlpId.Ipv6 => Layer.Ip,
            NlpId.Snap => LinkLayers.Snap(ref slice, padding: 0),
            NlpId.Ppp => Layer.Ppp,
            _ => Layer.Unknown,
        };
    }
}
