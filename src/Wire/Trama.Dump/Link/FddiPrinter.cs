using Trama.Dump.Text;
using Trama.Packets.Link;

namespace Trama.Dump.Link;

/// <summary>Prints FDDI frames, ISO 9314.</summary>
internal static class FddiPrinter
{
    private const int HeaderLength = FddiHeader.Length;
    private const int Management = 0x40;

    /// <summary>Prints a frame and what it carries.</summary>
    /// <returns>How many bytes at the start are link layer.</returns>
    public static int Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "fddi";
        if (!bytes.Has(HeaderLength))
        {
            d.Truncated();
            return bytes.Length;
        }

        int control = bytes.U8(FddiHeader.FrameControlAt);
        var frame = new LinkAddresses(bytes.From(FddiHeader.DestinationAt).First(2 * EthernetHeader.AddressLength));
        if (d.Options.LinkLayer) AppendHeader(d, control, frame, length);
        PacketBytes payload = bytes.From(HeaderLength);
        switch (control & FddiHeader.KindMask)
        {
            case FddiHeader.LogicalLink:
                int header = LlcPrinter.Print(d, payload, length - HeaderLength, frame);
                if (header >= 0) return HeaderLength + header;
                if (d.ShowsUnknownAsBytes) d.Output.AppendHexAndAsciiLines(payload.Captured, "\n\t"u8);
                return HeaderLength - header;
            case Management:
                d.Print($"<SMT printer not yet implemented>");
                return HeaderLength;
            default:
                if (!d.Options.LinkLayer) AppendHeader(d, control, frame, length);
                if (d.ShowsUnknownAsBytes) d.Output.AppendHexAndAsciiLines(payload.Captured, "\n\t"u8);
                return HeaderLength;
        }
    }

    private static void AppendHeader(Dissection d, int control, LinkAddresses frame, int length)
    {
        if (!d.Options.Quiet) d.Print($"{ControlName(control)} ");
        d.Addresses.AppendMac(frame.Bytes, EthernetHeader.SourceAt);
        d.Print($" > ");
        d.Addresses.AppendMac(frame.Bytes, EthernetHeader.DestinationAt);
        d.Print($", length {length}: ");
    }

    private static string ControlName(int control) => control switch
    {
        0x40 => "void",
        0x80 => "nrt",
        0xc0 => "rt",
        0x41 => "info",
        0x4f => "nsa",
        0xc2 => "beacon",
        0xc3 => "claim",
        _ => KindName(control),
    };

    private static string KindName(int control)
    {
        string? name = (control & FddiHeader.KindMask) switch
        {
            0x40 => "smt",
            0x50 => "async",
            0x60 => "imp_async",
            0xc0 => "mac",
            0xd0 => "sync",
            0xe0 => "imp_sync",
            _ => null,
        };
        return name is null ? $"{control:x2}" : $"{name}{control & 0x0f:x}";
    }
}
