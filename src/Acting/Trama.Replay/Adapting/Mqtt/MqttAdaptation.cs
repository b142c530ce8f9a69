using System.Buffers.Binary;
using Trama.Tracing;

namespace Trama.Replay.Adapting.Mqtt;

/// <summary>MQTT: an acknowledgement names the packet that it acknowledges; the name of a client tells nothing, the version that it speaks
/// tells whose replies it can read.</summary>
internal sealed class MqttAdaptation : Adaptation
{
    private const int Connect = 1, Publish = 3, Subscribe = 8, Unsubscribe = 10, UnsubscribeAcknowledged = 11;

    // PINGREQ and PINGRESP: a client that hears nothing goes (MQTT 5.0 section 3.12).
    private const byte Ping = 0xc0, PingReply = 0xd0;

    // As CONNECT has it; empty until it was seen.
    private ReadOnlyMemory<byte> _version;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Operation(ReadOnlyMemory<byte> operation) =>
        operation.IsEmpty || _version.IsEmpty ? operation : (byte[])[.. operation.Span, 0, .. _version.Span];

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte>? UnknownReply(LiveMessage asked, Occasion occasion) =>
        asked.Bytes.Span is [Ping, 0] ? new byte[] { PingReply, 0 } : null;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Content(ReadOnlyMemory<byte> message, Side from)
    {
        if (message.Length > 0 && message.Span[0] >> 4 == Connect) return _version = Version(message);
        if (!TryFindId(message.Span, out int at)) return message;
        byte[] content = message.ToArray();
        content.AsSpan(at, 2).Clear();
        // It may have been said before (MQTT 3.1.1, section 3.3.1.1).
        if (content[0] >> 4 == Publish) content[0] &= 0xf7;
        return content;
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Write(in Saying saying)
    {
        if (saying.Asked is not { } asked || !TryFindId(asked.Bytes.Span, out int of) || !IsAcknowledgement(saying.Bytes.Span)
            || !TryFindId(saying.Bytes.Span, out int at)) return saying.Bytes;
        byte[] bytes = saying.Bytes.ToArray();
        asked.Bytes.Span.Slice(of, 2).CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    // The protocol's name and its level (MQTT 3.1.1, sections 3.1.2.1 and 3.1.2.2).
    private static ReadOnlyMemory<byte> Version(ReadOnlyMemory<byte> connect)
    {
        ReadOnlyMemory<byte> body = connect[Math.Min(HeaderLength(connect.Span), connect.Length)..];
        return body.Length < 2 ? default : body[..Math.Min(body.Length, 2 + BinaryPrimitives.ReadUInt16BigEndian(body.Span) + 1)].ToArray();
    }

    private static bool IsAcknowledgement(ReadOnlySpan<byte> packet) =>
        packet is [var first, ..] && first >> 4 is > Publish and <= UnsubscribeAcknowledged and not Subscribe and not Unsubscribe;

    private static int HeaderLength(ReadOnlySpan<byte> packet)
    {
        int at = 1;
        while (at < packet.Length && at <= 4 && packet[at] >= 0x80) at++;
        return at + 1;
    }

    // MQTT 3.1.1, sections 2.2.3 and 2.3.1.
    private static bool TryFindId(ReadOnlySpan<byte> packet, out int at)
    {
        at = HeaderLength(packet);
        if (packet.IsEmpty) return false;
        int type = packet[0] >> 4;
        if (type == Publish)
        {
            // With a quality of service of 0 it has none.
            if ((packet[0] & 6) == 0 || packet.Length < at + 2) return false;
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(packet[at..]);
        }
        else if (type is < Publish or > UnsubscribeAcknowledged) return false;

        return packet.Length >= at + 2;
    }
}
