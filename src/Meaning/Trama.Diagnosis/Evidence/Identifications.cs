using System.Runtime.InteropServices;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>
/// The identifications of one side's IPv4 packets. Where they count up by one a packet, as most systems do for a connection,
/// they tell the order of sending, and what was sent and not seen.
/// </summary>
internal sealed class Identifications
{
    /// <summary>Identifications count up when so many steps of one were seen…</summary>
    private const int CountingSteps = 3;

    /// <summary>…and so large a share of all steps: losses and copies make the others.</summary>
    private const double CountingShare = 0.6;

    private Identifications(bool countUp) => CountUp = countUp;

    /// <summary>Whether they count up.</summary>
    public bool CountUp { get; }

    public static Identifications Read(IReadOnlyList<TracedSegment> segments, Side from, bool isIpv6)
    {
        if (isIpv6) return new Identifications(false);
        int steps = 0, ones = 0, last = 0;
        foreach (ref readonly TracedSegment segment in CollectionsMarshal.AsSpan((List<TracedSegment>)segments))
        {
            // What answers without a connection (a SYN-ACK, some RSTs) carries 0.
            if (segment.From != from || segment.IpIdentification == 0) continue;
            if (last != 0)
            {
                steps++;
                if (Step(last, segment.IpIdentification) is 1) ones++;
            }

            last = segment.IpIdentification;
        }

        return new Identifications(ones >= CountingSteps && ones >= steps * CountingShare);
    }

    /// <summary>How many packets after another one a packet was sent; negative when before it.</summary>
    public static int Step(int from, int to) => (short)(to - from);
}
