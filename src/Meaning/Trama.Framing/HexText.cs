using System.Text;

namespace Trama.Framing;

/// <summary>Bytes in hexadecimal with a gutter of their ASCII characters, for what is mostly no text.</summary>
public static class HexText
{
    /// <summary>How many bytes a row of a dump has.</summary>
    public const int PerRow = 16;

    /// <summary>The first bytes in one line of at most <paramref name="columns"/>: <c>1b 5b 00 ff |.[..|</c>.</summary>
    public static string Of(ReadOnlySpan<byte> bytes, int columns)
    {
        // Each byte has two digits, a space and its character; the bars stand around these.
        int count = Math.Min(bytes.Length, (columns - 2) / 4);
        if (count <= 0) return "";
        var text = new StringBuilder(columns);
        foreach (byte value in bytes[..count]) AppendByte(text, value);
        return AppendGutter(text, bytes[..count]).ToString();
    }

    /// <summary>Appends rows of <see cref="PerRow"/> bytes, all with their gutters at one column; LF stands between them.</summary>
    public static void AppendRows(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (bool isFirst = true; !bytes.IsEmpty; isFirst = false)
        {
            ReadOnlySpan<byte> row = bytes[..Math.Min(PerRow, bytes.Length)];
            if (!isFirst) text.Append('\n');
            AppendRow(text, row);
            bytes = bytes[row.Length..];
        }
    }

    /// <summary>Appends a row of at most <see cref="PerRow"/> bytes.</summary>
    public static void AppendRow(StringBuilder text, ReadOnlySpan<byte> row)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (int i = 0; i < PerRow; i++)
        {
            if (i == PerRow / 2) text.Append(' ');
            if (i < row.Length) AppendByte(text, row[i]);
            else text.Append(' ', 3);
        }

        AppendGutter(text, row);
    }

    private static void AppendByte(StringBuilder text, byte value) =>
        text.Append(Digit(value >> 4)).Append(Digit(value & 15)).Append(' ');

    private static char Digit(int value) => (char)(value < 10 ? '0' + value : 'a' + value - 10);

    private static StringBuilder AppendGutter(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        text.Append('|');
        foreach (byte value in bytes) text.Append(value is >= 0x20 and < 0x7f ? (char)value : '.');
        return text.Append('|');
    }
}
