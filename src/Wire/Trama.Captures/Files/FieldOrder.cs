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

    /// <summary>The four 32-bit numbers at the front, at one look at the length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (uint First, uint Second, uint Third, uint Fourth) FourU32(ReadOnlySpan<byte> bytes)
    {
        UInt128 all = BinaryPrimitives.ReadUInt128LittleEndian(bytes);
        ulong low = (ulong)all, high = (ulong)(all >> 64);
        (uint first, uint second, uint third, uint fourth) = ((uint)low, (uint)(low >> 32), (uint)high, (uint)(high >> 32));
        return !_bigEndian ? (first, second, third, fourth)
            : (BinaryPrimitives.ReverseEndianness(first), BinaryPrimitives.ReverseEndianness(second),
                BinaryPrimitives.ReverseEndianness(third), BinaryPrimitives.ReverseEndianness(fourth));
    }

    /// <summary>The signed 64-bit number at <paramref name="offset"/>.</summary>
    public long I64(ReadOnlySpan<byte> bytes, int offset)
    {
        long value = BinaryPrimitives.ReadInt64LittleEndian(bytes[offset..]);
        return _bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }
}
