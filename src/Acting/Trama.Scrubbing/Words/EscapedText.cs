using System.Globalization;

namespace Trama.Scrubbing.Words;

/// <summary>
/// A text in which some characters are written by their numbers, in addresses (<c>%41</c>, RFC 3986 section 2.1) and in mails
/// (<c>=41=42</c>, RFC 2045 section 6.7): it is read, scrubbed as what it says, and written again in the same way.
/// </summary>
internal static class EscapedText
{
    private const int Length = 3;
    private const byte Stray = (byte)'x';

    /// <summary>Scrubs a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="scrub">Scrubs what it says.</param>
    /// <returns>False, with nothing changed, when there is nothing written so in it.</returns>
    public static bool TryScrub(Span<byte> text, SpanChange scrub)
    {
        if (!text.ContainsAny((byte)'%', (byte)'=')) return false;
        byte[] said = new byte[text.Length];
        bool[] escapes = new bool[text.Length];
        int count = 0;
        for (int at = 0; at < text.Length; count++)
        {
            escapes[count] = Begins(text, at, out said[count]);
            at += escapes[count] ? Length : 1;
        }

        if (count == text.Length) return false;
        scrub(said.AsSpan(0, count));
        Write(text, said, escapes);
        return true;
    }

    private static void Write(Span<byte> text, ReadOnlySpan<byte> said, ReadOnlySpan<bool> escapes)
    {
        for (int at = 0, count = 0; at < text.Length; count++)
        {
            if (escapes[count])
            {
                Span<byte> digits = text.Slice(at + 1, Length - 1);
                bool isLarge = digits.ContainsAnyInRange((byte)'A', (byte)'F');
                said[count].TryFormat(digits, out _, isLarge ? "X2" : "x2", CultureInfo.InvariantCulture);
                at += Length;
            }
            else
            {
                // What is no character of the text was made for one that was written by its number.
                text[at] = said[count] < 0x80 || text[at] >= 0x80 ? said[count] : Stray;
                at++;
            }
        }
    }

    private static bool Begins(ReadOnlySpan<byte> text, int at, out byte said)
    {
        said = text[at];
        if (text[at] is not ((byte)'%' or (byte)'=') || !IsEscape(text[at..])) return false;
        // One alone may be a value: port=80.
        bool isOfSeveral = IsEscape(text[at..], Length) || at >= Length && text[at - Length] == '=' && IsEscape(text[(at - Length)..]);
        if (text[at] == '=' && !isOfSeveral) return false;
        return byte.TryParse(text.Slice(at + 1, Length - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out said);
    }

    private static bool IsEscape(ReadOnlySpan<byte> text, int at = 0) => text.Length >= at + Length && text[at] == text[0]
        && Uri.IsHexDigit((char)text[at + 1]) && Uri.IsHexDigit((char)text[at + 2]);
}
