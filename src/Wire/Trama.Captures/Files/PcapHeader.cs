using System.Buffers.Binary;

namespace Trama.Captures.Files;

/// <summary>The header of a pcap file, version 2.4.</summary>
internal static class PcapHeader
{
    /// <summary>Its length in bytes.</summary>
    public const int Length = 24;

    /// <summary>The magic number of files with microseconds.</summary>
    public const uint Microseconds = 0xA1B2C3D4;

    /// <summary>The magic number of files with nanoseconds.</summary>
    public const uint Nanoseconds = 0xA1B23C4D;

    /// <summary>The header of a file with the records of an interface, in its byte order.</summary>
    public static byte[] Of(CaptureInterface source)
    {
        byte[] header = new byte[Length];
        U32(0, source.IsNanosecond ? Nanoseconds : Microseconds);
        // The version, 2.4, is two numbers of 16 bits; the time zone and the accuracy behind it are always 0.
        U32(4, source.IsBigEndian ? 0x0002_0004u : 0x0004_0002u);
        U32(16, (uint)source.SnapLength);
        U32(20, (uint)source.LinkType);
        return header;

        void U32(int offset, uint value)
        {
            if (source.IsBigEndian) BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(offset), value);
            else BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(offset), value);
        }
    }
}
