using Trama.Framing.Http2.Hpack;

namespace Trama.Framing.Http2;

/// <summary>
/// Finds a frame after missing bytes: where two headers follow each other at the distance that the first one says, or where a piece ends
/// with a frame that can hardly be anything else.
/// </summary>
internal sealed class FrameBoundary(Http2Exchanges exchanges, Direction direction)
{
    // Of the streams that may have been opened unseen.
    private const uint MostUnseen = 65_536;
    private const uint LastOfUnknown = 1 << 24;

    private readonly HeaderFields _fields = new(readsBodies: false);
    private long _expected = -1;
    private long _found = -1;

    /// <summary>Finds the first frame that is certain.</summary>
    /// <param name="bytes">The next piece of the stream.</param>
    /// <param name="position">Where in the stream it begins.</param>
    /// <returns>Where in it the frame begins; -1 when nowhere.</returns>
    public int Find(ReadOnlySpan<byte> bytes, long position)
    {
        if (position == _found) return 0;
        long expected = _expected - position;
        if (expected >= 0 && expected < bytes.Length && IsLikely(bytes[(int)expected..], out _)) return Found((int)expected, position);
        for (int at = 0; at <= bytes.Length - FrameHeader.Size; at++)
        {
            if (!IsLikely(bytes[at..], out FrameHeader header)) continue;
            int next = at + FrameHeader.Size + header.Length;
            bool isCertain = next < bytes.Length ? IsLikely(bytes[next..], out _)
                : next == bytes.Length && IsCertain(header, bytes[(at + FrameHeader.Size)..]);
            if (isCertain) return Found(at, position);
            // The frame ends in a later piece, and a header there will prove it; unless one that was met before it does.
            if (next >= bytes.Length && _expected < position) _expected = position + next;
        }

        return -1;
    }

    private int Found(int at, long position)
    {
        _found = position + at;
        _expected = -1;
        return at;
    }

    private bool IsLikely(ReadOnlySpan<byte> bytes, out FrameHeader header)
    {
        header = default;
        uint last = exchanges.LastStream;
        return bytes.Length >= FrameHeader.Size
            && FrameHeader.TryReadLikely(bytes, exchanges.MaxFrame, last == 0 ? LastOfUnknown : last + MostUnseen, out header)
            && (direction == Direction.ToClient || (header.Type != FrameType.PushPromise
                && (header.Type != FrameType.Headers || header.Stream % 2 == 1)));
    }

    // Whether a frame that fills its piece to the end is one without another behind it.
    private bool IsCertain(FrameHeader header, ReadOnlySpan<byte> payload) => header.Type switch
    {
        FrameType.Data => exchanges.Find(header.Stream) is not null,
        FrameType.Headers => header.EndsHeaders && FieldsPayload.TryFragment(header, payload, out ReadOnlySpan<byte> block) && Reads(block),
        _ => header.IsUnmistakable,
    };

    // Nothing is known of the direction's table: an empty one is as good.
    private bool Reads(ReadOnlySpan<byte> block)
    {
        _fields.Clear();
        return !block.IsEmpty && HeaderBlock.TryRead(block, new HpackTable(), _fields)
            && (_fields.HasPseudo || _fields.HasUnknown || _fields.GrpcStatus is not null);
    }
}
