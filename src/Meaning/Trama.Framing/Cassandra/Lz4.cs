namespace Trama.Framing.Cassandra;

/// <summary>A block compressed with LZ4 (lz4_Block_format.md), of a peer who may mean harm.</summary>
internal static class Lz4
{
    private const int LeastMatch = 4;

    /// <summary>Decompresses as much as fits, or as is well-formed.</summary>
    /// <returns>How many bytes were written.</returns>
    public static int Decompress(ReadOnlySpan<byte> block, Span<byte> text)
    {
        int at = 0, written = 0;
        while (at < block.Length && written < text.Length)
        {
            byte token = block[at++];
            int literals = Length(block, ref at, token >> 4);
            literals = Math.Min(Math.Min(literals, block.Length - at), text.Length - written);
            block.Slice(at, literals).CopyTo(text[written..]);
            (at, written) = (at + literals, written + literals);
            if (block.Length - at < 2) break;
            int offset = block[at] | block[at + 1] << 8;
            at += 2;
            int match = Length(block, ref at, token & 15) + LeastMatch;
            if (offset == 0 || offset > written) break;
            // What is copied may overlap what it makes.
            for (int end = Math.Min(written + match, text.Length); written < end; written++) text[written] = text[written - offset];
        }

        return written;
    }

    private static int Length(ReadOnlySpan<byte> block, ref int at, int length)
    {
        if (length < 15) return length;
        while (at < block.Length && length < int.MaxValue / 2)
        {
            byte more = block[at++];
            length += more;
            if (more != 0xff) break;
        }

        return length;
    }
}
