using System.Buffers;
using System.Globalization;

namespace Trama.Captures.Text;

/// <summary>
/// A line of a hex dump: an offset, then up to 16 bytes in groups of one or two, then perhaps the same as text. So tcpdump writes it
/// (<c>0x0010:  7f00 0001 …</c>), and tshark (<c>0010  7f 00 00 01 …</c>).
/// </summary>
internal static class HexLine
{
    /// <summary>The most bytes of a line.</summary>
    public const int MaxBytes = 16;

    private const int LeastOffsetDigits = 4, MostOffsetDigits = 8;

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="bytes">Where the bytes go.</param>
    /// <param name="offset">The offset of the first of them.</param>
    /// <param name="count">How many there are, at least one.</param>
    /// <returns>False when the line is none of a hex dump.</returns>
    public static bool TryRead(ReadOnlySpan<char> line, Span<byte> bytes, out int offset, out int count)
    {
        count = 0;
        line = line.TrimStart();
        if (line.StartsWith("0x", StringComparison.Ordinal)) line = line[2..];
        int digits = Digits(line);
        offset = 0;
        if (digits is < LeastOffsetDigits or > MostOffsetDigits) return false;
        if (!int.TryParse(line[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out offset)) return false;
        line = line[digits..];
        if (line.StartsWith(":", StringComparison.Ordinal)) line = line[1..];
        int spaces = line.Length - line.TrimStart(' ').Length;
        if (spaces is < 1 or > 3 || offset < 0) return false;
        line = line[spaces..];
        while (count < MaxBytes)
        {
            digits = Digits(line);
            if (digits is not (2 or 4) || count + digits / 2 > MaxBytes) break;
            if (Convert.FromHexString(line[..digits], bytes[count..], out _, out int written) != OperationStatus.Done) break;
            count += written;
            line = line[digits..];
            // Two spaces stand before the text.
            if (line.Length < 2 || line[0] != ' ' || line[1] == ' ') break;
            line = line[1..];
        }

        return count > 0;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        int digits = text.IndexOfAnyExcept(HexDigits);
        return digits < 0 ? text.Length : digits;
    }

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
}
