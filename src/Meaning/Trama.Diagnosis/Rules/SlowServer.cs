using Trama.Diagnosis.Evidence;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>Requests that were acknowledged and answered late.</summary>
internal static class SlowServer
{
    /// <summary>Servers of mail and files search and sort for a command; a second of it is no fault.</summary>
    private const long SlowCommandNs = 1500 * Thresholds.Millisecond;

    /// <summary>Mail servers let strangers wait for a moment before they greet; this is longer.</summary>
    private const long SlowGreetingNs = 3000 * Thresholds.Millisecond;

    /// <summary>Less than this, now and then…</summary>
    public const long FeltNs = 1000 * Thresholds.Millisecond;

    /// <summary>…and a smaller share than this of the connection's life, nobody feels.</summary>
    private const double FeltShare = 0.1;

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
            if (reply.From != Side.Server || reply.FirstAt <= evidence.TlsHandshake?.End) continue;
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

        if (slow == 0) return JudgeGreeting(evidence);
        long lifeNs = evidence.Segments[^1].At - evidence.Segments[0].At;
        bool isFelt = longestNs >= FeltNs || sumNs >= lifeNs * FeltShare;
        return new Finding(FindingId.SlowServer, Party.Server, isFelt ? Severity.Warning : Severity.Info)
        {
            Confidence = isProven ? Confidence.Certain : Confidence.Likely,
            Packets = packets,
            Sender = Side.Server,
            Facts = [new Fact(FactName.Count, slow), new Fact(FactName.Total, exchanges), new Fact(FactName.LongestNs, longestNs),
                new Fact(FactName.SumNs, sumNs)],
        };
    }

    // Who has to say first what it is, and does so late, looks up names, or waits for a process that is to serve.
    private static Finding? JudgeGreeting(ConnectionEvidence evidence)
    {
        if (!evidence.IsFirst || evidence.Turns is not [{ From: Side.Server } greeting, ..] || !evidence.Dialogue.IsGreeted) return null;
        int opened = evidence.FirstWith(Side.Server, TcpFlags.Syn);
        if (opened < 0 || evidence.Connection.HandshakeNs is null || evidence.WasDisturbed(opened, greeting.First)) return null;
        long lateNs = greeting.FirstAt - evidence.Segments[opened].At - evidence.RttNs;
        if (lateNs < SlowGreetingNs) return null;
        return new Finding(FindingId.SlowServer, Party.Server, Severity.Warning)
        {
            Kind = FindingKind.Greeting,
            Packets = [evidence.PacketOf(opened), evidence.PacketOf(greeting.First)],
            Sender = Side.Server,
            Facts = [new Fact(FactName.Count, 1), new Fact(FactName.LongestNs, lateNs), new Fact(FactName.SumNs, lateNs)],
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
