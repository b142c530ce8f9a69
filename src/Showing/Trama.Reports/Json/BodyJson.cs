using System.Text.Json;
using Trama.Framing.Bodies;
using Trama.Tracing;

namespace Trama.Reports.Json;

/// <summary>Writes the member <c>body</c> of a message: what it is, how long before and after its content coding, and its first
/// text.</summary>
internal static class BodyJson
{
    /// <summary>Writes it, if the message has one.</summary>
    /// <param name="json">Where it goes.</param>
    /// <param name="message">The message.</param>
    /// <param name="full">Whether all that was kept of it is written, and not just the first bytes.</param>
    public static void Write(JsonText json, Message message, bool full)
    {
        if (message.Body is not { } body) return;
        json.Add(",\"body\":{"u8);
        json.AddVisible("\"mediaType\":"u8, body.MediaType);
        json.Add(body.MediaType.IsEmpty ? "\"bytes\":"u8 : ",\"bytes\":"u8, body.Bytes);
        json.AddVisible(",\"encoding\":"u8, body.Encoding);
        bool isDecoded = body.Obstacle == BodyObstacle.None;
        if (isDecoded) json.Add(",\"decodedBytes\":"u8, body.DecodedBytes);
        else json.AddName(",\"obstacle\":"u8, JsonNamingPolicy.KebabCaseLower.ConvertName(body.Obstacle.ToString()));
        if (!message.BodyHead.IsEmpty) MessageText.Write(json, message.BodyHead.Span, message.IsBodyHeadCut, full);
        if (full && message.IsBodyHeadCut) json.Add(",\"cut\":true"u8);
        json.Add("}"u8);
    }
}
