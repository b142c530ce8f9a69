using System.Buffers;
using System.Text;
using Trama.Framing;
using Trama.Framing.Bodies;
using Trama.Tracing;

namespace Trama.Replay.Adapting.Bodies;

/// <summary>What a body of HTTP says: the same may be compressed in many ways, and gzip tells when it was.</summary>
internal static class DecodedBody
{
    /// <summary>A body without its content coding (RFC 9110 section 8.4), or the codings of its messages of gRPC.</summary>
    /// <param name="body">The body as it was sent; of one that is cut, what there is.</param>
    /// <param name="mediaType">What Content-Type says; null when there is none.</param>
    /// <param name="codings">What Content-Encoding or grpc-encoding says.</param>
    /// <param name="from">Who sent it: of what anybody may ask, less is decoded.</param>
    /// <returns>The body as it is where it is not encoded, or in a way that cannot be read.</returns>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> body, string? mediaType, IEnumerable<string> codings, Side from)
    {
        var fields = new BodyFields();
        if (mediaType is not null) fields.TakeType(Encoding.Latin1.GetBytes(mediaType));
        foreach (string coding in codings) fields.TakeEncoding(Encoding.Latin1.GetBytes(coding));
        if (body.IsEmpty || fields.Coding is ContentCoding.Identity or ContentCoding.Other) return body;
        var decoded = new Collected();
        var reading = new BodyReading(from == Side.Client ? BodyReading.ShardAdvance : BodyReading.Advance);
        var message = new MessageBody(reading, decoded, default, fields);
        message.Take(body.Span);
        bool isRead = message.Obstacle == BodyObstacle.None;
        message.End(isCut: true);
        return isRead ? decoded.Body.WrittenMemory : body;
    }

    private sealed class Collected : IMessageSink
    {
        public ArrayBufferWriter<byte> Body { get; } = new();

        void IMessageSink.OnContent(in MessageId message, ContentKind kind, long missing, ReadOnlySpan<byte> bytes) => Body.Write(bytes);

        void IMessageSink.OnBytes(in MessageId message, Origin origin, ReadOnlySpan<byte> bytes)
        {
        }

        void IMessageSink.OnMissing(in MessageId message, Origin origin, long count)
        {
        }

        void IMessageSink.OnMessageEnd(in MessageId message, in MessageEnd end)
        {
        }

        void IMessageSink.OnLost(Direction direction, int layer)
        {
        }

        void IMessageSink.OnUnfit(Direction direction, string framing, FramingFailure failure)
        {
        }
    }
}
