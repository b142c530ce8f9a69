using System.Buffers.Binary;
using Trama.Scrubbing.Mapping;

namespace Trama.Scrubbing.Content;

/// <summary>Scrubs the frames of WebSocket (RFC 6455 section 5): unmasked, scrubbed, and masked as they were.</summary>
internal sealed class WebSocketScrubber(ScrubKey key, BodyScrubber bodies)
{
    private const byte CompressedBit = 0x40, CloseOpcode = 8, Extended = 126, Longest = 127, MaskBit = 0x80;

    /// <summary>Scrubs frames, one after the other.</summary>
    public void Scrub(Span<byte> frames, ScrubCare care)
    {
        bool isCompressed = false;
        while (frames.Length >= 2)
        {
            int opcode = frames[0] & 0x0f;
            if (opcode is 1 or 2) isCompressed = (frames[0] & CompressedBit) != 0;
            long length = frames[1] & ~MaskBit;
            int at = 2;
            if (length == Extended && frames.Length >= 4) (length, at) = (BinaryPrimitives.ReadUInt16BigEndian(frames[2..]), 4);
            else if (length == Longest && frames.Length >= 10) (length, at) = (BinaryPrimitives.ReadInt64BigEndian(frames[2..]), 10);
            Span<byte> mask = default;
            if ((frames[1] & MaskBit) != 0 && frames.Length >= at + 4)
            {
                mask = frames.Slice(at, 4);
                at += 4;
            }

            at = Math.Min(at, frames.Length);
            Span<byte> payload = frames.Slice(at, (int)Math.Clamp(length, 0, frames.Length - at));
            Mask(payload, mask);
            // The mask is random, but with the payload it would tell what was there.
            key.Replace(mask);
            if (opcode < CloseOpcode && isCompressed) DeflateFiller.Message(payload, key);
            else bodies.Scrub(opcode == CloseOpcode && payload.Length > 2 ? payload[2..] : payload, default, isStructured: true, care);
            Mask(payload, mask);
            frames = frames[(at + payload.Length)..];
        }
    }

    private static void Mask(Span<byte> payload, ReadOnlySpan<byte> mask)
    {
        if (mask.IsEmpty) return;
        for (int at = 0; at < payload.Length; at++) payload[at] ^= mask[at & 3];
    }
}
