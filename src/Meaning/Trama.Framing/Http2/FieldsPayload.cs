using System.Buffers.Binary;

namespace Trama.Framing.Http2;

/// <summary>What surrounds the piece of a header block in a frame: padding, priority, the promised stream (RFC 9113 sections 6.2 and
/// 6.6).</summary>
internal static class FieldsPayload
{
    private const int PrioritySize = 5;
    private const int PromisedSize = 4;

    /// <summary>Finds the piece of a header block in the payload of a frame that carries fields.</summary>
    /// <returns>False when the payload is too short for what surrounds it.</returns>
    public static bool TryFragment(FrameHeader frame, ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> fragment)
    {
        fragment = payload;
        if (frame.Type == FrameType.Continuation) return true;
        int before = frame.IsPadded ? 1 : 0;
        int after = frame.IsPadded && !payload.IsEmpty ? payload[0] : 0;
        if (frame.Type == FrameType.PushPromise) before += PromisedSize;
        else if (frame.HasPriority) before += PrioritySize;
        if (payload.Length < before + after) return false;
        fragment = payload[before..^after];
        return true;
    }

    /// <summary>The stream that a PUSH_PROMISE promises; its fragment was found.</summary>
    public static uint Promised(FrameHeader frame, ReadOnlySpan<byte> payload) =>
        BinaryPrimitives.ReadUInt32BigEndian(payload[(frame.IsPadded ? 1 : 0)..]) & int.MaxValue;
}
