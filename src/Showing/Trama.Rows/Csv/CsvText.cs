using System.Buffers;

namespace Trama.Rows.Csv;

/// <summary>Texts as cells of CSV (RFC 4180). One that a spreadsheet would take for a formula begins with an apostrophe instead.</summary>
public static class CsvText
{
    // With these a formula begins, or, after spaces were taken away, what becomes one; East Asian spreadsheets know their wide forms.
    private static readonly SearchValues<byte> s_formula = SearchValues.Create("=+-@\t\r\n"u8);
    private static readonly byte[][] s_wide = [[.. "＝"u8], [.. "＋"u8], [.. "－"u8], [.. "＠"u8]];
    private static readonly SearchValues<byte> s_quoted = SearchValues.Create(",\"\r\n"u8);

    /// <summary>Writes a cell; nothing for an empty text.</summary>
    public static void WriteText(IBufferWriter<byte> output, ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty) return;
        bool isFormula = IsFormula(utf8.TrimStart((byte)' '));
        if (!isFormula && !utf8.ContainsAny(s_quoted))
        {
            output.Write(utf8);
            return;
        }

        output.Write(isFormula ? "\"'"u8 : "\""u8);
        for (int at; (at = utf8.IndexOf((byte)'"')) >= 0; utf8 = utf8[(at + 1)..])
        {
            output.Write(utf8[..at]);
            output.Write("\"\""u8);
        }

        output.Write(utf8);
        output.Write("\""u8);
    }

    private static bool IsFormula(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return false;
        if (s_formula.Contains(text[0])) return true;
        foreach (byte[] sign in s_wide)
            if (text.StartsWith(sign)) return true;
        return false;
    }
}
