namespace Trama.Framing.Imap;

/// <summary>A length in braces at the end of a line, after which as many bytes follow (RFC 9051 section 4.3).</summary>
internal static class ImapLiteral
{
    /// <summary>The length; -1 when the line ends otherwise.</summary>
    public static long Length(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || line[^1] != '}') return -1;
        int open = line.LastIndexOf((byte)'{');
        if (open < 0) return -1;
        ReadOnlySpan<byte> digits = line[(open + 1)..^1];
        if (!digits.IsEmpty && digits[^1] == '+') digits = digits[..^1];
        return uint.TryParse(digits, System.Globalization.NumberStyles.None, null, out uint length) ? length : -1;
    }
}
