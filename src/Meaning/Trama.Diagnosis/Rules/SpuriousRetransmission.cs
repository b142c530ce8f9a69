using Trama.Diagnosis.Evidence;

namespace Trama.Diagnosis.Rules;

/// <summary>
/// Segments sent again that had arrived (RFC 5682): a timer that was too short for the path, or an acknowledgement that was lost.
/// </summary>
internal static class SpuriousRetransmission
{
    public static Rule Rule { get; } = new(FindingId.SpuriousRetransmission) { Judge = Judge };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        StreamEvidence stream = evidence.ToServer.Needless.Count >= evidence.ToClient.Needless.Count
            ? evidence.ToServer : evidence.ToClient;
        if (stream.Needless.Count == 0) return null;
        var packets = new List<long>();
        foreach (int place in stream.Needless) packets.Add(evidence.PacketOf(stream.Sent[place].Index));
        packets.Sort();
        return new Finding(FindingId.SpuriousRetransmission, Party.Network, Severity.Info)
        {
            Confidence = Confidence.Certain,
            Packets = packets,
            Sender = stream.From,
            Facts = [new Fact(FactName.Count, packets.Count)],
        };
    }
}
