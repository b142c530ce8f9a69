using Trama.Diagnosis.Evidence;
using Trama.Packets;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>
/// A TLS handshake in which one side is silent for long: the program, or what it asks (a key store, OCSP, a person), takes that time.
/// </summary>
internal static class TlsHandshakeSlow
{
    public static Rule Rule { get; } = new(FindingId.TlsHandshakeSlow)
    {
        Judge = Judge,
        BestSeen = Beside.Party,
        Excludes = [new(FindingId.SlowNetwork, Exclusion.HandshakeWasQuick), new(FindingId.PacketLoss, Exclusion.NothingWasRepeated)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        if (evidence.TlsHandshake is not { IsWhole: true } handshake) return null;
        long totalNs = handshake.End - handshake.Begin;
        (int before, int after, long ownNs) = LongestSilence(evidence, handshake.Begin, handshake.End);
        if (ownNs < Thresholds.SlowReplyNs || ownNs > totalNs) return null;
        Side whose = evidence.Segments[after].From;
        return new Finding(FindingId.TlsHandshakeSlow, whose == Side.Client ? Party.Client : Party.Server, Severity.Warning)
        {
            Confidence = IsSurelyOwn(evidence, before, after) ? Confidence.Certain : Confidence.Likely,
            Kind = PartOf(handshake, whose, evidence.Segments[after].At),
            Packets = [evidence.PacketOf(before), evidence.PacketOf(after)],
            Sender = whose,
            Facts = [new Fact(FactName.LongestNs, ownNs), new Fact(FactName.SumNs, totalNs)],
        };
    }

    // The longest silence between two payloads, less the path's share of it.
    private static (int Before, int After, long OwnNs) LongestSilence(ConnectionEvidence evidence, Timestamp begin, Timestamp end)
    {
        (int Before, int After, long OwnNs) longest = (0, 0, 0);
        int last = -1;
        for (int i = 0; i < evidence.Segments.Length; i++)
        {
            ref readonly TracedSegment segment = ref evidence.Segments[i];
            if (segment.Length == 0 || segment.At < begin) continue;
            if (segment.At > end) break;
            if (last >= 0)
            {
                bool isAnswer = evidence.Segments[last].From != segment.From;
                long ownNs = segment.At - evidence.Segments[last].At - (isAnswer ? evidence.Vantage.LegTo(segment.From) : 0);
                if (ownNs > longest.OwnNs && !evidence.WasDisturbed(last, i)) longest = (last, i, ownNs);
            }

            last = i;
        }

        return longest;
    }

    // Its kernel had acknowledged long before, or it went on after its own words.
    private static bool IsSurelyOwn(ConnectionEvidence evidence, int before, int after)
    {
        ReadOnlySpan<TracedSegment> segments = evidence.Segments;
        if (segments[before].From == segments[after].From) return true;
        for (int i = before + 1; i < after; i++)
            if (segments[i].From == segments[after].From && segments[after].At - segments[i].At > Thresholds.SlowReplyNs / 2) return true;
        return false;
    }

    private static FindingKind PartOf(in TlsHandshake handshake, Side whose, Timestamp at) => whose == Side.Client
        ? FindingKind.ClientFinished
        : handshake.ServerHelloAt is { } hello && at > hello ? FindingKind.ServerFinished : FindingKind.ServerHello;
}
