using Trama.Scrubbing.Mapping;
using Trama.Scrubbing.Words;

namespace Trama.Scrubbing.Content;

/// <summary>
/// Scrubs a message of Protocol Buffers (their encoding guide, "Message Structure"): numbers stay; of what has a length, texts are scrubbed
/// as such, messages field by field, and all else becomes filler.
/// </summary>
internal sealed class ProtobufScrubber(ScrubKey key, TextScrubber text)
{
    private const int MaxDepth = 16;
    private const int Varint = 0, Long = 1, Delimited = 2, Word = 5;

    /// <summary>Scrubs a message.</summary>
    /// <returns>False, with nothing changed, when it is none.</returns>
    public bool TryScrub(Span<byte> message)
    {
        if (!IsMessage(message)) return false;
        Scrub(message, 0);
        return true;
    }

    private void Scrub(Span<byte> message, int depth)
    {
        for (int at = 0; TryTake(message, ref at, out int from, out int kind);)
        {
            if (kind != Delimited || from == at) continue;
            Span<byte> value = message[from..at];
            if (BodyScrubber.IsText(value) && !ValueFiller.IsZlib(value)) text.Scrub(value);
            else if (depth < MaxDepth && IsMessage(value)) Scrub(value, depth + 1);
            else if (!ValueFiller.TryFill(value, key)) text.Scrub(value);
        }
    }

    private static bool IsMessage(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length)
            if (!TryTake(bytes, ref at, out _, out _)) return false;
        return true;
    }

    // A number that says which field it is and how it is written, and what it holds.
    private static bool TryTake(ReadOnlySpan<byte> bytes, ref int at, out int from, out int kind)
    {
        (from, kind) = (at, -1);
        if (at >= bytes.Length || !TryNumber(bytes, ref at, out ulong tag) || tag >> 3 is 0 or > 1 << 29) return false;
        kind = (int)tag & 7;
        ulong length = kind switch { Long => 8, Word => 4, _ => 0 };
        from = at;
        if (kind == Varint) return TryNumber(bytes, ref at, out _);
        if (kind is not (Long or Delimited or Word) || kind == Delimited && !TryNumber(bytes, ref at, out length)) return false;
        from = at;
        if (length > (ulong)(bytes.Length - at)) return false;
        at += (int)length;
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> bytes, ref int at, out ulong number)
    {
        number = 0;
        for (int shift = 0; shift < 64 && at < bytes.Length; shift += 7)
        {
            byte part = bytes[at++];
            number |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80) return true;
        }

        return false;
    }
}
