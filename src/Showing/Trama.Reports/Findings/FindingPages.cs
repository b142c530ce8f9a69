using Trama.Diagnosis;

namespace Trama.Reports.Findings;

/// <summary>The pages of all findings.</summary>
internal static class FindingPages
{
    /// <summary>All of them, those of one kind beside each other.</summary>
    public static IReadOnlyList<FindingPage> All { get; } =
    [
        Pages.ConnectionRefused.Page, Pages.ConnectionFiltered.Page, Pages.ConnectionRejectedByIcmp.Page,
        Pages.BacklogOverflow.Page, Pages.SlowToOpen.Page, Pages.HalfOpen.Page, Pages.ClosedWithoutGreeting.Page,
        Pages.ConnectionCollision.Page,
        Pages.FastOpenRefused.Page, Pages.SynFlood.Page, Pages.PortScan.Page, Pages.RetryStorm.Page, Pages.PathOutage.Page,
        Pages.EphemeralPortReuse.Page,
        Pages.ResetByServer.Page, Pages.ResetByClient.Page, Pages.MiddleboxReset.Page, Pages.ResetOnUnreadData.Page,
        Pages.IdleTimeout.Page, Pages.IdleCloseRace.Page, Pages.TranslationLost.Page, Pages.TlsAlert.Page,
        Pages.ClosedWithoutReply.Page, Pages.NoReply.Page, Pages.PeerVanished.Page, Pages.KeepaliveFailure.Page,
        Pages.HalfClose.Page, Pages.SimultaneousClose.Page, Pages.SlowServer.Page, Pages.TlsHandshakeSlow.Page, Pages.ErrorReplies.Page,
        Pages.SlowClient.Page, Pages.WindowLimited.Page,
        Pages.SenderLimited.Page, Pages.ZeroWindow.Page, Pages.NagleDelayedAck.Page, Pages.SlowStartAfterIdle.Page,
        Pages.SlowNetwork.Page, Pages.RateLimited.Page, Pages.PacketLoss.Page, Pages.Reordering.Page, Pages.Duplication.Page,
        Pages.SpuriousRetransmission.Page, Pages.MtuBlackHole.Page, Pages.MtuIgnored.Page, Pages.WindowExceeded.Page,
        Pages.CorruptedChecksum.Page, Pages.DuplicatedCapture.Page, Pages.OneWayCapture.Page, Pages.CaptureLoss.Page,
        Pages.MessageSplit.Page, Pages.MessagesCoalesced.Page, Pages.GarbledText.Page,
    ];

    private static readonly Dictionary<FindingId, FindingPage> s_pages = All.ToDictionary(page => page.Id);

    /// <summary>The page of a finding.</summary>
    public static FindingPage Of(FindingId id) => s_pages[id];
}
