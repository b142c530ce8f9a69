namespace Trama.Scrubbing.Fields;

/// <summary>The words of a line that spaces part.</summary>
internal static class SpacedWords
{
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
