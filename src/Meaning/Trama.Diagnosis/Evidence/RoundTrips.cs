using System.Runtime.InteropServices;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>Measures anew from a segment to its acknowledgement, where copies or a file's order stood in the way of the tracker.</summary>
internal static class RoundTrips
{
    /// <summary>How far back the newest segment that is acknowledged is sought, in segments.</summary>
    private const int Reach = 256;

    /// <summary>Gives each segment that acknowledges something new the time since the newest segment that it acknowledges.</summary>
    public static void Measure(List<TracedSegment> list)
    {
        Span<TracedSegment> segments = CollectionsMarshal.AsSpan(list);
        Span<uint?> acknowledged = [null, null];
        for (int i = 0; i < segments.Length; i++)
        {
            ref TracedSegment segment = ref segments[i];
            if (segment.Acknowledgement is not { } upTo || (segment.Flags & TcpFlags.Rst) != 0) continue;
            uint? before = acknowledged[(int)segment.From];
            bool isNew = before is not { } known || (int)(upTo - known) > 0;
            TracedSegment? sent = isNew ? Newest(segments[..i], segment.From, upTo, before) : null;
            segment = segment with { RttNs = segment.At - sent?.At };
            if (isNew) acknowledged[(int)segment.From] = upTo;
        }
    }

    private static TracedSegment? Newest(ReadOnlySpan<TracedSegment> before, Side from, uint upTo, uint? acknowledged)
    {
        for (int i = before.Length - 1, last = Math.Max(0, before.Length - Reach); i >= last; i--)
        {
            ref readonly TracedSegment sent = ref before[i];
            int length = sent.Length + ((sent.Flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0 ? 1 : 0);
            uint end = sent.Sequence + (uint)length;
            if (sent.From == from || length == 0 || (int)(upTo - end) < 0) continue;
            // What was sent twice may be acknowledged for either (RFC 6298 section 3).
            bool isFirst = acknowledged is not { } known || (int)(end - known) > 0;
            return isFirst && !WasSentBefore(before[..i], sent) ? sent : null;
        }

        return null;
    }

    private static bool WasSentBefore(ReadOnlySpan<TracedSegment> before, in TracedSegment sent)
    {
        for (int i = before.Length - 1, last = Math.Max(0, before.Length - Reach); i >= last; i--)
        {
            ref readonly TracedSegment earlier = ref before[i];
            if (earlier.From == sent.From && earlier.Sequence == sent.Sequence && earlier.Length == sent.Length
                && earlier.Flags == sent.Flags)
                return sent.Length > 0 || (sent.Flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0;
        }

        return false;
    }
}
