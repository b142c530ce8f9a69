using System.Globalization;
using System.Text;

namespace Trama.Reports.Text;

/// <summary>How many columns of a terminal text takes.</summary>
public static class TextWidth
{
    // The blocks of wide characters (Unicode Standard Annex 11: W and F), in pairs of first and last.
    private static readonly int[] Wide =
    [
        0x1100, 0x115f, 0x231a, 0x231b, 0x2329, 0x232a, 0x23e9, 0x23ec, 0x25fd, 0x25fe, 0x2614, 0x2615, 0x2648, 0x2653,
        0x26a1, 0x26a1, 0x26bd, 0x26be, 0x26c4, 0x26c5, 0x26d4, 0x26d4, 0x2705, 0x2705, 0x270a, 0x270b, 0x2728, 0x2728,
        0x274c, 0x274c, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797, 0x2b1b, 0x2b1c, 0x2b50, 0x2b50, 0x2e80, 0x303e,
        0x3041, 0x33ff, 0x3400, 0x4dbf, 0x4e00, 0x9fff, 0xa000, 0xa4cf, 0xa960, 0xa97f, 0xac00, 0xd7a3, 0xf900, 0xfaff,
        0xfe30, 0xfe6f, 0xff00, 0xff60, 0xffe0, 0xffe6, 0x1f004, 0x1f004, 0x1f0cf, 0x1f0cf, 0x1f18e, 0x1f18e,
        0x1f191, 0x1f19a, 0x1f200, 0x1f320, 0x1f32d, 0x1f335, 0x1f337, 0x1f37c, 0x1f37e, 0x1f393, 0x1f3a0, 0x1f3ca,
        0x1f3cf, 0x1f3d3, 0x1f3e0, 0x1f3f0, 0x1f3f4, 0x1f3f4, 0x1f3f8, 0x1f43e, 0x1f440, 0x1f440, 0x1f442, 0x1f4fc,
        0x1f4ff, 0x1f53d, 0x1f54b, 0x1f54e, 0x1f550, 0x1f567, 0x1f57a, 0x1f57a, 0x1f595, 0x1f596, 0x1f5a4, 0x1f5a4,
        0x1f5fb, 0x1f64f, 0x1f680, 0x1f6c5, 0x1f6cc, 0x1f6cc, 0x1f6d0, 0x1f6d2, 0x1f6d5, 0x1f6df, 0x1f6eb, 0x1f6ec,
        0x1f6f4, 0x1f6fc, 0x1f7e0, 0x1f7eb, 0x1f90c, 0x1f9ff, 0x1fa70, 0x1faff, 0x20000, 0x3fffd,
    ];

    /// <summary>The columns of a text without control characters.</summary>
    public static int Of(string text)
    {
        if (Ascii.IsValid(text)) return text.Length;
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes()) width += Of(rune);
        return width;
    }

    /// <summary>The text, cut to at most <paramref name="columns"/>; what was cut ends in <paramref name="ellipsis"/>.</summary>
    public static string Fit(string text, int columns, string ellipsis = "…")
    {
        if (Of(text) <= columns) return text;
        int room = columns - Of(ellipsis);
        if (room < 0) return "";
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            room -= Of(rune);
            if (room < 0) break;
            length += rune.Utf16SequenceLength;
        }

        return string.Concat(text.AsSpan(0, length).TrimEnd(' '), ellipsis);
    }

    /// <summary>The text in as many characters of ASCII: letters of Latin without their accents, marks by their likes, a question mark for
    /// everything else.</summary>
    public static string ToAscii(string text)
    {
        // U+00C0 to U+00FF.
        const string letters = "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty";
        return string.Create(text.Length, text, (ascii, said) =>
        {
            for (int at = 0; at < ascii.Length; at++) ascii[at] = said[at] switch
            {
                < '\x7f' => said[at],
                >= '\u00c0' and <= '\u00ff' => letters[said[at] - 0xc0],
                '\u00b7' => ',',
                '\u00b5' => 'u',
                '\u2013' or '\u2212' => '-',
                '\u2192' or '\u25b8' => '>',
                '\u2018' or '\u2019' => '\'',
                '\u201c' or '\u201d' => '"',
                _ => '?',
            };
        });
    }

    private static int Of(Rune rune)
    {
        if (rune.Value < 0x300) return 1;
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.Format) return 0;
        int at = Array.BinarySearch(Wide, rune.Value);
        return at >= 0 || (~at & 1) == 1 ? 2 : 1;
    }
}
