using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trama.Packets.Network;

/// <summary>
/// The Internet checksum, RFC 1071: the one's complement of the one's complement sum of 16-bit words. A value collects words in
/// any number of pieces; every piece but the last has an even length.
/// </summary>
public readonly record struct InternetChecksum
{
    private const int VectorBytes = 32;

    private readonly ulong _sum;

    private InternetChecksum(ulong sum) => _sum = sum;

    /// <summary>The checksum of what was added: 0 when it included a correct checksum field.</summary>
    public ushort Value => (ushort)~Folded;

    private ushort Folded => Fold(_sum);

    /// <summary>Adds bytes in network order; an odd one at the end counts as the upper half of a word.</summary>
    public InternetChecksum Add(ReadOnlySpan<byte> bytes)
    {
        // The sum is the same in either byte order but for the order of its own two bytes (RFC 1071 section 2 B).
        ulong sum = AddVectors(ref bytes);
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            ulong eight = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            sum += (eight & 0xffffffff) + (eight >> 32);
        }

        if (bytes.Length >= 4)
        {
            sum += BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            bytes = bytes[4..];
        }

        if (bytes.Length >= 2)
        {
            sum += BinaryPrimitives.ReadUInt16LittleEndian(bytes);
            bytes = bytes[2..];
        }

        if (bytes.Length == 1) sum += bytes[0];
        return new InternetChecksum(_sum + BinaryPrimitives.ReverseEndianness(Fold(sum)));
    }

    /// <summary>Adds a number of up to 32 bits.</summary>
    public InternetChecksum Add(uint value) => new(_sum + value);

    /// <summary>What the checksum field should have held, when it held <paramref name="field"/> and was added with the rest.</summary>
    public ushort ShouldBe(ushort field)
    {
        uint sum = (uint)field + Value;
        sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)(sum + (sum >> 16));
    }

    // As many as fill vectors; two sums, since each addition waits for the one before.
    private static ulong AddVectors(ref ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < VectorBytes) return 0;
        Vector128<ulong> one = default, other = default, lower = Vector128.Create(0xfffffffful);
        ReadOnlySpan<Vector128<ulong>> vectors = MemoryMarshal.Cast<byte, Vector128<ulong>>(bytes[..^(bytes.Length % VectorBytes)]);
        bytes = bytes[(vectors.Length * Vector128<byte>.Count)..];
        for (int i = 0; i + 1 < vectors.Length; i += 2)
        {
            (Vector128<ulong> first, Vector128<ulong> second) = (vectors[i], vectors[i + 1]);
            one += (first & lower) + (first >>> 32);
            other += (second & lower) + (second >>> 32);
        }

        return Vector128.Sum(one + other);
    }

    private static ushort Fold(ulong sum)
    {
        sum = (sum & 0xffffffff) + (sum >> 32);
        sum = (sum & 0xffff) + (sum >> 16 & 0xffff) + (sum >> 32);
        sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)(sum + (sum >> 16));
    }
}
