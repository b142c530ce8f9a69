using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>A server that accepts and closes, before it or the client has said anything.</summary>
internal static class ClosedWithoutGreeting
{
    /// <summary>A server that waits longer than this for the first word gave up waiting; sooner, it never meant to listen.</summary>
    private const long PatienceNs = 10_000 * Thresholds.Millisecond;

    // Where the server speaks first: FTP, SSH, telnet, SMTP, POP3, IMAP, MySQL, VNC; with TLS the client does.
    private static readonly ushort[] s_greeting = [21, 22, 23, 25, 110, 143, 587, 3306, 5900];

    public static Rule Rule { get; } = new(FindingId.ClosedWithoutGreeting)
    {
        Judge = Judge,
        BestSeen = Beside.Server,
        Excludes = [new(FindingId.ClosedWithoutReply, Exclusion.NobodyAsked), new(FindingId.ResetByServer, Exclusion.ClosedInOrder)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        if (evidence.Turns.Count > 0 || !evidence.Connection.ToClient.Syn || evidence.ToClient.Acknowledged is null) return null;
        int fin = evidence.FirstWith(Side.Server, TcpFlags.Fin), clients = evidence.FirstWith(Side.Client, TcpFlags.Fin | TcpFlags.Rst);
        if (fin < 0 || (clients >= 0 && clients < fin) || HasUnseenPayload(evidence)) return null;
        long afterNs = evidence.Segments[fin].At - evidence.Segments[0].At;
        bool greets = Array.IndexOf(s_greeting, evidence.Connection.Server.Port) >= 0;
        if (!greets && afterNs > PatienceNs) return null;
        return new Finding(FindingId.ClosedWithoutGreeting, Party.Server, greets ? Severity.Error : Severity.Warning)
        {
            Confidence = greets ? Confidence.Certain : Confidence.Likely,
            Packets = [evidence.PacketOf(0), evidence.PacketOf(fin)],
            Sender = Side.Server,
            Facts = [new Fact(FactName.LongestNs, afterNs)],
        };
    }

    // Both stand where their SYNs left them.
    private static bool HasUnseenPayload(ConnectionEvidence evidence)
    {
        foreach (ref readonly TracedSegment segment in evidence.Segments)
            if (segment.Sequence > 2 || segment.Acknowledgement > 2 || segment.Length > 0) return true;
        return false;
    }
}
