using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Trama.Captures.Files;

/// <summary>Reads numbers in the byte order of the machine that wrote the file.</summary>
internal readonly struct FieldOrder(bool bigEndian)
{
    private readonly bool _bigEndian = bigEndian;

    /// <summary>Whether the most significant byte comes first.</summary>
    public bool IsBigEndian => _bigEndian;

    /// <summary>The 16-bit number at <paramref name="offset"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ushort U16(ReadOnlySpan<byte> bytes, int offset)
    {
        ushort value = BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);
        return _bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    /// <summary>The 32-bit number at <paramref name="offset"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint U32(ReadOnlySpan<byte> bytes, int offset)
    {
        uint value = BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);
        return _bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    /// <summary>The signed 64-bit number at <paramref name="offset"/>.</summary>
    public long I64(ReadOnlySpan<byte> bytes, int offset)
    {
        long value = BinaryPrimitives.ReadInt64LittleEndian(bytes[offset..]);
        return _bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }
}
