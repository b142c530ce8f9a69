using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>A server's close of a connection in which nobody had spoken.</summary>
/// <param name="Opening">The packet that opened it.</param>
/// <param name="Closing">The packet that closed it.</param>
/// <param name="AfterNs">From one to the other, in nanoseconds.</param>
internal readonly record struct SilentClose(long Opening, long Closing, long AfterNs)
{
    /// <summary>That of a connection; null where somebody spoke, or the client closed first.</summary>
    public static SilentClose? Of(ConnectionEvidence evidence)
    {
        if (evidence.Turns.Count > 0 || !evidence.Connection.ToClient.Syn || evidence.ToClient.Acknowledged is null) return null;
        int fin = evidence.FirstWith(Side.Server, TcpFlags.Fin), clients = evidence.FirstWith(Side.Client, TcpFlags.Fin | TcpFlags.Rst);
        if (fin < 0 || (clients >= 0 && clients < fin) || HasUnseenPayload(evidence)) return null;
        return new SilentClose(evidence.PacketOf(0), evidence.PacketOf(fin), evidence.Segments[fin].At - evidence.Segments[0].At);
    }

    // Both stand where their SYNs left them.
    private static bool HasUnseenPayload(ConnectionEvidence evidence)
    {
        foreach (ref readonly TracedSegment segment in evidence.Segments)
            if (segment.Sequence > 2 || segment.Acknowledgement > 2 || segment.Length > 0) return true;
        return false;
    }
}
