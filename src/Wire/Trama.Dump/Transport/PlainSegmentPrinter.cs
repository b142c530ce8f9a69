using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using Trama.Packets;
using Trama.Packets.Link;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Dump.Transport;

/// <summary>
/// Prints the segments that nearly all of a busy capture consists of in one go: whole IPv4 packets without IP options or
/// fragmentation, no urgent data, and no TCP options but a timestamp. What the lines of a direction have in common is kept.
/// Everything else, and whatever is odd in any way, is left to the printers of the layers; both print the same.
/// </summary>
internal sealed class PlainSegmentPrinter(Dissection dissection)
{
    private const int IpHeaderLength = Ipv4Header.MinimumLength;
    private const int TcpHeaderLength = TcpHeader.MinimumLength;
    private const int TimestampsLength = 12;
    private const int FragmentBits = Ipv4Header.MoreFragmentsFlag | Ipv4Header.FragmentOffsetMask;
    private const int Slots = 4096;
    private const int TextRoom = 96;

    /// <summary>More than the longest line of such a segment takes.</summary>
    private const int LineRoom = 512;

    /// <summary>The bytes of two no-operations and the head of a timestamp option, RFC 7323 appendix A.</summary>
    private const uint PaddedTimestamps = 0x0101080a;

    /// <summary>The text of every combination of the eight flags with the bracket behind it, and in the last byte its length.</summary>
    private static readonly UInt128[] FlagTexts = MakeFlagTexts();

    private readonly LineWriter _output = dissection.Output;
    private readonly RelativeSequences _sequences = dissection.Sequences;
    private readonly bool _absolute = dissection.Options.AbsoluteSequenceNumbers;
    private readonly int _verbosity = dissection.Options.Verbosity;
    private readonly bool _checks = dissection.Options.Verbosity > 0 && !dissection.Options.SkipChecksums;
    private readonly DirectionSlot[] _directions = new DirectionSlot[Slots];
    private readonly byte[] _texts = new byte[Slots * TextRoom];

    /// <summary>Whether the options leave anything to this printer.</summary>
    public static bool Serves(DumpOptions options) =>
        options is { LinkLayer: false, Quiet: false, Bytes: ByteDump.None, Verbosity: <= 1 };

    /// <summary>Prints a packet from behind its time to the end of its line, without the line feed.</summary>
    /// <returns>False when the packet is not a plain one; nothing was printed then.</returns>
    public bool TryPrint(in Record record)
    {
        int linkLength = record.LinkType switch { LinkType.Ethernet => EthernetHeader.Length, LinkType.Raw or LinkType.Ipv4 => 0, _ => -1 };
        ReadOnlySpan<byte> packet = record.Bytes;
        if (linkLength < 0 || packet.Length < linkLength + IpHeaderLength + TcpHeaderLength) return false;
        if (linkLength > 0 && BinaryPrimitives.ReadUInt16BigEndian(packet[EthernetHeader.TypeAt..]) != (ushort)EtherType.Ipv4) return false;
        packet = packet[linkLength..];
        uint start = BinaryPrimitives.ReadUInt32BigEndian(packet);
        int total = (int)(start & 0xffff);
        bool isPlainIp = start >> 24 == 0x45 && total <= packet.Length && total >= IpHeaderLength + TcpHeaderLength
            && (FragmentFieldOf(packet) & FragmentBits) == 0 && packet[Ipv4Header.ProtocolAt] == (byte)IpProtocol.Tcp;
        if (!isPlainIp) return false;
        packet = packet[..total];
        ReadOnlySpan<byte> segment = packet[IpHeaderLength..];
        int headerLength = TcpHeader.LengthIn(segment[TcpHeader.OffsetAndFlagsAt]);
        var flags = (TcpFlags)segment[TcpHeader.OffsetAndFlagsAt + 1];
        bool hasTimestamps = headerLength == TcpHeaderLength + TimestampsLength && segment.Length >= headerLength
            && BinaryPrimitives.ReadUInt32BigEndian(segment[TcpHeaderLength..]) == PaddedTimestamps;
        if ((headerLength != TcpHeaderLength && !hasTimestamps) || (flags & TcpFlags.Urg) != 0) return false;
        int payloadLength = segment.Length - headerLength;
        if (payloadLength > 0 && (flags & TcpFlags.Rst) != 0) return false;
        if (_checks && default(InternetChecksum).Add(packet[..IpHeaderLength]).Value != 0) return false;
        ref DirectionSlot direction = ref FindDirection(packet, segment, out ReadOnlySpan<byte> text);
        if (text.IsEmpty || (payloadLength > 0 && direction.HasPayloadPrinter)) return false;

        Span<byte> line = _output.Reserve(LineRoom);
        int at = Put(line, 0, "IP "u8);
        if (_verbosity > 0) at = PutIpDetails(line, at, packet);
        text.CopyTo(line[at..]);
        at += direction.TextLength;
        at = PutFlags(line, at, flags);
        if (_checks) at = PutChecksum(line, at, packet, segment);

        uint sequence = BinaryPrimitives.ReadUInt32BigEndian(segment[TcpHeader.SequenceAt..]);
        uint acknowledgement = BinaryPrimitives.ReadUInt32BigEndian(segment[TcpHeader.AcknowledgementAt..]);
        bool hasAcknowledgement = (flags & TcpFlags.Ack) != 0;
        if (hasAcknowledgement && !_absolute)
        {
            _sequences.Relate(direction.Connection, direction.IsReversed, (flags & TcpFlags.Syn) != 0, ref sequence, ref acknowledgement);
        }

        if (payloadLength > 0 || (flags & (TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst)) != 0)
        {
            at = Put(line, at, ", seq "u8, sequence);
            if (payloadLength > 0) at = Put(line, at, ":"u8, sequence + (uint)payloadLength);
        }

        if (hasAcknowledgement) at = Put(line, at, ", ack "u8, acknowledgement);
        at = Put(line, at, ", win "u8, BinaryPrimitives.ReadUInt16BigEndian(segment[TcpHeader.WindowAt..]));
        if (hasTimestamps)
        {
            at = Put(line, at, ", options [nop,nop,TS val "u8, BinaryPrimitives.ReadUInt32BigEndian(segment[24..]));
            at = Put(line, at, " ecr "u8, BinaryPrimitives.ReadUInt32BigEndian(segment[28..]));
            at = Put(line, at, "]"u8);
        }

        at = Put(line, at, ", length "u8, (uint)payloadLength);
        _output.Length += at;
        return true;
    }

