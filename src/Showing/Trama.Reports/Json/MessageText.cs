using Trama.Framing;
using Trama.Reports.Forms;

namespace Trama.Reports.Json;

/// <summary>Writes the first bytes of what was said: as <c>text</c> where they are that, else as <c>hex</c>.</summary>
internal static class MessageText
{
    /// <summary>Writes them, behind another member.</summary>
    /// <param name="json">Where they go.</param>
    /// <param name="head">The bytes.</param>
    /// <param name="isCut">Whether more follow.</param>
    /// <param name="full">Whether all of them are written.</param>
    public static void Write(JsonText json, ReadOnlySpan<byte> head, bool isCut, bool full)
    {
        bool isLong = !full && head.Length > FormBounds.HeadBytes;
        if (isLong) head = head[..FormBounds.HeadBytes];
        // They may end inside a character; that does not make them something else than text.
        ReadOnlySpan<byte> text = isCut || isLong ? Utf8Prefix.Whole(head) : head;
        if (VisibleText.IsText(text))
        {
            json.Add(",\"text\":"u8);
            json.AddString(text);
            return;
        }

        json.Add(",\"hex\":\""u8);
        json.AddHex(head);
        json.Add("\""u8);
    }
}
