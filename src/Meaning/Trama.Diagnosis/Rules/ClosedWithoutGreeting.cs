using Trama.Diagnosis.Evidence;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>A server that accepts and closes, before it or the client has said anything.</summary>
internal static class ClosedWithoutGreeting
{
    /// <summary>A server that waits longer than this for the first word gave up waiting; sooner, it never meant to listen.</summary>
    private const long PatienceNs = 10_000 * Thresholds.Millisecond;

    /// <summary>Where the client speaks first, one that is silent for so long has nothing to say.</summary>
    private const long LetGoNs = 500 * Thresholds.Millisecond;

    // Where the server speaks first, and no other connection of the capture shows who does: FTP, SSH, telnet, SMTP, POP3, IMAP, MySQL,
    // VNC; with TLS the client does.
    private static readonly ushort[] s_greeting = [21, 22, 23, 25, 110, 143, 587, 3306, 5900];

    public static Rule Rule { get; } = new(FindingId.ClosedWithoutGreeting)
    {
        Judge = Judge,
        BestSeen = Beside.Server,
        Excludes = [new(FindingId.ClosedWithoutReply, Exclusion.NobodyAsked), new(FindingId.ResetByServer, Exclusion.ClosedInOrder)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        if (SilentClose.Of(evidence) is not { } close) return null;
        bool isDue = Array.IndexOf(s_greeting, evidence.Connection.Server.Port) >= 0;
        return !isDue && close.AfterNs > PatienceNs ? null : Of(close, isDue);
    }

    /// <summary>The finding of a close before anybody spoke.</summary>
    /// <param name="close">The close.</param>
    /// <param name="isDue">Whether a greeting was: by the port, or by the server's habit.</param>
    public static Finding Of(in SilentClose close, bool isDue) =>
        new(FindingId.ClosedWithoutGreeting, Party.Server, isDue ? Severity.Error : Severity.Warning)
        {
            Confidence = isDue ? Confidence.Certain : Confidence.Likely,
            Packets = [close.Opening, close.Closing],
            Sender = Side.Server,
            Facts = [new Fact(FactName.LongestNs, close.AfterNs)],
        };

    /// <summary>The finding where the client always speaks first: one that says nothing for a while may be let go.</summary>
    public static Finding Weighed(Finding finding) =>
        finding.Id == FindingId.ClosedWithoutGreeting && finding[FactName.LongestNs] >= LetGoNs
        ? finding with { Severity = Severity.Info, Confidence = Confidence.Possible } : finding;
}
