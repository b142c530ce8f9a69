using System.Buffers.Binary;

namespace Trama.Framing.Http2.Hpack;

/// <summary>The Huffman code of HPACK (RFC 7541 section 5.2 and appendix B). It is canonical, so the lengths of its codes say all of
/// it.</summary>
public static class HpackHuffman
{
    // Codes of this many bits or fewer, which is all of what is common, take one look into a table.
    private const int QuickBits = 11;
    private const int LongestCode = 30;
    private const int EndOfString = 256;

    private static readonly ushort[] Quick = new ushort[1 << QuickBits];
    private static readonly ushort[] Symbols = new ushort[EndOfString + 1];
    private static readonly uint[] Codes = new uint[EndOfString + 1];

    // For codes of each length: the first code behind them, left-aligned in 32 bits, and what gives the place of a code in Symbols.
    private static readonly uint[] Behind = new uint[LongestCode + 1];
    private static readonly int[] Shift = new int[LongestCode + 1];

    static HpackHuffman()
    {
        uint code = 0;
        int place = 0;
        for (int length = 1; length <= LongestCode; length++)
        {
            code <<= 1;
            Shift[length] = place - (int)code;
            for (int symbol = 0; symbol <= EndOfString; symbol++)
            {
                if (Lengths[symbol] != length) continue;
                if (length <= QuickBits)
                    Quick.AsSpan((int)code << (QuickBits - length), 1 << (QuickBits - length)).Fill((ushort)(length << 8 | symbol));
                Symbols[place++] = (ushort)symbol;
                Codes[symbol] = code++;
            }

            Behind[length] = code << (32 - length);
        }
    }

    // The length in bits of the code of each byte, and of the end of a string.
    private static ReadOnlySpan<byte> Lengths =>
    [
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28,
        28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6,
        5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
        13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
        7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5,
        6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
        20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23,
        24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
        22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23,
        21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,
        19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
        20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23,
        26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
        30,
    ];

    /// <summary>The most bytes that coded bytes can stand for.</summary>
    public static int MaxText(int coded) => (int)((long)coded * 8 / 5);

    /// <summary>Decodes a string.</summary>
    /// <param name="coded">The code, padded to whole bytes.</param>
    /// <param name="text">Where to, at least <see cref="MaxText"/> bytes.</param>
    /// <param name="length">How many bytes it stands for.</param>
    /// <returns>False when a code or the padding is none.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> coded, Span<byte> text, out int length)
    {
        ulong bits = 0;
        int held = 0;
        int at = 0;
        length = 0;
        while (true)
        {
            if (held <= 32)
            {
                if (coded.Length - at >= 4)
                {
                    bits |= (ulong)BinaryPrimitives.ReadUInt32BigEndian(coded[at..]) << (32 - held);
                    at += 4;
                    held += 32;
                }
                else
                    for (; at < coded.Length; held += 8) bits |= (ulong)coded[at++] << (56 - held);
            }

            ushort quick = Quick[bits >> (64 - QuickBits)];
            int used = quick >> 8;
            int symbol = (byte)quick;
            if (used == 0) (used, symbol) = Long((uint)(bits >> 32));
            // Padding is less than a byte of ones, the beginning of the end of a string (RFC 7541 section 5.2).
            if (used > held) return at == coded.Length && held < 8 && (held == 0 || bits >> (64 - held) == (1ul << held) - 1);
            if (symbol == EndOfString || length == text.Length) return false;
            text[length++] = (byte)symbol;
            bits <<= used;
            held -= used;
        }
    }

    /// <summary>How many bits the code of a byte has.</summary>
    public static int Bits(byte symbol) => Lengths[symbol];

    /// <summary>Codes a string into exactly the room that its code needs, padded to whole bytes.</summary>
    /// <exception cref="ArgumentException">The room has another length.</exception>
    public static void Encode(ReadOnlySpan<byte> text, Span<byte> coded)
    {
        ulong bits = 0;
        int held = 0, at = 0, needed = 0;
        foreach (byte symbol in text) needed += Lengths[symbol];
        if ((needed + 7) / 8 != coded.Length) throw new ArgumentException("The room has another length.", nameof(coded));
        foreach (byte symbol in text)
        {
            bits = bits << Lengths[symbol] | Codes[symbol];
            for (held += Lengths[symbol]; held >= 8; held -= 8) coded[at++] = (byte)(bits >> (held - 8));
        }

        if (held > 0) coded[at] = (byte)(bits << (8 - held) | 0xffu >> held);
    }

    private static (int Length, int Symbol) Long(uint bits)
    {
        int length = QuickBits + 1;
        while (length < LongestCode && bits >= Behind[length]) length++;
        return (length, Symbols[(int)(bits >> (32 - length)) + Shift[length]]);
    }
}
