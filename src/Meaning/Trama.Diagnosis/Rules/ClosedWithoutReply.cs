using Trama.Diagnosis.Evidence;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>A request that was acknowledged, then FIN from the server and no reply.</summary>
internal static class ClosedWithoutReply
{
    /// <summary>A server that closes sooner than this after a message closes because of it.</summary>
    private const long ReactionNs = 1000 * Thresholds.Millisecond;

    public static Rule Rule { get; } = new(FindingId.ClosedWithoutReply)
    {
        Judge = Judge,
        BestSeen = Beside.Server,
        Excludes = [new(FindingId.PacketLoss, Exclusion.RequestWasAcknowledged), new(FindingId.ResetByServer, Exclusion.ClosedInOrder)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        if (evidence.Turns is not [.., { From: Side.Client } request] || evidence.Reset is { AfterOwnFin: false }) return null;
        int fin = evidence.FirstWith(Side.Server, TcpFlags.Fin), clients = evidence.FirstWith(Side.Client, TcpFlags.Fin);
        if (fin < request.Last || (clients >= 0 && clients < fin && evidence.Segments[clients].At - request.LastAt > 0)) return null;
        if (!(evidence.ToServer.Acknowledged >= request.End) || evidence.IsAnsweredElsewhere(request)) return null;
        // A client that closed by itself meanwhile had said goodbye.
        if (clients >= 0 && evidence.Segments[clients].Acknowledgement is { } acknowledgement
            && (int)(acknowledgement - (uint)evidence.ToClient.Next) < 0) return null;
        long afterNs = evidence.Segments[fin].At - request.LastAt;
        if (HowSure(evidence, request, afterNs) is not { } confidence) return null;
        return new Finding(FindingId.ClosedWithoutReply, Party.Server, confidence == Confidence.Possible ? Severity.Info : Severity.Error)
        {
            Confidence = confidence,
            Packets = [evidence.PacketOf(request.Last), evidence.PacketOf(fin)],
            Sender = Side.Server,
            Facts = [new Fact(FactName.LongestNs, afterNs), new Fact(FactName.Bytes, request.Bytes)],
        };
    }

    private static Confidence? HowSure(ConnectionEvidence evidence, Turn request, long afterNs) => evidence.Dialogue.DueFor(request) switch
    {
        Due.Protocol => Confidence.Certain,
        Due.Habit or Due.Waiting when afterNs < ReactionNs && evidence.Dialogue.MayBeQuestion(request) => Confidence.Likely,
        Due.Habit or Due.Waiting => Confidence.Possible,
        _ => null,
    };
}
