using System.Buffers;

namespace Trama.Rows.Sql;

/// <summary>
/// DuckDB's JSON as everybody reads it: numbers for which JSON has no form stand bare in it (<c>NaN</c>, <c>Infinity</c>,
/// <c>-Infinity</c>), and become texts, as DuckDB itself writes such values alone.
/// </summary>
internal static class StandardJson
{
    /// <summary>The same JSON without bare words.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlySpan<byte> json)
    {
        var standard = new ArrayBufferWriter<byte>(json.Length + 1);
        while (!json.IsEmpty)
        {
            int length = LengthOfText(json);
            if (length > 0) standard.Write(json[..length]);
            else if (Replaces(json, "NaN"u8, "\"nan\""u8, standard)) length = "NaN".Length;
            else if (Replaces(json, "Infinity"u8, "\"inf\""u8, standard)) length = "Infinity".Length;
            else if (Replaces(json, "-Infinity"u8, "\"-inf\""u8, standard)) length = "-Infinity".Length;
            else standard.Write(json[..(length = 1)]);
            json = json[length..];
        }

        return standard.WrittenMemory;
    }

    // A text with its quotation marks, where one begins: what follows a backslash is no end of it.
    private static int LengthOfText(ReadOnlySpan<byte> json)
    {
        if (json[0] != '"') return 0;
        int end = 1;
        while (end < json.Length && json[end] != '"') end += json[end] == '\\' ? 2 : 1;
        return Math.Min(end + 1, json.Length);
    }

    private static bool Replaces(
        ReadOnlySpan<byte> json, ReadOnlySpan<byte> word, ReadOnlySpan<byte> text, ArrayBufferWriter<byte> standard)
    {
        if (!json.StartsWith(word)) return false;
        standard.Write(text);
        return true;
    }
}
