using System.Buffers;
using System.Text;
using Trama.Framing.Http2;
using Trama.Framing.Http2.Fields;
using Trama.Replay.Adapting.Bodies;
using Trama.Replay.Recording;
using Trama.Tracing;

namespace Trama.Replay.Adapting.Http2;

/// <summary>HTTP/2 and gRPC: messages in the form of <see cref="StreamMessage"/>; the date and addresses of the server.</summary>
internal sealed class Http2Adaptation : Adaptation
{
    /// <inheritdoc/>
    public override bool IsKeyed => true;

    /// <inheritdoc/>
    public override RecordedConnection ToServe(RecordedConnection recorded) => Http2Recording.Portable(recorded);

    /// <inheritdoc/>
    public override RecordedConnection ToSend(RecordedConnection recorded) => Http2Recording.Portable(recorded);

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Content(ReadOnlyMemory<byte> message, Side from)
    {
        ArrayBufferWriter<byte> content = new(), body = new();
        List<HeaderField> fields = [];
        foreach (Http2Frame frame in StreamMessage.Read(message))
        {
            if (frame.Header.Type == FrameType.Data) body.Write(frame.Payload.Span);
            else if (frame.Header.Type == FrameType.Headers) fields.AddRange(FieldBlock.Read(frame.Payload.Span, new HeaderTable()) ?? []);
        }

        // What is asked for or answered; dates and names of programs tell nothing.
        foreach (HeaderField field in fields)
            if (field.Name is ":method" or ":path" or ":status" or "grpc-status" or "grpc-message")
                Encoding.Latin1.GetBytes($"{field.Name}: {field.Value}\n", content);
        IEnumerable<string> codings = fields.Where(field => field.Name is "content-encoding" or "grpc-encoding")
            .SelectMany(field => field.Value.Split(','));
        string? mediaType = fields.Find(field => field.Name == "content-type").Value;
        content.Write(DecodedBody.Of(body.WrittenMemory, mediaType, codings, from).Span);
        return content.WrittenMemory;
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Write(in Saying saying)
    {
        if (saying.Occasion.Self == Side.Client) return saying.Bytes;
        string live = Authority(saying.Asked?.Bytes) ?? saying.Occasion.LiveServer.ToString();
        string? then = Authority(saying.AskedThen?.Bytes);
        var adapted = new StreamMessage();
        foreach (Http2Frame frame in StreamMessage.Read(saying.Bytes))
        {
            ReadOnlySpan<byte> payload = frame.Payload.Span;
            if (frame.Header.Type == FrameType.Data) adapted.Add(payload, frame.Header.EndsStream);
            else if (frame.Header.Type == FrameType.ResetStream) adapted.Abort(payload);
            else if (FieldBlock.Read(payload, new HeaderTable()) is { } fields)
            {
                Occasion occasion = saying.Occasion;
                adapted.Add(fields.Select(field => Adapted(field, then, live, occasion)), frame.Header.EndsStream);
            }
        }

        return adapted.Frames;
    }

    private static HeaderField Adapted(HeaderField field, string? then, string live, Occasion occasion) => field.Name switch
    {
        "date" => field with { Value = occasion.Time.GetUtcNow().ToString("R") },
        "location" or "content-location" or "alt-svc" => field with { Value = ServerNames.Renamed(field.Value, then, occasion, live) },
        _ => field,
    };

    private static string? Authority(ReadOnlyMemory<byte>? request)
    {
        return request is { } frames ? StreamMessage.Fields(frames).FirstOrDefault(field => field.Name == ":authority").Value : null;
    }
}
