using Trama.Diagnosis.Evidence;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>
/// A small write whose acknowledgement the peer delays, and a second one that waits for it: Nagle's algorithm meeting the delayed
/// acknowledgement (RFC 9293 sections 3.7.4 and 3.8.6.3).
/// </summary>
internal static class NagleDelayedAck
{
    /// <summary>
    /// An acknowledgement waits so long at most for the reply (RFC 9293 section 3.8.6.3); then the kernel sends it alone.
    /// </summary>
    private const long DelayedAckNs = 500 * Thresholds.Millisecond;

    /// <summary>…and what waited for one leaves at once.</summary>
    private const long AtOnceNs = 15 * Thresholds.Millisecond;

    /// <summary>From this many waits on it is how the program writes.</summary>
    private const int NagleWaits = 3;

    /// <summary>Nagle's algorithm holds back less than a segment.</summary>
    private const int SmallBytes = 1200;

    public static Rule Rule { get; } = new(FindingId.NagleDelayedAck)
    {
        Judge = Judge,
        BestSeen = Beside.Party,
        Excludes = [new(FindingId.SlowServer, Exclusion.LeftWithTheAcknowledgement),
            new(FindingId.SlowClient, Exclusion.LeftWithTheAcknowledgement)],
    };

    private static Finding? Judge(ConnectionEvidence evidence) => Judge(evidence, evidence.ToServer) ?? Judge(evidence, evidence.ToClient);

    private static Finding? Judge(ConnectionEvidence evidence, StreamEvidence stream)
    {
        int waits = 0;
        long sumNs = 0, longestNs = 0;
        var packets = new List<long>();
        long ackLegNs = evidence.Vantage.LegTo(1 - stream.From), writerLegNs = evidence.Vantage.LegTo(stream.From);
        ReadOnlySpan<Transmission> sent = stream.Sent;
        ReadOnlySpan<TracedSegment> segments = evidence.Segments;
        for (int place = 1; place < sent.Length; place++)
        {
            ref readonly Transmission first = ref sent[place - 1], second = ref sent[place];
            if (first.As != SentAs.New || second.As != SentAs.New || second.Start != first.End) continue;
            ref readonly TracedSegment one = ref segments[first.Index], two = ref segments[second.Index];
            if (one.Length is 0 or >= SmallBytes || two.Length == 0) continue;
            if (!TryFindAck(segments, first, second, out int ack)) continue;
            ref readonly TracedSegment acknowledgement = ref segments[ack];
            long delayedNs = acknowledgement.At - one.At - ackLegNs, followedNs = two.At - acknowledgement.At - writerLegNs;
            if (delayedNs is < Thresholds.ShortestDelayedAckNs or > DelayedAckNs || followedNs > AtOnceNs) continue;
            waits++;
            sumNs += delayedNs;
            longestNs = Math.Max(longestNs, delayedNs);
            packets.AddRange([one.Packet, acknowledgement.Packet, two.Packet]);
        }

        if (waits < NagleWaits) return null;
        return new Finding(FindingId.NagleDelayedAck, stream.From == Side.Client ? Party.Client : Party.Server, Severity.Warning)
        {
            Packets = packets,
            Sender = stream.From,
            Facts = [new Fact(FactName.Count, waits), new Fact(FactName.LongestNs, longestNs), new Fact(FactName.SumNs, sumNs)],
        };
    }

    // Between the two writes only the acknowledgement of the first, and nothing that its receiver said.
    private static bool TryFindAck(ReadOnlySpan<TracedSegment> segments, in Transmission first, in Transmission second, out int ack)
    {
        ack = -1;
        for (int i = first.Index + 1; i < second.Index; i++)
        {
            ref readonly TracedSegment between = ref segments[i];
            if (between.From == segments[first.Index].From) continue;
            if (between.Length > 0) return false;
            if (between.Acknowledgement == (uint)first.End) ack = i;
        }

        return ack >= 0;
    }
}
