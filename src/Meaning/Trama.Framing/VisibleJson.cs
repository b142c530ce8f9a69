using System.Buffers;
using System.Globalization;
using System.Text;

namespace Trama.Framing;

/// <summary>
/// JSON that shows what is in it: characters that hide or reorder text (those of Unicode's category Cf, and its line and paragraph
/// separators) are written as <c>\u202e</c>. To a program that reads it the text is the same.
/// </summary>
public static class VisibleJson
{
    private const byte FirstBeyondAscii = 0x80;

    /// <summary>The JSON with such characters escaped; itself when there are none.</summary>
    /// <param name="json">Whole values in UTF-8. Only in strings such characters can be.</param>
    /// <param name="room">Where it is written, if it has to be; what was there before is gone.</param>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> json, ArrayBufferWriter<byte> room)
    {
        ArgumentNullException.ThrowIfNull(room);
        int done = 0;
        bool isWritten = false;
        // Most JSON is ASCII, for which a range is searched several times as fast as a set.
        for (int at = 0; json[at..].IndexOfAnyInRange(FirstBeyondAscii, byte.MaxValue) is >= 0 and int beyond;)
        {
            at += beyond;
            if (!IsLead(json[at]))
            {
                at++;
                continue;
            }

            bool isWhole = Rune.DecodeFromUtf8(json[at..], out Rune rune, out int used) == OperationStatus.Done;
            if (isWhole && IsHidden(rune))
            {
                if (!isWritten) room.ResetWrittenCount();
                isWritten = true;
                room.Write(json[done..at]);
                Escape(rune, room);
                done = at + used;
            }

            at += used;
        }

        if (!isWritten) return json;
        room.Write(json[done..]);
        return room.WrittenSpan;
    }

    // What such characters begin with in UTF-8; much else begins so too.
    private static bool IsLead(byte value) => value is 0xc2 or 0xd8 or 0xdb or 0xdc or 0xe0 or 0xe1 or 0xe2 or 0xef or 0xf0 or 0xf3;

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static void Escape(Rune rune, ArrayBufferWriter<byte> room)
    {
        Span<char> units = stackalloc char[2];
        foreach (char unit in units[..rune.EncodeToUtf16(units)])
            room.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}")));
    }
}
