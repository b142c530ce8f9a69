namespace Trama.Framing.Inflating;

/// <summary>A prefix code of deflate, made from the lengths of its words (RFC 1951 section 3.2.2).</summary>
internal sealed class HuffmanCode
{
    /// <summary>The longest word, in bits.</summary>
    public const int MaxLength = 15;

    /// <summary>The most symbols of a code.</summary>
    public const int MaxSymbols = 288;

    // Words up to this length are found by one look into a table.
    private const int FastBits = 9;
    private const int FastMask = (1 << FastBits) - 1;
    private const int LengthBits = 4;

    private readonly ushort[] _fast = new ushort[1 << FastBits];
    private readonly ushort[] _counts = new ushort[MaxLength + 1];
    private readonly ushort[] _symbols = new ushort[MaxSymbols];

    /// <summary>The code of a block of fixed codes for literals and lengths (RFC 1951 section 3.2.6).</summary>
    public static HuffmanCode FixedLiterals { get; } =
        Of([.. Words(8, 144), .. Words(9, 112), .. Words(7, 24), .. Words(8, 8)]);

    /// <summary>That for distances.</summary>
    public static HuffmanCode FixedDistances { get; } = Of([.. Words(5, 30)]);

    /// <summary>Makes the code anew.</summary>
    /// <param name="lengths">The length of each symbol's word; 0 where it has none.</param>
    /// <returns>False when there are more words than there is room for.</returns>
    public bool TrySet(ReadOnlySpan<byte> lengths)
    {
        Array.Clear(_counts);
        Array.Clear(_fast);
        foreach (byte length in lengths) _counts[length]++;
        _counts[0] = 0;
        Span<int> place = stackalloc int[MaxLength + 2];
        Span<int> word = stackalloc int[MaxLength + 2];
        place.Clear();
        word.Clear();
        for (int length = 1; length <= MaxLength; length++)
        {
            place[length + 1] = place[length] + _counts[length];
            if (word[length] + _counts[length] > 1 << length) return false;
            word[length + 1] = (word[length] + _counts[length]) << 1;
        }

        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0) continue;
            _symbols[place[length]++] = (ushort)symbol;
            int reversed = Reversed(word[length]++, length);
            if (length > FastBits) continue;
            for (int at = reversed; at <= FastMask; at += 1 << length) _fast[at] = (ushort)(symbol << LengthBits | length);
        }

        return true;
    }

    /// <summary>Finds the word that some bits begin with, the first one lowest.</summary>
    /// <returns>Its length; 0 when there is none.</returns>
    public int Decode(ulong bits, out int symbol)
    {
        int found = _fast[(int)bits & FastMask];
        if (found != 0)
        {
            symbol = found >> LengthBits;
            return found & ((1 << LengthBits) - 1);
        }

        int word = 0, first = 0, index = 0;
        for (int length = 1; length <= MaxLength; length++)
        {
            word |= (int)(bits & 1);
            bits >>= 1;
            int count = _counts[length];
            if (word - first < count)
            {
                symbol = _symbols[index + word - first];
                return length;
            }

            index += count;
            first = (first + count) << 1;
            word <<= 1;
        }

        symbol = 0;
        return 0;
    }

    private static IEnumerable<byte> Words(byte length, int count) => Enumerable.Repeat(length, count);

    private static HuffmanCode Of(ReadOnlySpan<byte> lengths)
    {
        var code = new HuffmanCode();
        code.TrySet(lengths);
        return code;
    }

    private static int Reversed(int word, int length)
    {
        int reversed = 0;
        for (; length > 0; length--, word >>= 1) reversed = reversed << 1 | (word & 1);
        return reversed;
    }
}
