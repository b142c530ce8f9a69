using Trama.Diagnosis.Evidence;
using Trama.Packets.Decoding;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>
/// A router says that packets are too large (RFC 1191, RFC 8201), and their sender sends them again as large.
/// </summary>
internal static class MtuIgnored
{
    private const byte Unreachable = 3;
    private const byte FragmentationNeeded = 4;
    private const byte PacketTooBig = 2;

    /// <summary>A sender may have more on its way when it is told; what it sends so often again it sends knowingly.</summary>
    private const int Repetitions = 2;

    /// <summary>The headers of IPv4, or IPv6, and TCP take at least so much of a packet.</summary>
    private const int HeaderBytes = 40;

    public static Rule Rule { get; } = new(FindingId.MtuIgnored)
    {
        Judge = Judge,
        Explains =
        [
            FindingId.MtuBlackHole, FindingId.PeerVanished, FindingId.PacketLoss, FindingId.NoReply, FindingId.ResetByClient,
            FindingId.ResetByServer,
            FindingId.SlowServer, FindingId.SlowClient, FindingId.ClosedWithoutReply, FindingId.ConnectionRejectedByIcmp,
        ],
        BestSeen = Beside.Sender,
        Excludes = [new(FindingId.MtuBlackHole, Exclusion.RouterSpoke), new(FindingId.PeerVanished, Exclusion.RouterSpoke)],
    };

    /// <summary>Whether an ICMP error says that a packet was too large.</summary>
    public static bool SaysTooLarge(in QuotedSegment error) =>
        error.IsIpv6 ? error.Type == PacketTooBig : error is { Type: Unreachable, Code: FragmentationNeeded };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        foreach ((long packet, QuotedSegment error) in evidence.Errors)
        {
            if (!SaysTooLarge(error)) continue;
            StreamEvidence stream = evidence.Stream(error.Source == evidence.Connection.Client ? Side.Client : Side.Server);
            var packets = new List<long> { packet };
            foreach (ref readonly Transmission sent in stream.Sent)
            {
                ref readonly TracedSegment segment = ref evidence.Segments[sent.Index];
                bool isAsLarge = segment.Length + HeaderBytes > (error.NextHopMtu > 0 ? error.NextHopMtu : int.MaxValue);
                if (segment.Packet > packet && isAsLarge && sent.As is SentAs.Again or SentAs.Refilled) packets.Add(segment.Packet);
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
