using Trama.Packets.Transport;

namespace Trama.Diagnosis.Rules;

/// <summary>A SYN answered with RST (RFC 9293 section 3.10.7.1).</summary>
internal static class ConnectionRefused
{
    public static Rule Rule { get; } = new(FindingId.ConnectionRefused)
    {
        Judge = Judge,
        BestSeen = Beside.Server,
        Excludes = [new(FindingId.ConnectionFiltered, Exclusion.AnswerCame), new(FindingId.SlowToOpen, Exclusion.RefusedAtOnce)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        if (!evidence.WasRefused) return null;
        return new Finding(FindingId.ConnectionRefused, Party.Server, Severity.Error)
        {
            Confidence = Confidence.Certain,
            Packets = evidence.PacketsWith(TcpFlags.Syn | TcpFlags.Rst),
            Facts = [new Fact(FactName.Count, evidence.Connection.ToServer.Packets)],
        };
    }
}
