namespace Trama.Scrubbing.Words;

/// <summary>Text in UTF-16, of either byte order, that is ASCII: every other byte is zero.</summary>
internal static class WideText
{
    private const int Shortest = 6;

    /// <summary>How many bytes of such text there are at the start; 0 for too few.</summary>
    public static int Measure(ReadOnlySpan<byte> bytes)
    {
        int first = bytes.IsEmpty || bytes[0] != 0 ? 0 : 1;
        int length = 0;
        while (length + 1 < bytes.Length && bytes[length + first] is >= 0x20 and < 0x7f && bytes[length + 1 - first] == 0) length += 2;
        return length >= Shortest ? length : 0;
    }

    /// <summary>Scrubs what <see cref="Measure"/> found.</summary>
    public static void Scrub(Span<byte> bytes, TextScrubber text)
    {
        int first = bytes[0] != 0 ? 0 : 1;
        byte[] narrow = new byte[bytes.Length / 2];
        for (int at = 0; at < narrow.Length; at++) narrow[at] = bytes[2 * at + first];
        text.Scrub(narrow);
        for (int at = 0; at < narrow.Length; at++) bytes[2 * at + first] = narrow[at];
    }
}
