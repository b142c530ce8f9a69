using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>A request that was acknowledged, then FIN from the server and no reply.</summary>
internal static class ClosedWithoutReply
{
    public static Rule Rule { get; } = new(FindingId.ClosedWithoutReply)
    {
        Judge = Judge,
        BestSeen = Beside.Server,
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        if (evidence.Turns is not [.., { From: Side.Client } request] || evidence.Reset is { AfterOwnFin: false }) return null;
        int fin = evidence.FirstWith(Side.Server, TcpFlags.Fin), clients = evidence.FirstWith(Side.Client, TcpFlags.Fin);
        if (fin < request.Last || (clients >= 0 && clients < fin && evidence.Segments[clients].At - request.LastAt > 0)) return null;
        if (!(evidence.ToServer.Acknowledged >= request.End) || evidence.IsAnsweredElsewhere(request)) return null;
        // A client that closed by itself meanwhile had said goodbye.
        if (clients >= 0 && evidence.Segments[clients].Acknowledgement is { } acknowledgement && (int)(acknowledgement - (uint)evidence.ToClient.Next) < 0) return null;
        if (evidence.EndsWithGoodbye) return null;
        return new Finding(FindingId.ClosedWithoutReply, Party.Server, Severity.Error)
        {
            Packets = [evidence.PacketOf(request.Last), evidence.PacketOf(fin)],
            Sender = Side.Server,
            Facts = [new Fact(FactName.LongestNs, evidence.Segments[fin].At - request.LastAt), new Fact(FactName.Bytes, request.Bytes)],
        };
    }
}
