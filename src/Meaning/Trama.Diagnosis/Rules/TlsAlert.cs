using Trama.Diagnosis.Evidence;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>A fatal alert in the clear (RFC 8446 section 6.2): one side refuses the handshake, and says why.</summary>
internal static class TlsAlert
{
    private const byte Fatal = 2;

    public static Rule Rule { get; } = new(FindingId.TlsAlert)
    {
        Judge = Judge,
        Explains =
        [
            FindingId.ResetByClient, FindingId.ResetByServer, FindingId.ResetOnUnreadData, FindingId.ClosedWithoutReply, FindingId.NoReply,
        ],
        BestSeen = Beside.Sender,
        Excludes = [new(FindingId.ResetByServer, Exclusion.AlertSaysWhy), new(FindingId.ClosedWithoutReply, Exclusion.AlertSaysWhy)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        foreach (PayloadGlimpse glimpse in evidence.Glimpses)
        {
            if (glimpse.Facts.Record != TlsRecord.FatalAlert) continue;
            ref readonly TracedSegment segment = ref evidence.Segments[glimpse.Index];
            byte description = glimpse.Facts.TlsMessage;
            return new Finding(FindingId.TlsAlert, Whose(segment.From, description), Severity.Error)
            {
                Confidence = Confidence.Certain,
                Packets = [segment.Packet],
                Sender = segment.From,
                Facts = [new Fact(FactName.AlertLevel, Fatal), new Fact(FactName.AlertDescription, description)],
            };
        }

        return null;
    }

    // What is said of a certificate is about the one who showed it; the rest is about who refuses.
    private static Party Whose(Side sender, byte description)
    {
        bool isAboutOther = description is >= 41 and <= 49;
        return isAboutOther == (sender == Side.Client) ? Party.Server : Party.Client;
    }
}
