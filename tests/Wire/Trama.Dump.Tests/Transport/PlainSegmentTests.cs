using System.Buffers.Binary;
using CsCheck;
using Trama.Dump.Printers;
using Trama.Packets;
using Trama.Packets.Network;
using PacketRecord = Trama.Packets.Record;

namespace Trama.Dump.Tests.Transport;

/// <summary>The short way for plain segments prints what the printers of the layers print.</summary>
public class PlainSegmentTests
{
    private static readonly DumpOptions Numeric = new() { NumericAddresses = true, NumericPorts = true, Zone = TimeZoneInfo.Utc };

    [Fact]
    public void Prints_what_the_layers_print_whatever_the_fields_are()
    {
        Gen<byte[]> packets = Gen.Select(Gen.Byte.Array[0, 40], Gen.UInt, Gen.UInt, Gen.Byte, Gen.Int[0, 3], Gen.Int[0, 50], MakePacket);
        foreach (DumpOptions options in (DumpOptions[])[Numeric, Numeric with { Verbosity = 1 },
            Numeric with { AbsoluteSequenceNumbers = true }])
        {
            Gen.Select(packets.Array[1, 12], Gen.Long[0, 4_000_000_000_000_000_000]).Sample((capture, start) =>
                Assert.Equal(Print(capture, start, options, plain: false), Print(capture, start, options, plain: true)));
        }
    }

    /// <summary>
    /// An Ethernet frame with a TCP segment in it, right in most ways; <paramref name="oddity"/> spoils one byte of the headers.
    /// </summary>
    private static byte[] MakePacket(byte[] payload, uint sequence, uint acknowledgement, byte flags, int ports, int oddity)
    {
        bool hasTimestamps = (sequence & 1) != 0;
        int headerLength = hasTimestamps ? 32 : 20;
        byte[] frame = new byte[14 + 20 + headerLength + payload.Length];
        frame[12] = 8;
        Span<byte> packet = frame.AsSpan(14), segment = packet[20..];
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        packet[6] = 0x40;
        packet[8] = 64;
        packet[9] = (byte)IpProtocol.Tcp;
        packet[15] = (byte)(1 + (ports & 1));
        packet[19] = (byte)(2 - (ports & 1));
        BinaryPrimitives.WriteUInt16BigEndian(segment, (ushort)(ports > 1 ? 5000 : 5000 + ports));
        BinaryPrimitives.WriteUInt16BigEndian(segment[2..], (ushort)(ports > 1 ? 5000 : 5001 - ports));
        BinaryPrimitives.WriteUInt32BigEndian(segment[4..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(segment[8..], acknowledgement);
        segment[12] = (byte)(headerLength << 2);
        segment[13] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(segment[14..], (ushort)acknowledgement);
        if (hasTimestamps)
        {
            BinaryPrimitives.WriteUInt32BigEndian(segment[20..], 0x0101080a);
            BinaryPrimitives.WriteUInt32BigEndian(segment[24..], sequence * 3);
            BinaryPrimitives.WriteUInt32BigEndian(segment[28..], acknowledgement / 7);
        }

        payload.CopyTo(segment[headerLength..]);
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], default(InternetChecksum).Add(packet[..20]).Value);
        if (oddity < 40) frame[14 + oddity] ^= (byte)(1 << (oddity & 7));
        return frame;
    }

    private static string Print(byte[][] capture, long start, DumpOptions options, bool plain)
    {
        var output = new LineWriter();
        var printers = new PrinterRegistry();
        printers.TcpPorts.Add(new PortPrinter("spoken here", [5001], static (d, payload) => d.Print($": said {payload.Length}")));
        var printer = new PacketPrinter(options, output, printers, plain);
        for (int i = 0; i < capture.Length; i++)
            printer.Print(new PacketRecord(new Timestamp(start + i * 400_000_000L), LinkType.Ethernet, capture[i], capture[i].Length),
                i + 1);
        return System.Text.Encoding.Latin1.GetString(output.Written);
    }
}
