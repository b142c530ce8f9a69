using System.Buffers.Binary;

namespace Trama.Packets.Network;

/// <summary>
/// The Internet checksum, RFC 1071: the one's complement of the one's complement sum of 16-bit words. A value collects words in
/// any number of pieces; every piece but the last has an even length.
/// </summary>
public readonly record struct InternetChecksum
{
    private readonly ulong _sum;

    private InternetChecksum(ulong sum) => _sum = sum;

    /// <summary>The checksum of what was added: 0 when it included a correct checksum field.</summary>
    public ushort Value => (ushort)~Folded;

    private ushort Folded => Fold(_sum);

    /// <summary>Adds bytes in network order; an odd one at the end counts as the upper half of a word.</summary>
    public InternetChecksum Add(ReadOnlySpan<byte> bytes)
    {
        // The sum is the same in either byte order but for the order of its own two bytes (RFC 1071 section 2 B).
        ulong sum = 0;
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

    private static ushort Fold(ulong sum)
    {
        sum = (sum & 0xffffffff) + (sum >> 32);
        sum = (sum & 0xffff) + (sum >> 16 & 0xffff) + (sum >> 32);
        sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)(sum + (sum >> 16));
    }
}
