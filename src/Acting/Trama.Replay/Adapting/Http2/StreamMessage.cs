using System.Buffers;
using Trama.Framing.Http2;
using Trama.Framing.Http2.Fields;

namespace Trama.Replay.Adapting.Http2;

/// <summary>
/// A request or reply of one stream of HTTP/2 in a form that fits any connection: frames of stream 0, header fields as literals, without
/// padding and priority, the last one with END_STREAM or a RST_STREAM.
/// </summary>
internal sealed class StreamMessage
{
    private readonly ArrayBufferWriter<byte> _frames = new();

    /// <summary>Its frames.</summary>
    public ReadOnlyMemory<byte> Frames => _frames.WrittenMemory;

    /// <summary>Adds header fields.</summary>
    public void Add(IEnumerable<HeaderField> fields, bool endsStream) => Write(FrameType.Headers,
        (byte)(Http2Frame.EndHeaders | (endsStream ? Http2Frame.EndStream : 0)), FieldBlock.Write(fields).Span);

    /// <summary>Adds a piece of the body.</summary>
    public void Add(ReadOnlySpan<byte> data, bool endsStream) => Write(FrameType.Data, endsStream ? Http2Frame.EndStream : (byte)0, data);

    /// <summary>It ends before its time.</summary>
    /// <param name="code">The payload of RST_STREAM.</param>
    public void Abort(ReadOnlySpan<byte> code) => Write(FrameType.ResetStream, 0, code);

    /// <summary>The frames of a message in this form.</summary>
    public static IEnumerable<Http2Frame> Read(ReadOnlyMemory<byte> frames)
    {
        while (Http2Frame.TryRead(frames, out Http2Frame frame))
        {
            frames = frames[(FrameHeader.Size + frame.Payload.Length)..];
            yield return frame;
        }
    }

    /// <summary>The header fields of a message in this form, trailers included.</summary>
    public static IEnumerable<HeaderField> Fields(ReadOnlyMemory<byte> frames) => Read(frames)
        .Where(frame => frame.Header.Type == FrameType.Headers)
        .SelectMany(frame => FieldBlock.Read(frame.Payload.Span, new HeaderTable()) ?? []);

    private void Write(FrameType type, byte flags, ReadOnlySpan<byte> payload) => Http2Frame.Write(_frames, type, flags, 0, payload);
}
