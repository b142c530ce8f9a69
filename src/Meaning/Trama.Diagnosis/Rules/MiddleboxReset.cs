using Trama.Diagnosis.Evidence;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>A RST that its alleged sender cannot have sent.</summary>
internal static class MiddleboxReset
{
    /// <summary>Systems that count their packets up skip few identifications within a connection.</summary>
    private const int IdentificationStep = 64;

    /// <summary>Another TTL, and an answer sooner than its sender could give, are two signs each; what a packet lacks is one.</summary>
    private const int ForgedSigns = 3;

    public static Rule Rule { get; } = new(FindingId.MiddleboxReset)
    {
        Judge = Judge,
        Explains =
        [
            FindingId.ResetByClient, FindingId.ResetByServer, FindingId.ResetOnUnreadData, FindingId.PacketLoss, FindingId.NoReply,
        ],
        Excludes = [new(FindingId.ResetByServer, Exclusion.DoesNotFitItsSender),
            new(FindingId.ResetByClient, Exclusion.DoesNotFitItsSender)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        if (evidence.Reset is not { } reset) return null;
        ref readonly TracedSegment forged = ref evidence.Segments[reset.Index];
        bool hasOtherTtl = true, othersHaveTimestamps = true;
        int usual = -1, lastIdentification = 0;
        for (int i = 0; i < reset.Index; i++)
        {
            ref readonly TracedSegment segment = ref evidence.Segments[i];
            if (segment.From != forged.From) continue;
            usual = segment.TimeToLive;
            if (segment.TimeToLive == forged.TimeToLive) hasOtherTtl = false;
            if (segment.Timestamps is null) othersHaveTimestamps = false;
            if (segment.IpIdentification != 0) lastIdentification = segment.IpIdentification;
        }

        if (usual < 0) return null;
        bool lacksTimestamps = othersHaveTimestamps && forged.Timestamps is null;
        bool hasStrayIdentification = evidence.Identifications(forged.From).CountUp && forged.IpIdentification != 0
            && Identifications.Step(lastIdentification, forged.IpIdentification) is < 1 or > IdentificationStep;
        bool isTooSoon = AnswersTooSoon(evidence, reset);
        int signs = (hasOtherTtl ? 2 : 0) + (lacksTimestamps ? 1 : 0) + (hasStrayIdentification ? 1 : 0) + (isTooSoon ? 2 : 0);
        // One that lacks timestamps may answer for a socket that is gone; one with them and another TTL came by another road.
        bool isForged = signs >= ForgedSigns || (hasOtherTtl && !othersHaveTimestamps && forged.Timestamps is null);
        if (!isForged) return null;
        return new Finding(FindingId.MiddleboxReset, Party.Network, WasIgnored(evidence, reset) ? Severity.Info : Severity.Error)
        {
            // A TTL of its own and one sign more.
            Confidence = signs > ForgedSigns ? Confidence.Certain : Confidence.Likely,
            Packets = [.. evidence.LastPacketsBefore(reset.Index, 1), forged.Packet],
            Sender = forged.From,
            Facts = hasOtherTtl ? [new Fact(FactName.TimeToLive, forged.TimeToLive), new Fact(FactName.UsualTimeToLive, usual)] : [],
        };
    }

    // Whom it was meant for went on as if nothing had come, and was answered: it lay outside the window (RFC 5961 section 3).
    private static bool WasIgnored(ConnectionEvidence evidence, Reset reset)
    {
        bool wentOn = false;
        for (int i = reset.Index + 1; i < evidence.Segments.Length; i++)
        {
            ref readonly TracedSegment segment = ref evidence.Segments[i];
            if ((segment.Flags & TcpFlags.Rst) != 0) continue;
            if (segment.From == reset.From && wentOn && segment.Length > 0) return true;
            wentOn |= segment.From != reset.From && segment.Length > 0;
        }

        return false;
    }

    // It acknowledges what its alleged sender cannot have received yet.
    private static bool AnswersTooSoon(ConnectionEvidence evidence, Reset reset)
    {
        ref readonly TracedSegment forged = ref evidence.Segments[reset.Index];
        if (forged.Acknowledgement is not { } acknowledgement || (forged.Flags & TcpFlags.Ack) == 0) return false;
        for (int i = reset.Index - 1; i >= 0; i--)
        {
            ref readonly TracedSegment sent = ref evidence.Segments[i];
            if (sent.From == forged.From || sent.Length == 0) continue;
            return sent.Sequence + (uint)sent.Length == acknowledgement
                && forged.At - sent.At < evidence.Vantage.LegTo(forged.From) * Thresholds.TooSoonShare;
        }

        return false;
    }
}
