namespace Trama.Framing;

/// <summary>Text compressed with Snappy (its format description, of 2011), of a peer who may mean harm.</summary>
internal static class Snappy
{
    /// <summary>Decompresses as much as fits, or as is well-formed.</summary>
    /// <param name="compressed">The compressed text, which begins with its length.</param>
    /// <param name="text">Gets the text.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Decompress(ReadOnlySpan<byte> compressed, Span<byte> text)
    {
        int at = compressed.IndexOfAnyInRange((byte)0, (byte)0x7f) + 1, written = 0;
        if (at == 0) return 0;
        while (at < compressed.Length && written < text.Length)
        {
            byte tag = compressed[at++];
            if ((tag & 3) == 0)
            {
                int wide = (tag >> 2) - 59;
                long length = (tag >> 2) + 1;
                if (wide > 0 && !TryNumber(compressed, ref at, wide, out length)) break;
                if (wide > 0) length++;
                int taken = (int)Math.Min(Math.Min(length, compressed.Length - at), text.Length - written);
                compressed.Slice(at, taken).CopyTo(text[written..]);
                (at, written) = (at + taken, written + taken);
                continue;
            }

            int width = (tag & 3) == 3 ? 4 : tag & 3;
            if (!TryNumber(compressed, ref at, width, out long offset)) break;
            if (width == 1) offset |= (long)(tag >> 5) << 8;
            int copied = width == 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
            if (offset == 0 || offset > written) break;
            // What is copied may overlap what it makes.
            for (int end = Math.Min(written + copied, text.Length); written < end; written++) text[written] = text[written - (int)offset];
        }

        return written;
    }

    private static bool TryNumber(ReadOnlySpan<byte> bytes, ref int at, int width, out long number)
    {
        number = 0;
        if (width > bytes.Length - at) return false;
        for (int i = 0; i < width; i++) number |= (long)bytes[at++] << (8 * i);
        return true;
    }
}
