using Trama.Packets.Link;

namespace Trama.Dump.Link.Wireless;

/// <summary>Prints the management frames of 802.11 (IEEE 802.11 section 9.3.3).</summary>
internal static class ManagementFramePrinter
{
    private const int TimestampLength = 8, IntervalLength = 2, CapabilitiesLength = 2, AddressLength = EthernetHeader.AddressLength;
    private const int BeaconLength = TimestampLength + IntervalLength + CapabilitiesLength;
    private const int ServiceSet = 0x01, Privacy = 0x10;
    private const int SharedKey = 1, Eap = 2;

    /// <summary>Prints a frame; false when it ends too early.</summary>
    /// <param name="d">The packet in progress.</param>
    /// <param name="control">The frame control.</param>
    /// <param name="frame">The frame from its header on.</param>
    /// <param name="body">What follows the header.</param>
    /// <param name="length">Its length on the wire.</param>
    public static bool Print(Dissection d, int control, PacketBytes frame, PacketBytes body, int length)
    {
        int subtype = control >> 4 & 15;
        d.Print($"{Name(subtype) ?? $"Unhandled Management subtype({subtype:x})"}");
        if ((control & WirelessHeader.Protected) != 0) return WirelessPrinter.PrintProtected(d, body);
        return subtype switch
        {
            0 => PrintAssociationRequest(d, body, length),
            1 or 3 => PrintAssociationResponse(d, body, length),
            2 => PrintReassociationRequest(d, body, length),
            4 => PrintProbe(d, body, length),
            5 => PrintProbeResponse(d, body, length),
            8 => PrintBeacon(d, body, length),
            10 => PrintReason(d, body, length, ": ", default),
            11 => PrintAuthentication(d, body, length),
            12 => PrintReason(d, body, length, d.Options.LinkLayer ? ": " : null, WirelessPrinter.Address(frame, 2)),
            13 => ActionFrame.Print(d, frame, body, length),
            _ => true,
        };
    }

    private static bool PrintBeacon(Dissection d, PacketBytes body, int length)
    {
        if (!Has(body, length, BeaconLength)) return false;
        int capabilities = body.LittleU16(BeaconLength - CapabilitiesLength);
        bool isWhole = Elements.TryRead(body.From(BeaconLength), length - BeaconLength, out Elements elements);
        elements.PrintName(d);
        elements.PrintRates(d);
        d.Print($" {((capabilities & ServiceSet) != 0 ? "ESS" : "IBSS")}");
        PrintChannel(d, elements, capabilities);
        return isWhole;
    }

    private static bool PrintProbeResponse(Dissection d, PacketBytes body, int length)
    {
        if (!Has(body, length, BeaconLength)) return false;
        int capabilities = body.LittleU16(BeaconLength - CapabilitiesLength);
        bool isWhole = Elements.TryRead(body.From(BeaconLength), length - BeaconLength, out Elements elements);
        elements.PrintName(d);
        elements.PrintRates(d);
        PrintChannel(d, elements, capabilities);
        return isWhole;
    }

    private static bool PrintProbe(Dissection d, PacketBytes body, int length) => PrintNameAndRates(d, body, length);

    private static bool PrintAssociationRequest(Dissection d, PacketBytes body, int length)
    {
        const int Fixed = CapabilitiesLength + IntervalLength;
        return Has(body, length, Fixed) && PrintNameAndRates(d, body.From(Fixed), length - Fixed);
    }

    private static bool PrintReassociationRequest(Dissection d, PacketBytes body, int length)
    {
        const int AddressAt = CapabilitiesLength + IntervalLength, Fixed = AddressAt + AddressLength;
        if (!Has(body, length, Fixed)) return false;
        bool isWhole = Elements.TryRead(body.From(Fixed), length - Fixed, out Elements elements);
        elements.PrintName(d);
        d.Print($" AP : {body.Fetch(AddressAt, AddressLength):m}");
        return isWhole;
    }

    private static bool PrintAssociationResponse(Dissection d, PacketBytes body, int length)
    {
        const int StatusAt = 2, IdentifierAt = 4, Fixed = 6, IdentifierMask = 0x3fff;
        if (!Has(body, length, Fixed)) return false;
        string privacy = (body.LittleU16(0) & Privacy) != 0 ? " PRIVACY " : "";
        d.Print($" AID({body.LittleU16(IdentifierAt) & IdentifierMask:x}) :{privacy}: {StatusTexts.Find(body.LittleU16(StatusAt))}");
        return Elements.TryRead(body.From(Fixed), length - Fixed, out _);
    }

    private static bool PrintAuthentication(Dissection d, PacketBytes body, int length)
    {
        const int SequenceAt = 2, StatusAt = 4, Fixed = 6;
        if (!Has(body, length, Fixed)) return false;
        bool isWhole = Elements.TryRead(body.From(Fixed), length - Fixed, out _);
        int algorithm = body.LittleU16(0), sequence = body.LittleU16(SequenceAt);
        string status = (sequence & 1) != 0 ? StatusTexts.Find(body.LittleU16(StatusAt)) : "";
        d.Print($" ({algorithm switch { 0 => "Open System", SharedKey => "Shared Key", Eap => "EAP", _ => "Reserved" }})-{sequence:x}");
        bool isChallenge = algorithm == SharedKey && sequence is (2 or 3);
        d.Print($"{(isChallenge ? " [Challenge Text] " : ": ")}{status}");
        return isWhole;
    }

    private static bool PrintReason(Dissection d, PacketBytes body, int length, string? separator, ReadOnlySpan<byte> sender)
    {
        if (!Has(body, length, 2)) return false;
        if (separator is null) d.Print($" ({sender:m}): ");
        else d.Print($"{separator}");
        d.Print($"{ReasonTexts.Find(body.LittleU16(0))}");
        return true;
    }

    private static bool PrintNameAndRates(Dissection d, PacketBytes body, int length)
    {
        bool isWhole = Elements.TryRead(body, length, out Elements elements);
        elements.PrintName(d);
        elements.PrintRates(d);
        return isWhole;
    }

    private static void PrintChannel(Dissection d, Elements elements, int capabilities)
    {
        if (elements.Channel is { } channel) d.Print($" CH: {channel}");
        if ((capabilities & Privacy) != 0) d.Print($", PRIVACY");
    }

    private static bool Has(PacketBytes body, int length, int count) => body.Has(count) && length >= count;

    private static string? Name(int subtype) => subtype switch
    {
        0 => "Assoc Request",
        1 => "Assoc Response",
        2 => "ReAssoc Request",
        3 => "ReAssoc Response",
        4 => "Probe Request",
        5 => "Probe Response",
        8 => "Beacon",
        9 => "ATIM",
        10 => "Disassociation",
        11 => "Authentication",
        12 => "DeAuthentication",
        13 => "Action",
        _ => null,
    };
}
