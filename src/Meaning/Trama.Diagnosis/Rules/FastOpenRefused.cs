using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>
/// Data that came with the SYN, and a SYN-ACK that acknowledges the SYN alone (RFC 7413 section 4.2.2): it is sent once more.
/// </summary>
internal static class FastOpenRefused
{
    public static Rule Rule { get; } = new(FindingId.FastOpenRefused)
    {
        Judge = Judge,
        Excludes = [new(FindingId.PacketLoss, Exclusion.SynWasTakenAlone)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        int syn = evidence.FirstWith(Side.Client, TcpFlags.Syn), answer = evidence.FirstWith(Side.Server, TcpFlags.Syn);
        if (!evidence.IsFirst || syn < 0 || answer < syn || evidence.Segments[syn].Length == 0) return null;
        if (evidence.Segments[answer].Acknowledgement != evidence.Segments[syn].Sequence + 1) return null;
        return new Finding(FindingId.FastOpenRefused, Party.Server, Severity.Info)
        {
            Confidence = Confidence.Certain,
            Packets = [evidence.PacketOf(syn), evidence.PacketOf(answer)],
            Sender = Side.Client,
            Facts = [new Fact(FactName.Bytes, evidence.Segments[syn].Length)],
        };
    }
}
