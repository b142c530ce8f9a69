using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>One SYN, and a server that repeats its SYN-ACK: nobody acknowledges it (RFC 9293 section 3.5).</summary>
internal static class HalfOpen
{
    /// <summary>So many SYN-ACKs: one alone may be unanswered because the capture ends.</summary>
    private const int Answers = 2;

    public static Rule Rule { get; } = new(FindingId.HalfOpen)
    {
        Judge = Judge,
        BestSeen = Beside.Client,
        Excludes = [new(FindingId.ConnectionFiltered, Exclusion.OneSyn), new(FindingId.ConnectionRefused, Exclusion.NoReset)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        int answers = evidence.Attempts(Side.Server);
        // A client that repeats its SYN never got the answer; one that answers with RST did.
        if (answers < Answers || evidence.Attempts(Side.Client) > 1 || evidence.ToClient.Acknowledged is not null) return null;
        if (evidence.CountOf(Side.Client, TcpFlags.Rst) > 0 || evidence.Turns.Any(turn => turn.From == Side.Client)) return null;
        return new Finding(FindingId.HalfOpen, Party.Network, Severity.Error)
        {
            Packets = evidence.PacketsWith(TcpFlags.Syn),
            Sender = Side.Server,
            Facts = [new Fact(FactName.Count, answers), new Fact(FactName.SumNs, evidence.Segments[^1].At - evidence.Segments[0].At)],
        };
    }
}
