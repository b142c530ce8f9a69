namespace Trama.Dump.Text;

/// <summary>Shows bytes in hexadecimal, in ASCII or in both, sixteen to a line.</summary>
internal static class ByteDumpText
{
    private const int BytesPerLine = 16;
    private const int HexWidth = BytesPerLine / 2 * 5;

    /// <summary>Appends hexadecimal lines, each after <paramref name="indent"/> (a line feed and what the line starts with).</summary>
    public static void AppendHexLines(this LineWriter output, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> indent)
    {
        for (int at = 0; at < bytes.Length; at += BytesPerLine)
        {
            AppendOffset(output, indent, at);
            AppendHexPairs(output, bytes[at..Math.Min(at + BytesPerLine, bytes.Length)]);
        }
    }

    /// <summary>Appends lines of hexadecimal and ASCII, each after <paramref name="indent"/>.</summary>
    public static void AppendHexAndAsciiLines(this LineWriter output, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> indent)
    {
        for (int at = 0; at < bytes.Length; at += BytesPerLine)
        {
            ReadOnlySpan<byte> line = bytes[at..Math.Min(at + BytesPerLine, bytes.Length)];
            AppendOffset(output, indent, at);
            int start = output.Length;
            AppendHexPairs(output, line);
            output.Reserve(HexWidth + 2)[..(HexWidth + 2 - (output.Length - start))].Fill((byte)' ');
            output.Length = start + HexWidth + 2;
            foreach (byte value in line) output.Append(value is > 0x20 and < 0x7f ? value : (byte)'.');
        }
    }

    /// <summary>Appends the bytes as text below the line: printable ASCII, tabs and line feeds as they are, the rest as dots.</summary>
    public static void AppendAscii(this LineWriter output, ReadOnlySpan<byte> bytes)
    {
        output.Append((byte)'\n');
        for (int at = 0; at < bytes.Length; at++)
        {
            byte value = bytes[at];
            if (value == '\r')
            {
                // A carriage return before a line feed is the end of a line and needs no mark of its own.
                if (at + 1 < bytes.Length && bytes[at + 1] != '\n') output.Append((byte)'.');
                continue;
            }

            output.Append(value is >= 0x20 and < 0x7f or (byte)'\t' or (byte)'\n' ? value : (byte)'.');
        }
    }

    private static void AppendOffset(LineWriter output, ReadOnlySpan<byte> indent, int offset) => output.Append($"{indent}0x{offset:x4}: ");

    private static void AppendHexPairs(LineWriter output, ReadOnlySpan<byte> line)
    {
        for (int i = 0; i < line.Length; i++)
        {
            if ((i & 1) == 0) output.Append((byte)' ');
            output.AppendHex(line[i], 2);
        }
    }
}
