using Trama.Diagnosis.Evidence;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>The same segment again and again, and nothing at all from the other side.</summary>
internal static class PeerVanished
{
    /// <summary>Sent again so often without any answer: the peer is gone. A tail that is lost twice still comes through.</summary>
    private const int UnansweredAttempts = 3;

    public static Rule Rule { get; } = new(FindingId.PeerVanished)
    {
        Judge = Judge,
        Explains =
        [
            FindingId.PacketLoss, FindingId.NoReply, FindingId.ResetByClient, FindingId.ResetByServer, FindingId.SlowServer,
            FindingId.RateLimited,
        ],
        BestSeen = Beside.Sender,
    };

    private static Finding? Judge(ConnectionEvidence evidence) => Judge(evidence, evidence.ToServer) ?? Judge(evidence, evidence.ToClient);

    private static Finding? Judge(ConnectionEvidence evidence, StreamEvidence stream)
    {
        if (!evidence.IsLast || evidence.ToClient.Acknowledged is null) return null;
        int lastHeard = evidence.LastFrom(1 - stream.From), attempts = 0;
        long first = -1, last = -1;
        for (int place = stream.Sent.Length - 1; place >= 0 && stream.Sent[place].Index > lastHeard; place--)
        {
            if (stream.Sent[place].As != SentAs.Again) continue;
            attempts++;
            if (last < 0) last = stream.Sent[place].Index;
            first = stream.Sent[place].Index;
        }

        if (attempts < UnansweredAttempts) return null;
        return new Finding(FindingId.PeerVanished, stream.From == Side.Client ? Party.Server : Party.Client, Severity.Error)
        {
            Packets = [.. lastHeard >= 0 ? [evidence.PacketOf(lastHeard)] : Array.Empty<long>(), evidence.PacketOf((int)first), evidence.PacketOf((int)last)],
            Sender = stream.From,
            Facts =
            [
                new Fact(FactName.Count, attempts),
                new Fact(FactName.SumNs, evidence.Segments[^1].At - evidence.Segments[(int)first].At),
            ],
        };
    }
}
