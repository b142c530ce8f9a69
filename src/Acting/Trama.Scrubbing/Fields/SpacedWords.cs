namespace Trama.Scrubbing.Fields;

/// <summary>Lines, and their words that spaces part.</summary>
internal static class SpacedWords
{
    /// <summary>Takes the next line; false when none of them is whole, or it is too long to be one.</summary>
    /// <param name="bytes">The message.</param>
    /// <param name="at">Where it begins; afterwards behind its end.</param>
    /// <param name="longest">The most bytes of a line.</param>
    /// <param name="line">The line, without its end.</param>
    public static bool TryTakeLine(ReadOnlySpan<byte> bytes, ref int at, int longest, out ReadOnlySpan<byte> line)
    {
        line = default;
        if (at >= bytes.Length) return false;
        int length = bytes[at..].IndexOf((byte)'\n');
        if (length < 0 || length > longest) return false;
        line = bytes.Slice(at, length).TrimEnd((byte)'\r');
        at += length + 1;
        return true;
    }

    /// <summary>Finds them.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="words">Where each is; those for which there is no room are not told.</param>
    /// <returns>How many were told.</returns>
    public static int Find(ReadOnlySpan<byte> line, Span<Range> words)
    {
        int count = 0;
        foreach (Range range in line.Split((byte)' '))
        {
            (int from, int length) = range.GetOffsetAndLength(line.Length);
            if (length == 0) continue;
            if (count == words.Length) return count;
            words[count++] = from..(from + length);
        }

        return count;
    }
}
