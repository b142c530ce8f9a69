using System.Buffers.Binary;
using Trama.Packets.Link;

namespace Trama.Packets.Decoding;

/// <summary>Finds the packet in what Linux's netfilter logs of it.</summary>
internal static class NetfilterLayers
{
    /// <summary>The attributes, one of which is the packet.</summary>
    public static Layer Log(ref Slice slice)
    {
        ReadOnlySpan<byte> bytes = slice.Bytes;
        if (bytes.Length < NflogHeader.Length) return Layer.Unknown;
        if (bytes[NflogHeader.FamilyAt] is not (NflogHeader.FamilyIpv4 or NflogHeader.FamilyIpv6)) return Layer.Unknown;
        int at = NflogHeader.Length;
        while (at + NflogHeader.AttributeHeaderLength <= bytes.Length)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
            int type = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 2)..]);
            // Types are small numbers: a large one is one of a host with the other byte order.
            if (type > byte.MaxValue)
            {
                length = BinaryPrimitives.ReverseEndianness((ushort)length);
                type = BinaryPrimitives.ReverseEndianness((ushort)type);
            }

            if (length < NflogHeader.AttributeHeaderLength) return Layer.Unknown;
            if (type == NflogHeader.Payload)
            {
                slice = slice.Narrow(at + length).From(at + NflogHeader.AttributeHeaderLength);
                return Layer.Ip;
            }

            at += length + NflogHeader.Alignment - 1 & -NflogHeader.Alignment;
        }

        return Layer.Unknown;
    }
}
