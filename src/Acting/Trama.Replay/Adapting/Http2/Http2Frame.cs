using System.Buffers;
using System.Buffers.Binary;
using Trama.Framing.Http2;

namespace Trama.Replay.Adapting.Http2;

/// <summary>A frame of HTTP/2 (RFC 9113 section 4.1).</summary>
/// <param name="Header">What it begins with.</param>
/// <param name="Payload">What follows.</param>
internal readonly record struct Http2Frame(FrameHeader Header, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Ends the sender's side of a stream; acknowledges SETTINGS and PING.</summary>
    public const byte EndStream = 0x1;

    /// <summary>Ends a block of header fields.</summary>
    public const byte EndHeaders = 0x4;

    private const int PriorityLength = 5;

    /// <summary>The payload without padding and priority; what is left of one that is too short for them.</summary>
    public ReadOnlyMemory<byte> Content
    {
        get
        {
            ReadOnlyMemory<byte> content = Payload;
            bool mayBePadded = Header.Type is FrameType.Data or FrameType.Headers or FrameType.PushPromise;
            if (mayBePadded && Header.IsPadded && !content.IsEmpty)
            {
                int padding = content.Span[0];
                content = content[1..];
                content = content[..Math.Max(0, content.Length - padding)];
            }

            int skipped = Header.Type == FrameType.Headers && Header.HasPriority ? PriorityLength
                : Header.Type == FrameType.PushPromise ? 4 : 0;
            return content[Math.Min(skipped, content.Length)..];
        }
    }

    /// <summary>Reads the frame that bytes begin with.</summary>
    /// <returns>False when it is not whole.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, out Http2Frame frame)
    {
        frame = default;
        if (bytes.Length < FrameHeader.Size) return false;
        var header = FrameHeader.Read(bytes.Span);
        if (bytes.Length - FrameHeader.Size < header.Length) return false;
        frame = new Http2Frame(header, bytes.Slice(FrameHeader.Size, header.Length));
        return true;
    }

    /// <summary>Writes a frame.</summary>
    public static void Write(ArrayBufferWriter<byte> output, FrameType type, byte flags, uint stream, ReadOnlySpan<byte> payload)
    {
        Span<byte> header = output.GetSpan(FrameHeader.Size);
        BinaryPrimitives.WriteInt32BigEndian(header, payload.Length << 8 | (byte)type);
        header[4] = flags;
        BinaryPrimitives.WriteUInt32BigEndian(header[5..], stream);
        output.Advance(FrameHeader.Size);
        output.Write(payload);
    }
}
