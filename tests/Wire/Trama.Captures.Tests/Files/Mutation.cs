using System.Buffers.Binary;

namespace Trama.Captures.Tests.Files;

/// <summary>Damages a file in the ways that find mistakes in readers of lengths.</summary>
internal static class Mutation
{
    private static readonly uint[] Numbers =
        [0, 1, 3, 4, 7, 8, 11, 12, 16, 28, 0xFF, 0x7FFF, 0xFFFF, 262_144, 262_145, 0x00FF_FFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFC,
            0xFFFF_FFFF];

    /// <summary>A copy of the seed with up to six damages.</summary>
    public static byte[] Of(byte[] seed, Random random)
    {
        byte[] bytes = [.. seed];
        for (int damages = random.Next(1, 7); damages > 0 && bytes.Length > 8; damages--) bytes = Damage(bytes, random);
        return bytes;
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        int at = random.Next(bytes.Length);
        switch (random.Next(7))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2 or 3:
                int word = Math.Min(at & ~3, bytes.Length - 4);
                uint number = Numbers[random.Next(Numbers.Length)];
                if (random.Next(2) == 0) number = BinaryPrimitives.ReverseEndianness(number);
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(word), number);
                return bytes;
            case 4:
                return bytes[..at];
            case 5:
                int from = random.Next(bytes.Length), count = random.Next(Math.Min(64, bytes.Length - from));
                return [.. bytes[..at], .. bytes[from..(from + count)], .. bytes[at..]];
            default:
                int removed = random.Next(Math.Min(64, bytes.Length - at));
                return [.. bytes[..at], .. bytes[(at + removed)..]];
        }
    }
}
