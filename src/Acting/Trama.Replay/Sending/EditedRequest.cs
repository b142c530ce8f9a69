using System.Text;
using Trama.Framing.Http2;
using Trama.Framing.Http2.Fields;
using Trama.Replay.Adapting.Http1;
using Trama.Replay.Adapting.Http2;
using Trama.Replay.Recording;

namespace Trama.Replay.Sending;

/// <summary>Changes requests: fields and cookies of HTTP, and texts anywhere, with the lengths that depend on them.</summary>
internal static class EditedRequest
{
    /// <summary>The message with what is changed.</summary>
    public static RecordedMessage Of(RecordedMessage message, RequestEdits edits, IReadOnlyDictionary<string, string> cookies)
    {
        if (edits.IsEmpty) return message;
        ReadOnlyMemory<byte> bytes = message.Protocol switch
        {
            "http1" => OfHttp1(message.Bytes, edits, cookies),
            "http2" or "grpc" => OfHttp2(message.Bytes, edits, cookies),
            // Lengths within are not known: texts of the same length alone are replaced.
            _ => Rewritten(message.Bytes, edits, isFixed: true),
        };
        return message with { Bytes = bytes, Length = message.Length + bytes.Length - message.Bytes.Length };
    }

    private static ReadOnlyMemory<byte> OfHttp1(ReadOnlyMemory<byte> bytes, RequestEdits edits, IReadOnlyDictionary<string, string> cookies)
    {
        if (HttpHead.Read(bytes) is not { } head) return bytes;
        bool isChunked = head["Transfer-Encoding"] is not null;
        head.Replace(text => Rewritten(text, edits));
        head.Body = Rewritten(head.Body, edits, isFixed: isChunked);
        if (!isChunked && head["Content-Length"] is not null) head["Content-Length"] = $"{head.Body.Length}";
        foreach ((string name, string? value) in edits.Headers) head[name] = value;
        if (edits.CarriesCookies && head["Cookie"] is { } sent) head["Cookie"] = SetCookies.Carried(sent, cookies);
        return head.Write();
    }

    private static ReadOnlyMemory<byte> OfHttp2(ReadOnlyMemory<byte> bytes, RequestEdits edits, IReadOnlyDictionary<string, string> cookies)
    {
        var edited = new StreamMessage();
        bool isFirst = true;
        foreach (Http2Frame frame in StreamMessage.Read(bytes))
        {
            bool ends = frame.Header.EndsStream;
            if (frame.Header.Type == FrameType.Data) edited.Add(Rewritten(frame.Payload, edits, isFixed: true).Span, ends);
            else if (frame.Header.Type == FrameType.ResetStream) edited.Abort(frame.Payload.Span);
            else
            {
                List<HeaderField> fields = FieldBlock.Read(frame.Payload.Span, new HeaderTable()) ?? [];
                edited.Add(Edited(fields, isFirst, edits, cookies), ends);
                isFirst = false;
            }
        }

        return edited.Frames;
    }

    private static IEnumerable<HeaderField> Edited(
        List<HeaderField> fields, bool isFirst, RequestEdits edits, IReadOnlyDictionary<string, string> cookies)
    {
        foreach (HeaderField field in fields)
        {
            if (isFirst && edits.Headers.Any(set => set.Name.Equals(field.Name, StringComparison.OrdinalIgnoreCase))) continue;
            string value = Rewritten(field.Value, edits);
            if (edits.CarriesCookies && field.Name == "cookie") value = SetCookies.Carried(value, cookies);
            yield return field with { Value = value };
        }

        if (!isFirst) yield break;
        foreach ((string name, string? value) in edits.Headers)
            if (value is not null) yield return new HeaderField(name.ToLowerInvariant(), value);
    }

    private static string Rewritten(string text, RequestEdits edits) =>
        edits.Rewrites.Aggregate(text, (current, rewrite) => current.Replace(rewrite.Old, rewrite.New, StringComparison.Ordinal));

    private static ReadOnlyMemory<byte> Rewritten(ReadOnlyMemory<byte> bytes, RequestEdits edits, bool isFixed)
    {
        (string, string)[] rewrites = [.. edits.Rewrites.Where(rewrite => !isFixed || IsFixed(rewrite)).Select(AsBytes)];
        // Each character a byte, so that what is no text stays as it is.
        return rewrites.Length == 0 ? bytes
            : Encoding.Latin1.GetBytes(Rewritten(Encoding.Latin1.GetString(bytes.Span), edits with { Rewrites = rewrites }));
    }

    private static bool IsFixed((string Old, string New) rewrite) =>
        Encoding.UTF8.GetByteCount(rewrite.Old) == Encoding.UTF8.GetByteCount(rewrite.New);

    private static (string Old, string New) AsBytes((string Old, string New) rewrite) =>
        (Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(rewrite.Old)), Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(rewrite.New)));
}
