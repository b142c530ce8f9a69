using Trama.Diagnosis.Evidence;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>Requests that were acknowledged and answered late.</summary>
internal static class SlowServer
{
    /// <summary>Servers of mail and files search and sort for a command; a second of it is no fault.</summary>
    private const long SlowCommandNs = 1500 * Thresholds.Millisecond;

    public static Rule Rule { get; } = new(FindingId.SlowServer)
    {
        Judge = Judge,
        BestSeen = Beside.Server,
        Excludes = [new(FindingId.SlowNetwork, Exclusion.RequestWasAcknowledged), new(FindingId.PacketLoss, Exclusion.NothingWasRepeated)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        long leastNs = evidence.Dialogue.HasStatusLines ? SlowCommandNs : Thresholds.SlowReplyNs;
        int slow = 0, exchanges = 0;
        bool isProven = false;
        long sumNs = 0, longestNs = 0;
        var packets = new List<long>();
        for (int i = 1; i < evidence.Turns.Count; i++)
        {
            Turn request = evidence.Turns[i - 1], reply = evidence.Turns[i];
            // What a side takes of the TLS handshake is told as that.
            if (reply.From != Side.Server || reply.FirstAt <= evidence.TlsHandshakeEnd) continue;
            exchanges++;
            long thinkNs = reply.FirstAt - request.LastAt - evidence.Vantage.LegToServerNs;
            if (thinkNs < leastNs || !WasAcknowledgedEarly(evidence, request, reply)
                || evidence.WasDisturbed(request.First, reply.First)) continue;
            Due due = evidence.Dialogue.DueFor(request);
            if (due == Due.Unknown || (due < Due.Protocol && thinkNs > Dialogue.LongestThoughtNs)) continue;
            isProven |= due > Due.Waiting;
            slow++;
            sumNs += thinkNs;
            longestNs = Math.Max(longestNs, thinkNs);
            packets.AddRange([evidence.PacketOf(request.Last), evidence.PacketOf(reply.First)]);
        }

        if (slow == 0) return null;
        return new Finding(FindingId.SlowServer, Party.Server, Severity.Warning)
        {
            Confidence = isProven ? Confidence.Certain : Confidence.Likely,
            Packets = packets,
            Sender = Side.Server,
            Facts = [new Fact(FactName.Count, slow), new Fact(FactName.Total, exchanges), new Fact(FactName.LongestNs, longestNs),
                new Fact(FactName.SumNs, sumNs)],
        };
    }

    // The request was with the server long before the reply: not the path was slow.
    private static bool WasAcknowledgedEarly(ConnectionEvidence evidence, Turn request, Turn reply)
    {
        for (int i = request.First; i < reply.First; i++)
        {
            ref readonly TracedSegment segment = ref evidence.Segments[i];
            if (segment.From == Side.Server && segment.Acknowledgement is { } acknowledgement
                && (int)(acknowledgement - (uint)request.End) >= 0)
                return reply.FirstAt - segment.At > Thresholds.SlowReplyNs - Thresholds.ShortestDelayedAckNs * 4;
        }

        return false;
    }
}
