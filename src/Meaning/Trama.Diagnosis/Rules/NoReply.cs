using Trama.Diagnosis.Evidence;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>A request that was acknowledged and never answered: the client closes when it has waited enough.</summary>
internal static class NoReply
{
    /// <summary>A client whose messages were answered one by one, and that stays so long after a short one, waits for an answer.</summary>
    private const long PatienceNs = 3000 * Thresholds.Millisecond;

    public static Rule Rule { get; } = new(FindingId.NoReply)
    {
        Judge = Judge,
        BestSeen = Beside.Server,
        Excludes = [new(FindingId.PacketLoss, Exclusion.RequestWasAcknowledged),
            new(FindingId.PeerVanished, Exclusion.RequestWasAcknowledged)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        if (evidence.Turns is not [.., { From: Side.Client } request] || !(evidence.ToServer.Acknowledged >= request.End)
            || evidence.IsAnsweredElsewhere(request)) return null;
        int fin = evidence.FirstWith(Side.Client, TcpFlags.Fin), servers = evidence.FirstWith(Side.Server, TcpFlags.Fin);
        if (fin < request.Last || (servers >= 0 && servers < fin)) return null;
        long waitedNs = evidence.Segments[fin].At - request.LastAt;
        if (waitedNs < Thresholds.WaitedNs || evidence.Dialogue.DueFor(request) is not (> Due.Unknown and var due)) return null;
        bool isShort = due < Due.Protocol && !evidence.Dialogue.MayBeQuestion(request);
        bool isLast = isShort && (due < Due.Habit || waitedNs < PatienceNs);
        return new Finding(FindingId.NoReply, Party.Server, isLast ? Severity.Info : Severity.Error)
        {
            Confidence = isLast ? Confidence.Possible : due > Due.Waiting && !isShort ? Confidence.Certain : Confidence.Likely,
            Packets = [evidence.PacketOf(request.Last), evidence.PacketOf(fin)],
            Sender = Side.Server,
            Facts = [new Fact(FactName.LongestNs, waitedNs), new Fact(FactName.Bytes, request.Bytes)],
        };
    }
}
