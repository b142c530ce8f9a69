using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Trama.Framing;

/// <summary>
/// The one rule for showing bytes of a peer to a person: printable UTF-8 stays as it is; whatever could move a cursor,
/// colour a terminal, reorder or hide text is spelled out. <c>\n \r \t \\</c> have their short forms, another control character and a byte
/// that is not UTF-8 are told by their number, <c>\x1b</c> and <c>\xff</c>, and a formatting character of Unicode is
/// <c>\u{202e}</c>. What is mostly binary (<see cref="IsBinary"/>) is shown in hexadecimal instead; see <see cref="HexText"/>.
/// </summary>
public static class VisibleText
{
    // Printable ASCII without the backslash needs no spelling out.
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x7f - 0x20).Select(value => (byte)value).Where(value => value != '\\')]);

    private const int LookedAt = 256;

    // The control characters of ASCII that text does not have, and what it may have of ASCII.
    private static readonly SearchValues<byte> Control = SearchValues.Create(
        [.. Enumerable.Range(0, 0x80).Select(value => (byte)value)
            .Where(value => value is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r') or 0x7f)]);

    private static readonly SearchValues<byte> Ascii = SearchValues.Create(
        [.. Enumerable.Range(0, 0x80).Select(value => (byte)value).Where(value => !Control.Contains(value))]);

    /// <summary>The text of some bytes, safe for a terminal and on one line.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        Append(text, bytes);
        return text.ToString();
    }

    /// <summary>Whether bytes stay as they are: printable ASCII without a backslash.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExcept(Plain);

    /// <summary>Writes the text of some bytes in UTF-8, safe for a terminal and on one line.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int plain = bytes.IndexOfAnyExcept(Plain);
            if (plain < 0) plain = bytes.Length;
            output.Write(bytes[..plain]);
            bytes = bytes[plain..];
            if (bytes.IsEmpty) return;
            bool isCharacter = Rune.DecodeFromUtf8(bytes, out Rune rune, out int used) == OperationStatus.Done;
            output.Write(isCharacter && rune.Value > 0x7f && IsPrintable(rune) ? bytes[..used] : Encoding.UTF8.GetBytes(Of(bytes[..used])));
            bytes = bytes[used..];
        }
    }

    /// <summary>The text of a string that came from outside, safe for a terminal and on one line.</summary>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>The last door before a terminal: what was spelled out before is not spelled out again, since a backslash stays; what could
    /// still do harm is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="kept">Control characters that may pass.</param>
    public static string Checked(string text, string kept = "")
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return text;
        var visible = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool stays = rune.Value == '\\' || (rune.Value < ' ' && kept.Contains((char)rune.Value, StringComparison.Ordinal));
            if (stays) visible.Append((char)rune.Value);
            else Append(visible, rune);
        }

        return visible.ToString();
    }

    /// <summary>Appends the text of some bytes, safe for a terminal and on one line.</summary>
    public static void Append(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(bytes, out Rune rune, out int used);
            if (status == OperationStatus.Done)
                Append(text, rune);
            else
                foreach (byte unknown in bytes[..used]) text.Append(CultureInfo.InvariantCulture, $"\\x{unknown:x2}");
            bytes = bytes[used..];
        }
    }

    /// <summary>
    /// Whether bytes are mostly no text: of the first of them, more than a fourth would have to be spelled out as numbers.
    /// </summary>
    public static bool IsBinary(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, LookedAt)];
        if (IsPlain(bytes)) return false;
        int numbers = 0, whole = bytes.Length;
        while (!bytes.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(bytes, out Rune rune, out int used);
            // A character may be cut where the bytes that are looked at end.
            if (status == OperationStatus.NeedMoreData) break;
            bool stays = status == OperationStatus.Done && (IsPrintable(rune) || rune.Value is '\n' or '\r' or '\t');
            if (!stays) numbers += used;
            bytes = bytes[used..];
        }

        return numbers * 4 > whole;
    }

    /// <summary>Whether bytes are UTF-8 without control characters other than tab, CR and LF: text, in the sense of the JSON
    /// output.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes)
    {
        int at = bytes.IndexOfAnyExcept(Ascii);
        return at < 0 || (bytes[at] >= 0x80 && !bytes.ContainsAny(Control) && Utf8.IsValid(bytes) && !ContainsC1(bytes));
    }

    // In UTF-8 the control characters U+0080 to U+009F are C2 followed by their own number.
    private static bool ContainsC1(ReadOnlySpan<byte> utf8)
    {
        for (int at; (at = utf8.IndexOf((byte)0xc2)) >= 0; utf8 = utf8[(at + 2)..])
            if (utf8[at + 1] < 0xa0) return true;
        return false;
    }

    private static void Append(StringBuilder text, Rune rune)
    {
        switch (rune.Value)
        {
            case '\n': text.Append("\\n"); return;
            case '\r': text.Append("\\r"); return;
            case '\t': text.Append("\\t"); return;
            case '\\': text.Append("\\\\"); return;
        }

        Span<char> characters = stackalloc char[2];
        if (IsPrintable(rune)) text.Append(characters[..rune.EncodeToUtf16(characters)]);
        else if (rune.IsAscii) text.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}");
        else text.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
    }

    private static bool IsPrintable(Rune rune) => rune.Value is >= 0x20 and < 0x7f || rune.Value >= 0xa0
        && Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => false,
            _ => true,
        };
}
