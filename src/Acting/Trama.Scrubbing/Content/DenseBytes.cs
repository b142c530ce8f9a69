using System.Buffers;
using System.Text;

namespace Trama.Scrubbing.Content;

/// <summary>
/// Bytes of which many are above 127 and few zero, without a text among them: compressed ones, keys, pictures. Numbers of protocols have
/// zeros in them, and texts their letters.
/// </summary>
internal static class DenseBytes
{
    // Fewer come about by chance.
    private const int Fewest = 24;

    // Of any bytes half are above 127: of numbers and lengths hardly any.
    private const int Share = 3;

    // How many tell whether it is so.
    private const int Window = 64;

    // Two zeros nearer to one another are of a number, and so many printable bytes are a text.
    private const int BetweenZeros = 8, ShortestText = 8;

    /// <summary>How many there are at the start; 0 for too few.</summary>
    public static int Measure(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes[0] == 0) return 0;
        int high = 0, text = 0, zero = -BetweenZeros - 1, at = 0, end = bytes.Length;
        while (at < bytes.Length)
        {
            byte value = bytes[at];
            if (value == 0)
            {
                if (at - zero <= BetweenZeros)
                {
                    end = zero;
                    break;
                }

                (zero, text) = (at, 0);
                at++;
                continue;
            }

            int size = 1;
            bool isForeign = value >= 0xc2 && Rune.DecodeFromUtf8(bytes[at..], out Rune rune, out size) == OperationStatus.Done
                && Rune.IsLetter(rune);
            if (!isForeign) size = 1;
            text = isForeign || value is >= 0x20 and < 0x7f ? text + size : 0;
            if (value >= 0x80 && !isForeign) high++;
            at += size;
            if (text >= ShortestText)
            {
                end = at - text;
                break;
            }

            // Where it is no longer so, it ends; so that bytes are not read again and again that never were.
            if (at < Window || high * Share >= at) continue;
            return at - size >= Window ? at - size : 0;
        }

        return end >= Fewest && high * Share >= end ? end : 0;
    }

    /// <summary>How many bytes at the start say how many follow, in either order; 0 for none that do, about.</summary>
    /// <param name="bytes">What <see cref="Measure"/> measured.</param>
    public static int LengthBefore(ReadOnlySpan<byte> bytes)
    {
        // What follows may end a little before or behind.
        const int Near = 8;
        int big = bytes[0] << 8 | bytes[1], little = bytes[1] << 8 | bytes[0];
        if (Math.Min(Math.Abs(big - bytes.Length), Math.Abs(little - bytes.Length)) <= Near) return sizeof(ushort);
        return Math.Abs(bytes[0] - bytes.Length) <= Near ? sizeof(byte) : 0;
    }
}
