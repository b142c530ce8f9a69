using System.Buffers;
using System.Text;
using Trama.Replay.Adapting.Bodies;
using Trama.Replay.Adapting.WebSocket;
using Trama.Tracing;

namespace Trama.Replay.Adapting.Http1;

/// <summary>HTTP/1.1: the date, lengths, addresses of the server, the answer to a WebSocket's key (RFC 9110, RFC 6455 section
/// 4.2.2).</summary>
internal sealed class Http1Adaptation : Adaptation
{
    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Content(ReadOnlyMemory<byte> message, Side from)
    {
        if (HttpHead.Read(message) is not { } head) return message;
        ReadOnlyMemory<byte> body = IsChunked(head) ? ChunkedBody.Join(head.Body.Span) : head.Body;
        body = DecodedBody.Of(body, head["Content-Type"], Codings(head), from);
        // Names of programs, dates and cookies tell nothing of what is asked; the target does.
        var content = new ArrayBufferWriter<byte>(body.Length + head.Start.Length + 1);
        Encoding.Latin1.GetBytes(from == Side.Client ? head.Start : head.Start.Split(' ').ElementAtOrDefault(1) ?? "", content);
        content.Write("\n"u8);
        content.Write(body.Span);
        return content.WrittenMemory;
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Write(in Saying saying)
    {
        if (saying.Occasion.Self == Side.Client || HttpHead.Read(saying.Bytes) is not { } head) return saying.Bytes;
        HttpHead? asked = saying.Asked is { } request ? HttpHead.Read(request.Bytes) : null;
        string live = asked?["Host"] ?? saying.Occasion.LiveServer.ToString();
        string? then = saying.AskedThen is { } recorded ? HttpHead.Read(recorded.Bytes)?["Host"] : null;
        if (head["Date"] is not null) head["Date"] = saying.Occasion.Time.GetUtcNow().ToString("R");
        foreach (string name in (ReadOnlySpan<string>)["Location", "Content-Location", "Alt-Svc"])
            if (head[name] is { } value) head[name] = ServerNames.Renamed(value, then, saying.Occasion, live);
        if (head["Sec-WebSocket-Accept"] is not null && asked?["Sec-WebSocket-Key"] is { } key)
            head["Sec-WebSocket-Accept"] = WebSocketKey.Accept(key);
        // Nothing follows the reply to HEAD, whatever request it was recorded for (RFC 9110 section 9.3.2).
        bool isOfHead = asked?.Start.StartsWith("HEAD ", StringComparison.Ordinal) == true;
        bool wasOfHead = saying.AskedThen?.Bytes.Span.StartsWith("HEAD "u8) == true;
        if (isOfHead) head.Body = default;
        else if (wasOfHead) (head["Content-Length"], head["Transfer-Encoding"]) = ("0", null);
        return head.Write();
    }

    private static IEnumerable<string> Codings(HttpHead head) => head.All("Content-Encoding").SelectMany(value => value.Split(','));

    private static bool IsChunked(HttpHead head) =>
        head["Transfer-Encoding"]?.EndsWith("chunked", StringComparison.OrdinalIgnoreCase) == true;
}
