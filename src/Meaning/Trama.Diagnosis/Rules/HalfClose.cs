using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>One side ended its direction and went on receiving (RFC 9293 section 3.6).</summary>
internal static class HalfClose
{
    public static Rule Rule { get; } = new(FindingId.HalfClose) { Judge = Judge };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        int client = evidence.FirstWith(Side.Client, TcpFlags.Fin), server = evidence.FirstWith(Side.Server, TcpFlags.Fin);
        int first = client >= 0 && (server < 0 || client < server) ? client : server;
        if (first < 0 || evidence.Connection.State == ConnectionState.Reset) return null;
        Side other = 1 - evidence.Segments[first].From;
        int payload = evidence.LastPayloadBefore(other, evidence.Segments.Length);
        // What was on the way when the FIN came says nothing; what acknowledges it was written after it.
        if (payload < first || evidence.Segments[payload].Acknowledgement is not { } acknowledgement) return null;
        TracedSegment fin = evidence.Segments[first];
        if ((int)(acknowledgement - (fin.Sequence + (uint)fin.Length)) <= 0) return null;
        return new Finding(FindingId.HalfClose, Party.None, Severity.Info)
        { Confidence = Confidence.Certain, Packets = [fin.Packet, evidence.PacketOf(payload)], Sender = fin.From };
    }
}
