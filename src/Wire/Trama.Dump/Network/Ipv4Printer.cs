using Trama.Dump.Text;
using Trama.Packets.Network;

namespace Trama.Dump.Network;

/// <summary>Prints IPv4 packets, RFC 791.</summary>
internal static class Ipv4Printer
{
    private const int MinimumHeaderLength = Ipv4Header.MinimumLength;

    private static readonly (uint Bits, string Name)[] Flags =
        [(Ipv4Header.MoreFragmentsFlag, "+"), (Ipv4Header.DontFragmentFlag, "DF"), (Ipv4Header.ReservedFlag, "rsvd")];

    /// <summary>Prints a packet and what it carries.</summary>
    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "ip";
        int version = bytes.U8(Ipv4Header.VersionAndLengthAt) >> 4;
        if (version != 4)
        {
            if (version == 6) d.Output.Append("IP6, wrong link-layer encapsulation"u8);
            else d.Output.Append($"IP{version}");
            d.Invalid();
            return;
        }

        if (!d.Options.LinkLayer) d.Output.Append("IP "u8);
        if (!bytes.Has(MinimumHeaderLength))
        {
            d.Truncated();
            return;
        }

        if (length < MinimumHeaderLength)
        {
            d.Output.Append($"truncated-ip {length}");
            return;
        }

        int headerLength = Ipv4Header.LengthIn(bytes.U8(Ipv4Header.VersionAndLengthAt));
        if (headerLength < MinimumHeaderLength)
        {
            d.Output.Append($"bad-hlen {headerLength}");
            return;
        }

        int total = bytes.U16(Ipv4Header.TotalLengthAt);
        if (length < total) d.Output.Append($"truncated-ip - {total - length} bytes missing! ");
        if (total < headerLength)
        {
            d.Output.Append($"bad-len {total}");
            return;
        }

        if (!d.TryEnter()) return;
        PrintBody(d, bytes.First(total), total, headerLength);
        d.Leave();
    }

    private static void PrintBody(Dissection d, PacketBytes bytes, int total, int headerLength)
    {
        int fragment = bytes.U16(Ipv4Header.FragmentAt);
        var protocol = (IpProtocol)bytes.U8(Ipv4Header.ProtocolAt);
        if (d.Verbosity > 0)
        {
            bool wholeOptions = AppendDetails(d, bytes, headerLength, fragment, protocol);
            if (!wholeOptions)
            {
                AppendAddresses(d, bytes);
                d.Truncated();
                return;
            }
        }

        if ((fragment & Ipv4Header.FragmentOffsetMask) == 0)
        {
            if (protocol is not (IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp or IpProtocol.Dccp)) AppendAddresses(d, bytes);
            if (!bytes.Has(headerLength))
            {
                d.Output.Append($" [remaining caplen({bytes.Length}) < header length({headerLength})]");
                d.Cut();
                return;
            }

            var ip = new IpEnvelope(bytes, 4, (fragment & Ipv4Header.MoreFragmentsFlag) != 0);
            IpPayloadPrinter.Print(d, protocol, bytes.From(headerLength), total - headerLength, ip);
            return;
        }

        if (d.Options.QuietTwice) return;
        AppendAddresses(d, bytes);
        d.Addresses.AppendProtocol(protocol);
    }

    private static void AppendAddresses(Dissection d, PacketBytes bytes)
    {
        d.Addresses.AppendIpv4(bytes, Ipv4Header.SourceAt);
        d.Output.Append(" > "u8);
        d.Addresses.AppendIpv4(bytes, Ipv4Header.DestinationAt);
        d.Output.Append(": "u8);
    }

    /// <summary>Appends what <c>-v</c> adds.</summary>
    /// <returns>False when the options were cut short.</returns>
    private static bool AppendDetails(Dissection d, PacketBytes bytes, int headerLength, int fragment, IpProtocol protocol)
    {
        LineWriter output = d.Output;
        int typeOfService = bytes.U8(Ipv4Header.TypeOfServiceAt);
        output.Append($"(tos 0x{typeOfService:x}");
        output.Append((typeOfService & 3) switch { 1 => ",ECT(1)"u8, 2 => ",ECT(0)"u8, 3 => ",CE"u8, _ => ""u8 });
        if (bytes.U8(Ipv4Header.TimeToLiveAt) is > 0 and byte timeToLive) output.Append($", ttl {timeToLive}");
        output.Append($", id {bytes.U16(Ipv4Header.IdentificationAt)}, offset {(fragment & Ipv4Header.FragmentOffsetMask) * 8}, flags [");
        if (!output.AppendBits(Flags, (uint)fragment)) output.Append("none"u8);
        output.Append($"], proto {IpProtocolNames.Find(protocol) ?? "unknown"} ({(int)protocol}), length "
            + $"{bytes.U16(Ipv4Header.TotalLengthAt)}");
        bool wholeOptions = true;
        if (headerLength > MinimumHeaderLength)
        {
            output.Append(", options ("u8);
            wholeOptions = Ipv4Options.Print(d, bytes.From(MinimumHeaderLength), headerLength - MinimumHeaderLength);
            if (!wholeOptions) output.Append(" [truncated-option]"u8);
            output.Append((byte)')');
        }

        if (!d.Options.SkipChecksums && bytes.Has(headerLength))
        {
            InternetChecksum checksum = default(InternetChecksum).Add(bytes.Captured[..headerLength]);
            ushort field = bytes.U16(Ipv4Header.ChecksumAt);
            if (checksum.Value != 0) output.Append($", bad cksum {field:x} (->{checksum.ShouldBe(field):x})!");
        }

        output.Append(")\n    "u8);
        return wholeOptions;
    }
}
