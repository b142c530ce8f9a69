using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>Both sides sent FIN before they saw the other's (RFC 9293 section 3.6).</summary>
internal static class SimultaneousClose
{
    public static Rule Rule { get; } = new(FindingId.SimultaneousClose) { Judge = Judge };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        int client = evidence.FirstWith(Side.Client, TcpFlags.Fin), server = evidence.FirstWith(Side.Server, TcpFlags.Fin);
        if (client < 0 || server < 0) return null;
        // The later FIN does not acknowledge the earlier one.
        (int first, int second) = client < server ? (client, server) : (server, client);
        TracedSegment earlier = evidence.Segments[first], later = evidence.Segments[second];
        if (later.Acknowledgement is not { } acknowledgement
            || (int)(acknowledgement - (earlier.Sequence + (uint)earlier.Length)) > 0) return null;
        return new Finding(FindingId.SimultaneousClose, Party.None, Severity.Info)
        { Confidence = Confidence.Certain, Packets = [earlier.Packet, later.Packet] };
    }
}
