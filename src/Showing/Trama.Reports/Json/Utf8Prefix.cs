namespace Trama.Reports.Json;

/// <summary>The beginning of a text that was cut after a number of bytes.</summary>
internal static class Utf8Prefix
{
    private const int LongestCharacter = 4;

    /// <summary>The bytes without a character at their end that is not whole.</summary>
    public static ReadOnlySpan<byte> Whole(ReadOnlySpan<byte> bytes)
    {
        for (int back = 1; back < LongestCharacter && back <= bytes.Length; back++)
        {
            byte lead = bytes[^back];
            if ((lead & 0xc0) == 0x80) continue;
            int needed = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
            return needed > back ? bytes[..^back] : bytes;
        }

        return bytes;
    }
}
