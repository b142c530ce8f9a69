using Trama.Diagnosis.Evidence;
using Trama.Packets.Decoding;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>
/// A router says that packets are too large (RFC 1191, RFC 8201), and their sender sends them again as large.
/// </summary>
internal static class MtuIgnored
{
    /// <summary>A sender may have more on its way when it is told; what it sends so often again it sends knowingly.</summary>
    private const int Repetitions = 2;

    public static Rule Rule { get; } = new(FindingId.MtuIgnored)
    {
        Judge = Judge,
        Explains =
        [
            FindingId.MtuBlackHole, FindingId.PeerVanished, FindingId.PacketLoss, FindingId.NoReply, FindingId.ResetByClient,
            FindingId.ResetByServer,
            FindingId.SlowServer, FindingId.SlowClient, FindingId.ClosedWithoutReply, FindingId.ConnectionRejectedByIcmp,
        ],
        NeedsOneSideOnly = true,
        BestSeen = Beside.Sender,
        Excludes = [new(FindingId.MtuBlackHole, Exclusion.RouterSpoke), new(FindingId.PeerVanished, Exclusion.RouterSpoke)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        foreach ((long packet, QuotedSegment error) in evidence.Errors)
        {
            if (!PathSize.IsTooSmall(error)) continue;
            StreamEvidence stream = evidence.Stream(error.Source == evidence.Connection.Client ? Side.Client : Side.Server);
            var packets = new List<long> { packet };
            foreach (ref readonly Transmission sent in stream.Sent)
            {
                ref readonly TracedSegment segment = ref evidence.Segments[sent.Index];
                if (segment.Packet > packet && PathSize.IsTooSmall(error, segment) && sent.As is SentAs.Again or SentAs.Refilled)
                    packets.Add(segment.Packet);
            }

            if (packets.Count <= Repetitions) continue;
            return new Finding(FindingId.MtuIgnored, stream.From == Side.Client ? Party.Client : Party.Server, Severity.Error)
            {
                Confidence = Confidence.Certain,
                Packets = packets,
                Sender = stream.From,
                Facts = [new Fact(FactName.Count, packets.Count - 1), new Fact(FactName.Mtu, error.NextHopMtu)],
            };
        }

        return null;
    }
}
