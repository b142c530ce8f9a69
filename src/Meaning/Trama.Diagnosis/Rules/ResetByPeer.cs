using Trama.Diagnosis.Evidence;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>A side that aborted: RST in place of FIN, while something was under way or the other side expected more.</summary>
internal static class ResetByPeer
{
    /// <summary>An abort sooner than this after the last data breaks off what was under way; later, the connection was idle.</summary>
    private const long UnderWayNs = 900 * Thresholds.Millisecond;

    public static Rule Rule { get; } = new(FindingId.ResetByServer, FindingId.ResetByClient)
    {
        Judge = Judge,
        BestSeen = Beside.Sender,
        Excludes = [new(FindingId.MiddleboxReset, Exclusion.FitsItsSender), new(FindingId.IdleTimeout, Exclusion.SilenceWasShort)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        if (evidence.Reset is not { AfterOwnFin: false } reset || evidence.Connection.State != ConnectionState.Reset || evidence.WasRefused)
            return null;
        if (Kind(evidence, reset) is not { } kind) return null;
        FindingId id = reset.From == Side.Server ? FindingId.ResetByServer : FindingId.ResetByClient;
        Party party = reset.From == Side.Server ? Party.Server : Party.Client;
        TracedSegment rst = evidence.Segments[reset.Index];
        // Of a talk that began before the capture, and of which its sender shows nothing else, nobody knows whose RST it is. One that
        // acknowledges nothing even says that its host has no such connection (RFC 9293 section 3.10.7.1): it is not that which aborts.
        bool isStray = evidence.BeginsMidway && evidence.FirstFrom(reset.From) == reset.Index;
        bool isUnknown = isStray && rst.Acknowledgement is null;
        // A client that ends with RST what owed it nothing, as programs do that are closed, aborts nothing.
        bool isMere = reset.From == Side.Client && kind == FindingKind.NoReply && evidence.Turns is [.., { From: Side.Client } last]
            && evidence.Dialogue.DueFor(last) == Due.Unknown;
        Severity severity = isUnknown || isMere ? Severity.Info : isStray || kind == FindingKind.Idle ? Severity.Warning : Severity.Error;
        return new Finding(id, party, severity)
        {
            Confidence = isStray || isMere ? Confidence.Possible : Confidence.Likely,
            Kind = kind,
            Sender = reset.From,
            Packets = [.. evidence.LastPacketsBefore(reset.Index, 2), rst.Packet],
            Facts = evidence.Turns.LastOrDefault(turn => turn.First < reset.Index) is { } before
                ? [new Fact(FactName.LongestNs, Math.Max(0, rst.At - before.LastAt))] : [],
        };
    }

    private static FindingKind? Kind(ConnectionEvidence evidence, Reset reset)
    {
        Turn? last = evidence.Turns.LastOrDefault(turn => turn.First < reset.Index);
        if (last is null) return reset is { From: Side.Server, AfterOthersFin: false } ? FindingKind.Idle : null;
        // Behind the other side's FIN nobody waits for anything: that the other closed without an answer is another finding.
        if (last.From == Side.Client) return reset.AfterOthersFin || (reset.From == Side.Server && Unseen.HasReply(evidence, last))
            ? null : FindingKind.NoReply;
        StreamEvidence reply = evidence.ToClient;
        if (reset.From == Side.Client)
        {
            // What the client had not acknowledged, or came after, is a reply that it did not read.
            long read = Math.Max(reply.Acknowledged ?? 0, evidence.Segments[reset.Index].Acknowledgement ?? 0);
            bool unread = evidence.HasPayloadAfter(Side.Server, reset.Index) || reply.Next > read + 1;
            return unread && !reset.AfterOthersFin ? FindingKind.MidReply : null;
        }

        if (reset.AfterOthersFin) return null;
        return evidence.Segments[reset.Index].At - last.LastAt < UnderWayNs ? FindingKind.MidReply : FindingKind.Idle;
    }
}
