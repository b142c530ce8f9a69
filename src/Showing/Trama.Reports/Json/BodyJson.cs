using System.Text.Json;
using Trama.Framing.Bodies;
using Trama.Tracing;

namespace Trama.Reports.Json;

/// <summary>Writes the member <c>body</c> of a message: what it is, how long before and after its content coding, and its first
/// text.</summary>
internal static class BodyJson
{
    /// <summary>Writes it, if the message has one.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="message">The message.</param>
    /// <param name="full">Whether all that was kept of it is written, and not just the first bytes.</param>
    public static void Write(Utf8JsonWriter writer, Message message, bool full)
    {
        if (message.Body is not { } body) return;
        writer.WriteStartObject("body"u8);
        Words(writer, "mediaType"u8, body.MediaType);
        writer.WriteNumber("bytes"u8, body.Bytes);
        Words(writer, "encoding"u8, body.Encoding);
        bool isDecoded = body.Obstacle == BodyObstacle.None;
        if (isDecoded && body.DecodedBytes is { } decoded) writer.WriteNumber("decodedBytes"u8, decoded);
        if (!isDecoded) writer.WriteString("obstacle"u8, JsonNamingPolicy.KebabCaseLower.ConvertName(body.Obstacle.ToString()));
        if (!message.BodyHead.IsEmpty) MessageText.Write(writer, message.BodyHead.Span, message.IsBodyHeadCut, full);
        if (full && message.IsBodyHeadCut) writer.WriteBoolean("cut"u8, true);
        writer.WriteEndObject();
    }

    private static void Words(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReadOnlySpan<byte> words)
    {
        if (words.IsEmpty) return;
        if (Framing.VisibleText.IsPlain(words)) writer.WriteString(name, words);
        else writer.WriteString(name, Framing.VisibleText.Of(words));
    }
}
