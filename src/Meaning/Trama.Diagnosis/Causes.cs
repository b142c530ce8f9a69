using Trama.Diagnosis.Rules;

namespace Trama.Diagnosis;

/// <summary>The rules in the order of causes, and which findings a cause explains away.</summary>
internal static class Causes
{
    private static readonly (FindingId Id, Func<ConnectionEvidence, Finding?> Judge)[] s_rules =
    [
        (FindingId.ConnectionRefused, ConnectionRefused.Judge),
        (FindingId.ConnectionRejectedByIcmp, ConnectionRejectedByIcmp.Judge),
        (FindingId.ConnectionFiltered, ConnectionFiltered.Judge),
        (FindingId.SlowToOpen, SlowToOpen.Judge),
        (FindingId.MiddleboxReset, MiddleboxReset.Judge),
        (FindingId.KeepaliveFailure, KeepaliveFailure.Judge),
        (FindingId.MtuBlackHole, MtuBlackHole.Judge),
        (FindingId.PeerVanished, PeerVanished.Judge),
        (FindingId.ResetOnUnreadData, ResetOnUnreadData.Judge),
        (FindingId.ResetByServer, ResetByPeer.Judge),
        (FindingId.MessageSplit, MessageSplit.Judge),
        (FindingId.MessagesCoalesced, MessagesCoalesced.Judge),
        (FindingId.ClosedWithoutReply, ClosedWithoutReply.Judge),
        (FindingId.NoReply, NoReply.Judge),
        (FindingId.RateLimited, RateLimited.Judge),
        (FindingId.ZeroWindow, ZeroWindow.Judge),
        (FindingId.CorruptedChecksum, CorruptedChecksum.Judge),
        (FindingId.Duplication, Duplication.Judge),
        (FindingId.Reordering, Reordering.Judge),
        (FindingId.PacketLoss, PacketLoss.Judge),
        (FindingId.WindowLimited, WindowLimited.Judge),
        (FindingId.NagleDelayedAck, NagleDelayedAck.Judge),
        (FindingId.SlowNetwork, SlowNetwork.Judge),
        (FindingId.SlowServer, SlowServer.Judge),
        (FindingId.SlowClient, SlowClient.Judge),
        (FindingId.SimultaneousClose, SimultaneousClose.Judge),
        (FindingId.HalfClose, HalfClose.Judge),
        (FindingId.SenderLimited, SenderLimited.Judge),
        (FindingId.SlowStartAfterIdle, SlowStartAfterIdle.Judge),
        (FindingId.SpuriousRetransmission, SpuriousRetransmission.Judge),
        (FindingId.GarbledText, GarbledText.Judge),
        (FindingId.CaptureLoss, CaptureLoss.Judge),
    ];

    // What each cause brings about by itself.
    private static readonly Dictionary<FindingId, FindingId[]> s_consequences = new()
    {
        [FindingId.SynFlood] = [FindingId.ConnectionFiltered, FindingId.ConnectionRefused, FindingId.SlowToOpen, FindingId.PacketLoss],
        [FindingId.BacklogOverflow] =
            [FindingId.ConnectionFiltered, FindingId.SlowToOpen, FindingId.NoReply, FindingId.SlowServer, FindingId.ClosedWithoutReply, FindingId.ResetByClient, FindingId.ResetByServer, FindingId.PeerVanished, FindingId.PacketLoss],
        [FindingId.MiddleboxReset] = [FindingId.ResetByClient, FindingId.ResetByServer, FindingId.ResetOnUnreadData, FindingId.PacketLoss, FindingId.NoReply],
        [FindingId.KeepaliveFailure] = [FindingId.ResetByClient, FindingId.ResetByServer, FindingId.PeerVanished, FindingId.PacketLoss, FindingId.NoReply],
        [FindingId.MtuBlackHole] =
            [FindingId.PeerVanished, FindingId.PacketLoss, FindingId.NoReply, FindingId.ResetByClient, FindingId.ResetByServer, FindingId.SlowServer, FindingId.SlowClient, FindingId.ClosedWithoutReply, FindingId.Reordering],
        [FindingId.PeerVanished] = [FindingId.PacketLoss, FindingId.NoReply, FindingId.ResetByClient, FindingId.ResetByServer, FindingId.SlowServer, FindingId.RateLimited],
        [FindingId.ResetOnUnreadData] = [FindingId.ResetByServer, FindingId.PacketLoss],
        [FindingId.MessageSplit] = [FindingId.SlowClient, FindingId.SlowServer, FindingId.NagleDelayedAck],
        [FindingId.MessagesCoalesced] = [FindingId.NoReply, FindingId.SlowClient, FindingId.SlowServer],
        [FindingId.RateLimited] = [FindingId.PacketLoss, FindingId.SlowNetwork, FindingId.WindowLimited, FindingId.Reordering],
        [FindingId.ZeroWindow] = [FindingId.SenderLimited, FindingId.WindowLimited, FindingId.SlowServer, FindingId.SlowClient],
        [FindingId.CorruptedChecksum] = [FindingId.PacketLoss, FindingId.Reordering],
        [FindingId.Duplication] = [FindingId.Reordering, FindingId.SpuriousRetransmission],
        [FindingId.Reordering] = [FindingId.SpuriousRetransmission],
        [FindingId.WindowLimited] = [FindingId.SlowNetwork, FindingId.SenderLimited],
        [FindingId.PacketLoss] = [FindingId.SlowToOpen, FindingId.SpuriousRetransmission],
    };

    /// <summary>Judges a connection: what was found, causes before consequences, without what they explain.</summary>
    public static List<Finding> Judge(ConnectionEvidence evidence)
    {
        var findings = new List<Finding>();
        if (evidence.IsOneSided) return findings;
        foreach ((_, Func<ConnectionEvidence, Finding?> judge) in s_rules)
            if (judge(evidence) is { } finding) findings.Add(finding);
        return Explain(findings);
    }

    /// <summary>Adds what the whole capture shows of a connection, and takes away what that explains.</summary>
    public static ConnectionDiagnosis Explain(ConnectionDiagnosis diagnosis, Finding cause) =>
        diagnosis with { Findings = Explain([cause, .. diagnosis.Findings]) };

    /// <summary>Puts findings from several places in the order of causes, without what they explain.</summary>
    public static List<Finding> Ordered(IEnumerable<Finding> findings) => Explain([.. findings.OrderBy(finding => Place(finding.Id))]);

    // What only the whole capture shows comes first, and what is only worth knowing last.
    private static int Place(FindingId id)
    {
        if (id is FindingId.SynFlood or FindingId.BacklogOverflow) return -1;
        int place = Array.FindIndex(s_rules, rule => rule.Id == (id == FindingId.ResetByClient ? FindingId.ResetByServer : id));
        return place < 0 ? s_rules.Length : place;
    }

    private static List<Finding> Explain(List<Finding> findings)
    {
        if (findings.Count < 2) return findings;
        var explained = new HashSet<FindingId>();
        foreach (Finding finding in findings)
            if (!explained.Contains(finding.Id) && s_consequences.TryGetValue(finding.Id, out FindingId[]? consequences)) explained.UnionWith(consequences);
        findings.RemoveAll(finding => explained.Contains(finding.Id));
        return [.. findings.OrderByDescending(finding => finding.Severity)];
    }
}
