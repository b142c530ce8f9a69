using Trama.Dump.Printers;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Dump.Transport;

/// <summary>Prints UDP (RFC 768), and by its ports what it carries.</summary>
internal static class UdpPrinter
{
    private const int HeaderLength = UdpHeader.Length;

    /// <summary>Prints a datagram.</summary>
    public static void Print(Dissection d, PacketBytes bytes, int length, IpEnvelope ip)
    {
        d.Protocol = "udp";
        if (!bytes.Has(UdpHeader.LengthAt))
        {
            PrintAddresses(d, ip);
            d.Truncated();
            return;
        }

        ushort source = bytes.U16(UdpHeader.SourcePortAt), destination = bytes.U16(UdpHeader.DestinationPortAt);
        PrintAddresses(d, ip, source, destination);
        if (length < HeaderLength)
        {
            d.Print($"truncated-udp {length}");
            return;
        }

        if (!bytes.Has(UdpHeader.ChecksumAt))
        {
            d.Truncated();
            return;
        }

        // In a jumbogram (RFC 2675, section 4) the length does not fit, and is 0.
        int claimed = bytes.U16(UdpHeader.LengthAt);
        if (claimed == 0 && length > ushort.MaxValue) claimed = length;
        if (claimed < HeaderLength)
        {
            d.Print($"truncated-udplength {claimed}");
            return;
        }

        if (!bytes.Has(HeaderLength))
        {
            d.Truncated();
            return;
        }

        length = Math.Min(length, claimed);
        var payload = new Payload(bytes.From(HeaderLength), length - HeaderLength)
        {
            Ip = ip,
            SourcePort = source,
            DestinationPort = destination,
        };
        PortPrinter? printer = d.Options.Quiet ? null : d.Printers.UdpPorts.Find(payload);
        bool isChecked = d.Verbosity > 0 && !d.Options.SkipChecksums && !ip.IsFragment;
        if (isChecked && printer is not { HidesChecksum: true }) PrintChecksum(d, bytes, length, ip);
        if (printer is not null) printer.Print(d, payload);
        else if (claimed > length && !ip.IsFragment) d.Print($"UDP, bad length {claimed - HeaderLength} > {payload.Length}");
        else d.Print($"UDP, length {claimed - HeaderLength}");
    }

    private static void PrintChecksum(Dissection d, PacketBytes bytes, int length, IpEnvelope ip)
    {
        ushort found = bytes.U16(UdpHeader.ChecksumAt);
        if (ip.Version == 4)
        {
            if (d.Verbosity < 2) return;
            if (found == 0)
            {
                d.Print($"[no cksum] ");
                return;
            }
        }

        if (!bytes.Has(length)) return;
        InternetChecksum sum = ip.PseudoHeader(IpProtocol.Udp, length).Add(bytes.Captured[..length]);
        if (sum.Value == 0) d.Print($"[udp sum ok] ");
        else d.Print($"[bad udp cksum 0x{found:x4} -> 0x{sum.ShouldBe(found):x4}!] ");
    }

    private static void PrintAddresses(Dissection d, IpEnvelope ip)
    {
        if (ip.Protocol != IpProtocol.Udp) return;
        int start = d.Output.Length;
        ip.AppendSource(d);
        d.Print($" > ");
        ip.AppendDestination(d);
        d.Print($": ");
        d.TakeBackTo(start);
    }

    /// <summary>Prints addresses and ports; behind an extension header the addresses are on the line already.</summary>
    private static void PrintAddresses(Dissection d, IpEnvelope ip, ushort source, ushort destination)
    {
        bool withAddresses = ip.Protocol == IpProtocol.Udp;
        int start = d.Output.Length;
        if (withAddresses)
        {
            ip.AppendSource(d);
            d.Print($".");
        }

        d.Addresses.AppendUdpPort(source);
        d.Print($" > ");
        if (withAddresses)
        {
            ip.AppendDestination(d);
            d.Print($".");
        }

        d.Addresses.AppendUdpPort(destination);
        d.Print($": ");
        d.TakeBackTo(start);
    }
}
