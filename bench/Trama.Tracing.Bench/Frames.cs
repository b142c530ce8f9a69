using System.Buffers.Binary;
using Trama.Packets.Transport;

namespace Trama.Tracing.Bench;

/// <summary>Builds Ethernet frames of TCP over IPv4 with a timestamp option, as a Linux host sends them.</summary>
internal static class Frames
{
    public const int HeadersLength = 14 + 20 + 32;

    public static int Write(
        Span<byte> frame, uint source, ushort sourcePort, uint destination, ushort destinationPort, uint sequence,
        uint acknowledgement, TcpFlags flags, ReadOnlySpan<byte> payload, ushort identification)
    {
        frame[..HeadersLength].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(frame[12..], 0x0800);
        Span<byte> ip = frame[14..];
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(52 + payload.Length));
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], identification);
        ip[6] = 0x40;
        ip[8] = 64;
        ip[9] = 6;
        BinaryPrimitives.WriteUInt32BigEndian(ip[12..], source);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], destination);
        Span<byte> tcp = ip[20..];
        BinaryPrimitives.WriteUInt16BigEndian(tcp, sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], destinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], acknowledgement);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[12..], (ushort)(0x8000 | (ushort)flags));
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], 512);
        tcp[20] = tcp[21] = 1;
        tcp[22] = 8;
        tcp[23] = 10;
        payload.CopyTo(tcp[32..]);
        return HeadersLength + payload.Length;
    }
}
