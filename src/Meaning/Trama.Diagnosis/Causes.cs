using System.Diagnostics;
using Trama.Diagnosis.Rules;

namespace Trama.Diagnosis;

/// <summary>The rules in the order of causes, and which findings a cause explains away.</summary>
internal static class Causes
{
    // In the order of causes: what only the whole capture shows first, what is only worth knowing last.
    private static readonly Rule[] s_rules =
    [
        PathOutage.Rule, PortScan.Rule, SynFlood.Rule, BacklogOverflow.Rule, ConnectionRefused.Rule, ConnectionRejectedByIcmp.Rule,
        ConnectionFiltered.Rule,
        HalfOpen.Rule, ConnectionCollision.Rule, SlowToOpen.Rule, ClosedWithoutGreeting.Rule, TlsAlert.Rule, IdleCloseRace.Rule,
        TranslationLost.Rule, MiddleboxReset.Rule, IdleTimeout.Rule, KeepaliveFailure.Rule, MtuIgnored.Rule, MtuBlackHole.Rule,
        PeerVanished.Rule, ResetOnUnreadData.Rule,
        ResetByPeer.Rule, MessageSplit.Rule, MessagesCoalesced.Rule, ClosedWithoutReply.Rule, NoReply.Rule, RateLimited.Rule,
        WindowExceeded.Rule, ZeroWindow.Rule, CorruptedChecksum.Rule, Duplication.Rule, Reordering.Rule, PacketLoss.Rule,
        WindowLimited.Rule,
        NagleDelayedAck.Rule, SlowNetwork.Rule, TlsHandshakeSlow.Rule, SlowServer.Rule, SlowClient.Rule, ErrorReplies.Rule,
        SimultaneousClose.Rule, HalfClose.Rule,
        FastOpenRefused.Rule, SenderLimited.Rule, SlowStartAfterIdle.Rule, SpuriousRetransmission.Rule, GarbledText.Rule, RetryStorm.Rule,
        DuplicatedCapture.Rule, OneWayCapture.Rule, CaptureLoss.Rule,
        PortReuse.Rule,
    ];

    private static readonly Dictionary<FindingId, int> s_places = s_rules.SelectMany((rule, place) => rule.Ids.Select(id => (id, place)))
        .ToDictionary();

    /// <summary>The rule of a finding.</summary>
    public static Rule RuleOf(FindingId id) => s_rules[s_places[id]];

    /// <summary>Judges a connection: what was found, causes before consequences, without what they explain.</summary>
    public static List<Finding> Judge(ConnectionEvidence evidence)
    {
        var findings = new List<Finding>();
        foreach (Rule rule in s_rules)
        {
            if ((rule.NeedsAcknowledgements && evidence.IsFiltered)
                || (!rule.NeedsOneSideOnly && evidence.IsOneSided) || rule.Judge?.Invoke(evidence) is not { } finding) continue;
            // Rules go by the time, packets are numbered by the file.
            if (evidence.IsReordered) finding = finding with { Packets = [.. finding.Packets.Order()] };
            if (MayBeTold(finding, evidence)) findings.Add(finding);
        }

        return Explain(findings);
    }

    // What no capture can show comes of a rule that is wrong, or of a clock that was set while it captured.
    private static bool MayBeTold(Finding finding, ConnectionEvidence evidence)
    {
        string? objection = Plausibility.Objection(finding, evidence);
        Debug.Assert(objection is null || !Plausibility.HasSteadyClock(evidence),
            $"{finding.Id} at packet {evidence.PacketOf(0)}: {objection}");
        return objection is null;
    }

    /// <summary>Adds what the whole capture shows of a connection, and takes away what that explains.</summary>
    public static ConnectionDiagnosis Explain(ConnectionDiagnosis diagnosis, Finding cause) =>
        diagnosis with { Findings = Explain([cause, .. diagnosis.Findings]) };

    /// <summary>Puts findings from several places in the order of causes, without what they explain.</summary>
    public static List<Finding> Ordered(IEnumerable<Finding> findings) => Explain([.. findings.OrderBy(finding => s_places[finding.Id])]);

    private static List<Finding> Explain(List<Finding> findings)
    {
        if (findings.Count < 2) return findings;
        var explained = new HashSet<FindingId>();
        foreach (Finding finding in findings)
            if (!explained.Contains(finding.Id)) explained.UnionWith(RuleOf(finding.Id).Explains);
        findings.RemoveAll(finding => explained.Contains(finding.Id));
        return [.. findings.OrderByDescending(finding => finding.Severity)];
    }
}
