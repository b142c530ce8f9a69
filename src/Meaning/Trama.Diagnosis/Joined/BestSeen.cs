using Trama.Tracing;

namespace Trama.Diagnosis.Joined;

/// <summary>Which of two vantage points shows a finding best: the one beside whom it is about.</summary>
internal static class BestSeen
{
    public static Side At(Finding finding) => finding.Id switch
    {
        FindingId.SlowClient or FindingId.PacketLoss or FindingId.MtuBlackHole or FindingId.PeerVanished or FindingId.KeepaliveFailure => finding.Sender ?? Side.Client,
        FindingId.SlowServer or FindingId.NoReply or FindingId.ClosedWithoutReply or FindingId.ResetOnUnreadData or FindingId.MessageSplit
            or FindingId.MessagesCoalesced or FindingId.BacklogOverflow or FindingId.SynFlood or FindingId.ConnectionRefused or FindingId.ResetByServer => Side.Server,
        FindingId.ZeroWindow or FindingId.WindowLimited or FindingId.NagleDelayedAck => finding.Party == Party.Server ? Side.Server : Side.Client,
        _ => Side.Client,
    };
}