    private static int FragmentFieldOf(ReadOnlySpan<byte> packet) => BinaryPrimitives.ReadUInt16BigEndian(packet[Ipv4Header.FragmentAt..]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Put(Span<byte> line, int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(line[at..]);
        return at + text.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Put(Span<byte> line, int at, ReadOnlySpan<byte> text, uint value)
    {
        text.CopyTo(line[at..]);
        at += text.Length;
        return at + DecimalDigits.Write(line[at..], value);
    }

    private static int PutFlags(Span<byte> line, int at, TcpFlags flags)
    {
        UInt128 text = FlagTexts[(byte)flags];
        BinaryPrimitives.WriteUInt128LittleEndian(line[at..], text);
        return at + (int)(text >> 120);
    }

    /// <summary>What <c>-v</c> adds of the IP header.</summary>
    private static int PutIpDetails(Span<byte> line, int at, ReadOnlySpan<byte> packet)
    {
        byte typeOfService = packet[Ipv4Header.TypeOfServiceAt];
        at = Put(line, at, "(tos 0x"u8);
        if (typeOfService > 15) line[at++] = HexDigit(typeOfService >> 4);
        line[at++] = HexDigit(typeOfService & 15);
        at = Put(line, at, (typeOfService & 3) switch { 1 => ",ECT(1)"u8, 2 => ",ECT(0)"u8, 3 => ",CE"u8, _ => ""u8 });
        if (packet[Ipv4Header.TimeToLiveAt] is > 0 and byte timeToLive) at = Put(line, at, ", ttl "u8, timeToLive);
        at = Put(line, at, ", id "u8, BinaryPrimitives.ReadUInt16BigEndian(packet[Ipv4Header.IdentificationAt..]));
        at = Put(line, at, (FragmentFieldOf(packet) & (Ipv4Header.DontFragmentFlag | Ipv4Header.ReservedFlag)) switch
        {
            0 => ", offset 0, flags [none]"u8,
            Ipv4Header.DontFragmentFlag => ", offset 0, flags [DF]"u8,
            Ipv4Header.ReservedFlag => ", offset 0, flags [rsvd]"u8,
            _ => ", offset 0, flags [DF, rsvd]"u8,
        });
        at = Put(line, at, ", proto TCP (6), length "u8, (uint)packet.Length);
        return Put(line, at, ")\n    "u8);
    }

    private static int PutChecksum(Span<byte> line, int at, ReadOnlySpan<byte> packet, ReadOnlySpan<byte> segment)
    {
        ushort field = BinaryPrimitives.ReadUInt16BigEndian(segment[TcpHeader.ChecksumAt..]);
        InternetChecksum checksum = default(InternetChecksum)
            .Add(packet.Slice(Ipv4Header.SourceAt, 8)).Add((uint)IpProtocol.Tcp).Add((uint)segment.Length).Add(segment);
        at = Put(line, at, ", cksum 0x"u8);
        at = PutFourDigits(line, at, field);
        if (checksum.Value == 0) return Put(line, at, " (correct)"u8);
        at = Put(line, at, " (incorrect -> 0x"u8);
        at = PutFourDigits(line, at, checksum.ShouldBe(field));
        line[at++] = (byte)')';
        return at;
    }

    /// <summary>Spreads the four digits over the bytes of a word, and turns those above nine into letters all at once.</summary>
    private static int PutFourDigits(Span<byte> line, int at, ushort value)
    {
        uint digits = (uint)(value >> 12 | (value & 0x0f00) | (value & 0x00f0) << 12 | (value & 0x000f) << 24);
        uint letters = (digits + 0x06060606) >> 4 & 0x01010101;
        BinaryPrimitives.WriteUInt32LittleEndian(line[at..], digits + 0x30303030 + letters * ('a' - '0' - 10));
        return at + 4;
    }

    private static byte HexDigit(int value) => (byte)(value < 10 ? '0' + value : 'a' - 10 + value);

    private static UInt128[] MakeFlagTexts()
    {
        var texts = new UInt128[256];
        Span<byte> text = stackalloc byte[16];
        for (int flags = 0; flags < texts.Length; flags++)
        {
            var output = new LineWriter(16);
            TcpPrinter.AppendFlags(output, (TcpFlags)flags);
            text.Clear();
            output.Written.CopyTo(text);
            text[15] = (byte)output.Length;
            texts[flags] = BinaryPrimitives.ReadUInt128LittleEndian(text);
        }

        return texts;
    }

    /// <summary>The slot of a packet's direction, filled anew when another direction is in it.</summary>
    private ref DirectionSlot FindDirection(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> segment, out ReadOnlySpan<byte> text)
    {
        ulong addresses = BinaryPrimitives.ReadUInt64BigEndian(packet[Ipv4Header.SourceAt..]);
        uint ports = BinaryPrimitives.ReadUInt32BigEndian(segment);
        ulong mixed = (addresses ^ BitOperations.RotateLeft((ulong)ports, 29)) * 0x9e3779b97f4a7c15;
        int slot = (int)(mixed >> 52);
        ref DirectionSlot direction = ref _directions[slot];
        bool isFilled = direction.Addresses == addresses && direction.Ports == ports && direction.TextLength != 0;
        if (!isFilled || direction.Generation != _sequences.Generation)
            Fill(ref direction, slot, addresses, ports);
        text = direction.TextLength == 0 ? default : _texts.AsSpan(slot * TextRoom, TextRoom);
        return ref direction;
    }

    private void Fill(ref DirectionSlot direction, int slot, ulong addresses, uint ports)
    {
        uint source = (uint)(addresses >> 32), destination = (uint)addresses;
        ushort sourcePort = (ushort)(ports >> 16), destinationPort = (ushort)ports;
        int begin = _output.Length;
        dissection.Addresses.Append(IpAddress.FromIpv4(source));
        _output.Append((byte)'.');
        dissection.Addresses.AppendTcpPort(sourcePort);
        _output.Append(" > "u8);
        dissection.Addresses.Append(IpAddress.FromIpv4(destination));
        _output.Append((byte)'.');
        dissection.Addresses.AppendTcpPort(destinationPort);
        _output.Append(": Flags ["u8);
        int length = _output.Length - begin;
        if (length <= TextRoom) _output.Written[begin..].CopyTo(_texts.AsSpan(slot * TextRoom));
        _output.Length = begin;
        int connection = _sequences.Find(source, destination, sourcePort, destinationPort, out bool reversed);
        direction = new DirectionSlot
        {
            Addresses = addresses,
            Ports = ports,
            TextLength = length <= TextRoom ? length : 0,
            Connection = connection,
            Generation = _sequences.Generation,
            IsReversed = reversed,
            HasPayloadPrinter = dissection.Printers.TcpPorts.Knows(sourcePort) || dissection.Printers.TcpPorts.Knows(destinationPort),
        };
    }
}
