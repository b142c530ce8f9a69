using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>
/// RST in place of FIN, right behind the reply: the server closed while bytes of the request were unread (RFC 2525 section 2.17,
/// RFC 9293 section 3.6.1).
/// </summary>
internal static class ResetOnUnreadData
{
    /// <summary>
    /// A side that has unread bytes when it closes sends RST right behind its last data; a program that aborts does so later.
    /// </summary>
    private const long RightBehindNs = 10 * Thresholds.Millisecond;

    public static Rule Rule { get; } = new(FindingId.ResetOnUnreadData)
    {
        Judge = Judge,
        Explains = [FindingId.ResetByServer, FindingId.PacketLoss],
        BestSeen = Beside.Server,
        Excludes = [new(FindingId.ResetByServer, Exclusion.RightBehindTheReply), new(FindingId.MiddleboxReset, Exclusion.FitsItsSender)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        if (evidence.Reset is not { From: Side.Server, AfterOwnFin: false, AfterOthersFin: false } reset) return null;
        int reply = evidence.LastPayloadBefore(Side.Server, reset.Index);
        if (reply < 0 || (evidence.ToServer.Next <= 1 && !evidence.BeginsMidway)) return null;
        TracedSegment last = evidence.Segments[reply], rst = evidence.Segments[reset.Index];
        if (rst.At - last.At > RightBehindNs) return null;
        long lost = rst.Acknowledgement is { } acknowledgement ? evidence.ToServer.Next - acknowledgement : 0;
        // A request that came after the reply, and was read, was simply not answered.
        bool isAnswered = evidence.Turns.LastOrDefault(turn => turn.First < reset.Index) is { From: Side.Server };
        if (!isAnswered && lost <= 0) return null;
        return new Finding(FindingId.ResetOnUnreadData, Party.Server, Severity.Error)
        {
            Confidence = lost > 0 ? Confidence.Certain : Confidence.Likely,
            Kind = lost > 0 ? FindingKind.Upload : FindingKind.Trailing,
            Packets = [last.Packet, rst.Packet],
            Sender = Side.Server,
            Facts = [new Fact(FactName.LongestNs, rst.At - last.At), new Fact(FactName.LostBytes, Math.Max(0, lost))],
        };
    }
}
