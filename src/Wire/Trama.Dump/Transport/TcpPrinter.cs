using Trama.Dump.Printers;
using Trama.Dump.Text;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Dump.Transport;

/// <summary>Prints TCP segments, RFC 9293.</summary>
internal static class TcpPrinter
{
    private const int MinimumHeaderLength = TcpHeader.MinimumLength;

    private static readonly (uint Bits, string Name)[] FlagNames =
    [
        ((uint)TcpFlags.Fin, "F"), ((uint)TcpFlags.Syn, "S"), ((uint)TcpFlags.Rst, "R"), ((uint)TcpFlags.Psh, "P"),
        ((uint)TcpFlags.Ack, "."), ((uint)TcpFlags.Urg, "U"), ((uint)TcpFlags.Ece, "E"), ((uint)TcpFlags.Cwr, "W"),
        ((uint)TcpFlags.Ae, "e"),
    ];

    /// <summary>Prints a segment and what it carries.</summary>
    public static void Print(Dissection d, PacketBytes bytes, int length, IpEnvelope ip)
    {
        d.Protocol = "tcp";
        LineWriter output = d.Output;
        if (!bytes.Has(4))
        {
            ip.AppendSource(d);
            output.Append(" > "u8);
            ip.AppendDestination(d);
            output.Append((byte)':');
            d.Truncated();
            return;
        }

        ushort sourcePort = bytes.U16(TcpHeader.SourcePortAt);
        ushort destinationPort = bytes.U16(TcpHeader.DestinationPortAt);
        AppendEndpoints(d, ip, sourcePort, destinationPort);
        if (!bytes.Has(MinimumHeaderLength))
        {
            d.Truncated();
            return;
        }

        int headerLength = TcpHeader.LengthIn(bytes.U8(TcpHeader.OffsetAndFlagsAt));
        if (headerLength < MinimumHeaderLength)
        {
            output.Append($" tcp {(uint)(length - headerLength)} [bad hdr length {headerLength} - too short, < {MinimumHeaderLength}]");
            return;
        }

        if (d.Options.Quiet)
        {
            output.Append($"tcp {(uint)(length - headerLength)}");
            if (headerLength > length) AppendTooLong(output, headerLength, length);
            return;
        }

        var flags = (TcpFlags)bytes.U8(TcpHeader.OffsetAndFlagsAt + 1);
        output.Append("Flags ["u8);
        AppendFlags(output, flags);

        uint sequence = bytes.U32(TcpHeader.SequenceAt);
        uint acknowledgement = bytes.U32(TcpHeader.AcknowledgementAt);
        uint selectiveOrigin = 0;
        if (!d.Options.AbsoluteSequenceNumbers && (flags & TcpFlags.Ack) != 0)
        {
            int connection = d.Sequences.Find(ip.Source, ip.Destination, sourcePort, destinationPort, out bool reversed);
            selectiveOrigin = d.Sequences.Relate(connection, reversed, (flags & TcpFlags.Syn) != 0, ref sequence, ref acknowledgement);
        }

        if (headerLength > length)
        {
            AppendTooLong(output, headerLength, length);
            return;
        }

        if (d.Verbosity > 0 && !d.Options.SkipChecksums && !ip.IsFragment) AppendChecksum(d, bytes, length, ip);
        int payloadLength = length - headerLength;
        if (d.Verbosity > 1 || payloadLength > 0 || (flags & (TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst)) != 0)
        {
            output.Append($", seq {sequence}");
            if (payloadLength > 0) output.Append($":{sequence + (uint)payloadLength}");
        }

        if ((flags & TcpFlags.Ack) != 0) output.Append($", ack {acknowledgement}");
        output.Append($", win {bytes.U16(TcpHeader.WindowAt)}");
        if ((flags & TcpFlags.Urg) != 0) output.Append($", urg {bytes.U16(TcpHeader.UrgentPointerAt)}");
        if (headerLength > MinimumHeaderLength)
        {
            var context = new TcpOptionContext(flags, selectiveOrigin, IsWhole: bytes.Has(length));
            if (!TcpOptionsPrinter.Print(d, bytes.From(MinimumHeaderLength), headerLength - MinimumHeaderLength, context)) return;
        }

        output.Append($", length {payloadLength}");
        if (payloadLength == 0) return;
        if (!bytes.Has(headerLength))
        {
            output.Append($" [remaining caplen({bytes.Length}) < header length({headerLength})]");
            d.Cut();
            return;
        }

        PacketBytes bytesOfPayload = bytes.From(headerLength);
        if ((flags & TcpFlags.Rst) != 0 && d.Verbosity > 0)
        {
            AppendResetReason(d, bytesOfPayload, payloadLength);
            return;
        }

        var payload = new Payload(bytesOfPayload, payloadLength) { Ip = ip, SourcePort = sourcePort, DestinationPort = destinationPort };
        d.Printers.TcpPorts.Find(payload)?.Print(d, payload);
    }

    /// <summary>Appends the control bits, and the bracket that closes them.</summary>
    public static void AppendFlags(LineWriter output, TcpFlags flags)
    {
        if (!output.AppendBits(FlagNames, (uint)flags, "")) output.Append("none"u8);
        output.Append((byte)']');
    }

    private static void AppendEndpoints(Dissection d, IpEnvelope ip, ushort sourcePort, ushort destinationPort)
    {
        // Behind an extension header the addresses are already on the line.
        bool showsAddresses = ip.Protocol == IpProtocol.Tcp;
        if (showsAddresses)
        {
            ip.AppendSource(d);
            d.Output.Append((byte)'.');
        }

        d.Addresses.AppendTcpPort(sourcePort);
        d.Output.Append(" > "u8);
        if (showsAddresses)
        {
            ip.AppendDestination(d);
            d.Output.Append((byte)'.');
        }

        d.Addresses.AppendTcpPort(destinationPort);
        d.Output.Append(": "u8);
    }

    private static void AppendTooLong(LineWriter output, int headerLength, int length) =>
        output.Append($" [bad hdr length {headerLength} - too long, > {length}]");

    private static void AppendChecksum(Dissection d, PacketBytes bytes, int length, IpEnvelope ip)
    {
        if (!bytes.Has(length)) return;
        InternetChecksum checksum = ip.PseudoHeader(IpProtocol.Tcp, length).Add(bytes.Captured[..length]);
        ushort field = bytes.U16(TcpHeader.ChecksumAt);
        d.Output.Append($", cksum 0x{field:x4}");
        if (checksum.Value == 0) d.Output.Append(" (correct)"u8);
        else d.Output.Append($" (incorrect -> 0x{checksum.ShouldBe(field):x4})");
    }

    /// <summary>RFC 9293 section 3.5.3: a reset may carry text that tells its cause.</summary>
    private static void AppendResetReason(Dissection d, PacketBytes payload, int length)
    {
        const int Shown = 30;
        d.Output.Append(payload.Has(length) ? " [RST"u8 : " [!RST"u8);
        if (length > Shown) d.Output.Append((byte)'+');
        d.Output.Append((byte)' ');
        d.Output.AppendPrintable(payload.First(Math.Min(length, Shown)).Captured);
        d.Output.Append((byte)']');
    }
}
