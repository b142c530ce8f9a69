using System.Runtime.InteropServices;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>
/// Packets that the capture has twice: a mirror port that copies them in and out, a router seen on both sides, several interfaces in one
/// file. Unlike a duplicate of the network, nearly every packet of a direction is there again, acknowledgements too.
/// </summary>
internal static class Copies
{
    /// <summary>How far back the first sight of a packet is sought, in packets of its direction.</summary>
    private const int Reach = 64;

    /// <summary>A direction is captured twice when so large a share of its packets is there again; networks duplicate a few.</summary>
    private const double CopiedShare = 0.6;

    /// <summary>…and both directions are, where so many packets of the two together are there again.</summary>
    private const int LeastOfBoth = 2;

    /// <summary>The places of the copies among segments, in order; empty when the capture has each packet once.</summary>
    public static List<int> Find(List<TracedSegment> segments)
    {
        Repeats client = Read(CollectionsMarshal.AsSpan(segments), Side.Client),
            server = Read(CollectionsMarshal.AsSpan(segments), Side.Server);
        // Where the numbers of packets tell nothing: no two sides repeat nearly all that they say, each within moments.
        bool areBoth = client.AreMost && server.AreMost && client.Copies.Count + server.Copies.Count >= LeastOfBoth;
        List<int> found = [.. client.AreMost && (client.IsProven || areBoth) ? client.Copies : [],
            .. server.AreMost && (server.IsProven || areBoth) ? server.Copies : []];
        found.Sort();
        return found;
    }

    private static Repeats Read(ReadOnlySpan<TracedSegment> segments, Side from)
    {
        var originals = new List<int>();
        var repeated = new HashSet<int>();
        var copies = new List<int>();
        bool isNumbered = false, isProven = false, hasSameNumber = false, areSoon = true;
        int reported = 0;
        uint? end = null;
        for (int i = 0; i < segments.Length; i++)
        {
            ref readonly TracedSegment segment = ref segments[i];
            if (segment.From != from)
            {
                // The receiver says that something came twice (RFC 2883).
                if (segment.Sack is { } sack && (int)(sack.Right - (segment.Acknowledgement ?? 0)) <= 0) reported++;
                continue;
            }

            // Bytes beyond all that was sent stand nowhere else.
            bool isBeyond = segment.Length > 0 && end is { } sent && (int)(segment.Sequence - sent) >= 0;
            uint own = segment.Sequence + (uint)segment.Length;
            if (end is not { } last || (int)(own - last) > 0) end = own;
            int original = isBeyond ? -1 : OriginalOf(segments, originals, i);
            if (original < 0)
            {
                isNumbered |= originals.Count > 0 && segments[originals[^1]].IpIdentification != segment.IpIdentification;
                originals.Add(i);
                continue;
            }

            copies.Add(i);
            repeated.Add(original);
            hasSameNumber |= segment.IpIdentification != 0;
            areSoon &= segment.At - segments[original].At < Thresholds.SoonestResendNs;
            isProven |= IsProof(segments[original], segment);
        }

        copies.AddRange(Orphans(segments, originals, copies, repeated));
        bool areMost = copies.Count > 0 && reported * 2 <= copies.Count && repeated.Count >= originals.Count * CopiedShare;
        return new Repeats(copies, areMost, isProven || (isNumbered && hasSameNumber)
            || (areSoon && copies.Count > 1 && repeated.Count == originals.Count));
    }

    // Where second sights passed one router more or less than first ones, a packet with their TTL that is there once is a second sight,
    // too: the capture missed the first. Clocks of two interfaces may turn a few pairs round.
    private static List<int> Orphans(ReadOnlySpan<TracedSegment> segments, List<int> originals, List<int> copies,
        HashSet<int> repeated)
    {
        if (copies.Count == 0) return [];
        byte second = segments[copies[^1]].TimeToLive;
        var orphans = new List<int>();
        int alike = 0, turned = 0;
        foreach (int place in copies)
            if (segments[place].TimeToLive == second) alike++;
        foreach (int place in originals)
        {
            if (segments[place].TimeToLive != second) continue;
            if (repeated.Contains(place)) turned++;
            else orphans.Add(place);
        }

        return alike >= copies.Count * Thresholds.SoonShare && turned <= repeated.Count * (1 - Thresholds.SoonShare) ? orphans : [];
    }

    private static int OriginalOf(ReadOnlySpan<TracedSegment> segments, List<int> originals, int index)
    {
        ref readonly TracedSegment later = ref segments[index];
        for (int place = originals.Count - 1, last = Math.Max(0, originals.Count - Reach); place >= last; place--)
        {
            ref readonly TracedSegment earlier = ref segments[originals[place]];
            if (later.At - earlier.At >= Thresholds.RetryNs) break;
            if (IsSame(earlier, later)) return originals[place];
        }

        return -1;
    }

    private static bool IsSame(in TracedSegment one, in TracedSegment other) =>
        one.Sequence == other.Sequence && one.Acknowledgement == other.Acknowledgement && one.Flags == other.Flags
            && one.Length == other.Length
        && one.Window == other.Window && one.Timestamps == other.Timestamps && one.Sack == other.Sack
            && one.IpIdentification == other.IpIdentification;

    // No sender repeats a SYN or a FIN so soon, and none changes the TTL.
    private static bool IsProof(in TracedSegment one, in TracedSegment other) =>
        one.TimeToLive != other.TimeToLive || (one.Flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0;

    // What of one direction is there again: most of it, and surely by the capture's doing.
    private readonly record struct Repeats(List<int> Copies, bool AreMost, bool IsProven);
}
