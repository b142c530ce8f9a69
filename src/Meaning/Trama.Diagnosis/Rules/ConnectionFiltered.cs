using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>SYNs without any answer, or SYN-ACKs that never arrive.</summary>
internal static class ConnectionFiltered
{
    public static Rule Rule { get; } = new(FindingId.ConnectionFiltered)
    {
        Judge = Judge,
        Excludes = [new(FindingId.ConnectionRefused, Exclusion.NoAnswerCame),
            new(FindingId.ConnectionRejectedByIcmp, Exclusion.NoErrorCame)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        int attempts = evidence.Attempts(Side.Client), answers = evidence.CountOf(Side.Server, TcpFlags.Syn);
        if (attempts < 2 || evidence.Connection.State == ConnectionState.Refused || evidence.Errors.Count > 0) return null;
        if (evidence.ToClient.Acknowledged is not null || evidence.CountOf(Side.Client, TcpFlags.Rst) > 0) return null;
        // At the server's host itself, nothing on the path took the answer away.
        bool isAtServer = evidence.Vantage.HopsFromClient > 0;
        return new Finding(FindingId.ConnectionFiltered, answers == 0 && isAtServer ? Party.Server : Party.Network, Severity.Error)
        {
            Kind = answers > 0 ? FindingKind.ReturnPath : isAtServer ? FindingKind.Host : FindingKind.Plain,
            Packets = evidence.PacketsWith(TcpFlags.Syn),
            Sender = answers > 0 ? Side.Server : Side.Client,
            Facts = [new Fact(FactName.Count, attempts), new Fact(FactName.SumNs, evidence.Segments[^1].At - evidence.Segments[0].At)],
        };
    }
}
